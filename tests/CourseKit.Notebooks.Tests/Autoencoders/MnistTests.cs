using CourseKit.Testing;

namespace CourseKit.Notebooks.Tests.Autoencoders;

/// <summary>What the prose of chapter 5 says of MNIST, which its cells take where it is installed.</summary>
public class MnistTests
{
    private const string Mnist = "mnist/train-images-idx3-ubyte.gz";
    private static readonly Lazy<Chapter5> Chapter = new(() => new(Digits.Load(seed: 1, train: 5_000, test: 1_000)));

    [RealDataFact(Mnist, isLong: true)]
    public void The_fourth_axis_is_not_settled_though_the_errors_agree()
    {
        var small = Chapter5.Flat(Chapter.Value.Digits.Train.Take(1000));
        var linear = Autoencoder.Mirrored([784, 4], () => new Identity()).Initialise(Initialisation.XavierUniform, seed: 1);
        Chapter5.Learn(linear, small, epochs: 200, rate: 0.01);
        var pca = PrincipalComponents.Fit(small, 4);
        var columns = Tensor.FromMatrix(((Dense)linear.Decoder.Layers[0]).W.Value.ToMatrix().Transpose());
        var angles = PrincipalAngles.Degrees(columns, pca.Directions).ToArray();
        Assert.All(angles[..3], angle => Assert.InRange(angle, 0, 0.1));
        Assert.Equal(10, angles[3], 3.0);
        Assert.Equal(pca.SquaredError(small), linear.SquaredError(small), 0.01);
    }

    [RealDataFact(Mnist, isLong: true)]
    public void The_code_of_two_numbers_is_right_on_60_per_cent_and_the_plane_on_37()
    {
        Assert.True(Chapter.Value.Digits.IsMnist);
        var (flat, bent) = Chapter.Value.NearestNeighbour();
        Assert.Equal(37, flat, 1.5);
        Assert.Equal(60, bent, 4.0);
    }

    [RealDataFact(Mnist, isLong: true)]
    public void Thirty_numbers_lose_little_more_than_half_of_what_thirty_components_lose()
    {
        var (flat, bent) = Chapter.Value.ThirtyNumbers();
        Assert.InRange(bent / flat, 0.5, 0.6);
    }

    [RealDataFact(Mnist, isLong: true)]
    public void Pre_training_lowers_errors_of_25_15_and_12_per_cent_by_one_to_three_points()
    {
        var (random, pretrained) = Chapter.Value.FewLabels();
        Assert.Equal([25, 15, 12], random, (a, b) => Math.Abs(a - b) < 1.5);
        foreach (var (before, after) in random.Zip(pretrained))
            Assert.InRange(before - after, 0.6, 3.4);
    }

    [RealDataFact(Mnist, isLong: true)]
    public void A_unit_of_the_fourth_layer_knows_the_0_and_the_trained_units_lead_for_each_digit()
    {
        var (trained, random, pixels, states) = Chapter.Value.BestUnits();
        var zero = trained[0];
        Assert.Equal(trained.Max(found => found.Accuracy), zero.Accuracy);
        Assert.Equal(95, zero.Accuracy, 1.0);
        Assert.Equal((3, true), (zero.Layer, zero.Unit.IsAbove)); // active for the zeros
        Assert.Equal(5, zero.Accuracy - random[0].Accuracy, 1.5);
        Assert.All(Enumerable.Range(0, 10), digit => Assert.True(trained[digit].Accuracy > Math.Max(random[digit].Accuracy, pixels[digit].Accuracy) + 1));
        Assert.InRange(Enumerable.Range(0, 10).Min(digit => trained[digit].Accuracy - Math.Max(random[digit].Accuracy, pixels[digit].Accuracy)), 1, 6);

        // A grey pattern and no 0: ink everywhere, also in the middle, where a 0 has none.
        var ideal = OptimalStimulus.Find(states[3], zero.Unit.Unit, length: 9, seed: 1, range: (0, 1), silence: false).Input;
        Assert.True(ideal.Data.Count(pixel => pixel > 0.1f) > 300, $"{ideal.Data.Count(pixel => pixel > 0.1f)}"); // a digit inks about 130
    }
}
