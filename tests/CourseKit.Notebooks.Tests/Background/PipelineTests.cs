using CourseKit.Testing;

namespace CourseKit.Notebooks.Tests.Background;

/// <summary>The claims of the sections "A chain of five steps" and "Features made by hand", on the digits that the course draws.</summary>
public class PipelineTests
{
    private static readonly Digits Drawn = Digits.Load(seed: 1, train: 2000, test: 1000, drawn: true);

    [LongFact]
    public void Errors_fall_from_18_to_3_percent_while_the_classifier_stays_the_same()
    {
        Chapter2.Runs("pipeline-steps", "Digits.Load(seed: 1, train: 2000, test: 1000)");
        Chapter2.Runs("pipeline-steps", "new Camera { Noise = 0.2f, Seed = 1 }");
        Chapter2.Says("errors fall from about 18 % to about 3 %");
        Chapter2.Says("The 64 best histogram numbers do as well as all 128");
        var camera = new Camera { Noise = 0.2f, Seed = 1 };
        var (upright, histograms) = (new Deskew(), new OrientationHistogram());
        Pipeline[] chains =
        [
            new() { Sensing = camera },
            new() { Sensing = camera, Preprocessing = upright },
            new() { Sensing = camera, Preprocessing = upright, Features = histograms },
            new() { Sensing = camera, Preprocessing = upright, Features = histograms, Selection = new FisherSelection { Keep = 64 } },
        ];
        double[] errors = [.. chains.Select(chain =>
        {
            chain.Fit(Drawn.Train.Inputs, Drawn.Train.Labels);
            return 100 * (1 - chain.Accuracy(Drawn.Test.Inputs, Drawn.Test.Labels));
        })];
        Assert.InRange(errors[0], 17, 19);
        Assert.InRange(errors[1], 9, 14);
        Assert.InRange(errors[2], 2.5, 4);
        Assert.InRange(errors[3], errors[2] - 0.6, errors[2] + 0.6);
    }

    [Fact]
    public void A_bright_stroke_pulls_the_arrows_towards_it_from_both_sides()
    {
        // The answer to "At the left edge of a bright stroke, which way will the arrows point?"
        var stroke = new Tensor(1, 1, 28, 28);
        for (var y = 0; y < 28; y++)
            for (var x = 10; x < 18; x++)
                stroke[0, 0, y, x] = 1;
        var numbers = new OrientationHistogram().Apply(stroke);
        var (left, right) = (8 * (4 * 1 + 1), 8 * (4 * 1 + 2));
        Assert.True(numbers[0, left + 0] > 2 * numbers[0, left + 4]); // 0: brightness rises to the right
        Assert.True(numbers[0, right + 4] > 2 * numbers[0, right + 0]);
    }

    [Fact]
    public void Two_pixels_of_shift_cost_pixels_much_more_likeness_than_histograms()
    {
        Chapter2.Says("After two pixels the pictures have lost about 40 % of their likeness as pixels, and about 7 % as histograms");
        var still = Drawn.Test.Take(100).Inputs;
        var moved = Tensor.From([.. still.Data.Select((_, i) => i % 28 < 2 ? 0 : still.Data[i - 2])], still.Shape);
        var histograms = new OrientationHistogram();
        Assert.Equal(0.43, MathNet.Numerics.Distance.Cosine(still.Data, moved.Data), 0.05);
        Assert.Equal(0.07, MathNet.Numerics.Distance.Cosine(histograms.Apply(still).Data, histograms.Apply(moved).Data), 0.01);
    }
}
