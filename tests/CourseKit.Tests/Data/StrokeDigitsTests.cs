namespace CourseKit.Tests.Data;

public class StrokeDigitsTests
{
    [Fact]
    public void A_digit_depends_on_the_seed_and_its_number_alone()
    {
        var digits = StrokeDigits.Generate(300, seed: 4, threads: 1);
        var again = StrokeDigits.Generate(300, seed: 4, threads: 2);
        Assert.Equal(digits.Inputs.Data, again.Inputs.Data);
        Assert.Equal(digits.Labels, again.Labels);
        var later = StrokeDigits.Generate(100, seed: 4, first: 200);
        Assert.Equal(digits.Skip(200).Inputs.Data, later.Inputs.Data);
        Assert.Equal(digits.Labels[200..], later.Labels);
        Assert.NotEqual(digits.Take(100).Inputs.Data, StrokeDigits.Generate(100, seed: 5).Inputs.Data);
    }

    [Fact]
    public void Seed_1_begins_as_it_always_has()
    {
        // What a notebook showed stays what it shows. The sums may differ in the last digits where sin and exp do.
        var digits = StrokeDigits.Generate(12, seed: 1);
        Assert.Equal(ExpectedLabels, digits.Labels);
        for (var n = 0; n < 3; n++)
            Assert.Equal(ExpectedInk[n], digits.Sample(n).ToArray().Sum(), 0.01);
    }

    [Fact]
    public void Digits_have_the_form_of_mnists()
    {
        var digits = StrokeDigits.Generate(2_000, seed: 2);
        Assert.Equal("2000x1x28x28", digits.Inputs.ShapeText);
        Assert.All(digits.ClassCounts, count => Assert.InRange(count, 150, 250));
        Assert.InRange(digits.Inputs.Data.Min(), 0, 0);
        Assert.InRange(digits.Inputs.Data.Max(), 0.9f, 1);
        Assert.InRange(digits.Inputs.Data.Average(), 0.09, 0.15); // MNIST: 0.1307
        for (var n = 0; n < digits.Count; n++)
        {
            double mass = 0, x = 0, y = 0;
            var pixels = digits.Sample(n);
            var edge = 0f;
            for (var i = 0; i < pixels.Length; i++)
            {
                (mass, x, y) = (mass + pixels[i], x + pixels[i] * (i % 28), y + pixels[i] * (i / 28));
                if (i % 28 is 0 or 27 || i / 28 is 0 or 27)
                    edge = Math.Max(edge, pixels[i]);
            }

            Assert.Equal(13.5, x / mass, 2.6);
            Assert.Equal(13.5, y / mass, 2.6);
            Assert.InRange(mass, 15, 260);
            Assert.True(edge < 0.9, $"Digit {n} runs over the edge.");
        }
    }

    [Fact]
    public void The_same_digits_fit_lenets_larger_image()
    {
        var (small, large) = (StrokeDigits.Generate(20, seed: 3), StrokeDigits.Generate(20, seed: 3, size: 32));
        Assert.Equal(small.Labels, large.Labels);
        for (var n = 0; n < 20; n++)
            for (var y = 2; y < 26; y++)
                for (var x = 2; x < 26; x++)
                    Assert.Equal(small.Inputs[n, 0, y, x], large.Inputs[n, 0, y + 2, x + 2], 1e-3);
    }

    [Fact]
    public void Without_variation_only_the_styles_are_left()
    {
        var styles = StrokeDigits.Styles();
        Assert.All(styles.ClassCounts, count => Assert.InRange(count, 3, 6));
        var digits = StrokeDigits.Generate(200, seed: 1, variation: 0);
        for (var n = 0; n < digits.Count; n++)
            Assert.Contains(Enumerable.Range(0, styles.Count), s => styles.Labels[s] == digits.Labels[n] && styles.Sample(s).SequenceEqual(digits.Sample(n)));
    }

    [Fact]
    public void A_linear_classifier_is_right_on_about_nine_of_ten()
    {
        var train = StrokeDigits.Generate(6_000, seed: 1);
        var test = StrokeDigits.Generate(2_000, seed: 1, first: 60_000);
        var linear = new SoftmaxRegression { Epochs = 6 };
        linear.Fit(train.Inputs, train.Labels);
        Assert.InRange(linear.Accuracy(test.Inputs, test.Labels), 0.85, 0.93);
    }

    [Fact]
    public void Impossible_wishes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => StrokeDigits.Generate(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StrokeDigits.Generate(1, 1, size: 20));
        Assert.Throws<ArgumentOutOfRangeException>(() => StrokeDigits.Generate(2, 1, first: int.MaxValue - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StrokeDigits.Generate(1, 1, variation: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => StrokeDigits.Generate(1, 1, threads: 0));
        Assert.Equal(0, StrokeDigits.Generate(0, 1).Count);
    }

    private static readonly int[] ExpectedLabels = [0, 8, 6, 6, 1, 8, 1, 1, 4, 6, 8, 4];
    private static readonly double[] ExpectedInk = [95.23579, 61.74563, 102.5591];
}
