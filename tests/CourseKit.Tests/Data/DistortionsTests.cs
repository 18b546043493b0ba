namespace CourseKit.Tests.Data;

public class DistortionsTests
{
    private static readonly Tensor Digits = StrokeDigits.Generate(40, seed: 1).Inputs;

    private static Distortions Only(double rotation = 0, double scale = 0, double shear = 0, double shift = 0, double alpha = 0) =>
        new() { Rotation = rotation, Scale = scale, Shear = shear, Shift = shift, Alpha = alpha, Seed = 3 };

    [Fact]
    public void At_strength_0_the_images_stay_what_they_are() => Assert.Equal(Digits.Data, Only().Apply(Digits).Data);

    [Fact]
    public void An_image_depends_on_seed_pass_and_number_alone()
    {
        var distortions = new Distortions { Seed = 3 };
        var (one, two) = (new Tensor(Digits.Shape), new Tensor(Digits.Shape));
        distortions.Apply(Digits, one, pass: 2, threads: 1);
        distortions.Apply(Digits, two, pass: 2, threads: 2);
        Assert.Equal(one.Data, two.Data);
        Assert.NotEqual(one.Data, distortions.Apply(Digits, pass: 3).Data);
        Assert.NotEqual(one.Data, new Distortions { Seed = 4 }.Apply(Digits, pass: 2).Data);

        var batch = Tensor.From(Digits.Data[(7 * 784)..(8 * 784)], 1, 1, 28, 28);
        var result = new Tensor(1, 1, 28, 28);
        distortions.Apply(batch, result, pass: 2, numbers: [7]);
        Assert.Equal(one.Data[(7 * 784)..(8 * 784)], result.Data);
    }

    [Fact]
    public void Each_kind_changes_the_images_but_keeps_their_ink()
    {
        foreach (var distortions in new[] { Only(rotation: 15), Only(scale: 0.1), Only(shear: 0.2), Only(shift: 2), Only(alpha: 34), new Distortions() })
        {
            var result = distortions.Apply(Digits);
            Assert.NotEqual(Digits.Data, result.Data);
            Assert.Equal(1, result.Data.Sum() / Digits.Data.Sum(), 0.1);
            Assert.InRange(result.Data.Min(), 0, 1);
            Assert.InRange(result.Data.Max(), 0, 1);
        }
    }

    [Fact]
    public void A_shift_moves_the_centre_by_at_most_its_limit_and_on_the_average_by_nothing()
    {
        var image = new Tensor(500, 1, 28, 28);
        for (var n = 0; n < 500; n++)
            for (var i = 0; i < 25; i++)
                image[n, 0, 12 + i / 5, 12 + i % 5] = 1;
        var shifted = Only(shift: 3).Apply(image);
        double mean = 0, largest = 0;
        for (var n = 0; n < 500; n++)
        {
            var centre = 0.0;
            for (var i = 0; i < 784; i++)
                centre += shifted.Data[n * 784 + i] * (i % 28 - 14) / 25;
            (mean, largest) = (mean + centre / 500, Math.Max(largest, Math.Abs(centre)));
        }

        Assert.Equal(0, mean, 0.25);
        Assert.InRange(largest, 2.8, 3.001);
    }

    [Fact]
    public void The_elastic_field_is_smooth_and_as_strong_as_the_theory_says()
    {
        // Blurred uniform noise of variance 1/3 has the variance (1/3) / (4 pi sigma²), away from the edges.
        var field = new ElasticField(60, 50, 4);
        var values = new float[3_000];
        var (random, square, step) = (new RandomSource(1), 0.0, 0.0);
        for (var trial = 0; trial < 200; trial++)
        {
            field.Fill(values, 34, random);
            for (var y = 15; y < 35; y++)
                for (var x = 15; x < 45; x++)
                {
                    square += values[y * 60 + x] * values[y * 60 + x] / (200.0 * 600);
                    step += Math.Pow(values[y * 60 + x] - values[y * 60 + x - 1], 2) / (200.0 * 600);
                }
        }

        Assert.Equal(34 / Math.Sqrt(3 * 4 * Math.PI * 16), Math.Sqrt(square), 0.08);
        Assert.Equal(Math.Sqrt(square) / (4 * Math.Sqrt(2)), Math.Sqrt(step), 0.02); // slope of such a field: deviation / (sigma sqrt 2)
    }

    [Fact]
    public void The_channels_of_an_image_move_together()
    {
        var two = new Tensor(3, 2, 28, 28);
        for (var n = 0; n < 3; n++)
            for (var c = 0; c < 2; c++)
                Digits.Data.AsSpan(n * 784, 784).CopyTo(two.Data.AsSpan((2 * n + c) * 784));
        var result = new Distortions().Apply(two);
        for (var n = 0; n < 3; n++)
            Assert.Equal(result.Data[(2 * n * 784)..((2 * n + 1) * 784)], result.Data[((2 * n + 1) * 784)..((2 * n + 2) * 784)]);
    }

    [Fact]
    public void Wrong_shapes_and_strengths_are_refused()
    {
        var distortions = new Distortions();
        Assert.Contains("NxNxNxN expected", Assert.Throws<ArgumentException>(() => distortions.Apply(new Tensor(3, 784))).Message);
        Assert.Throws<ArgumentException>(() => distortions.Apply(Digits, new Tensor(40, 1, 28, 27)));
        Assert.Throws<ArgumentException>(() => distortions.Apply(Digits, Digits));
        Assert.Throws<ArgumentException>(() => distortions.Apply(Digits, new Tensor(Digits.Shape), numbers: [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Distortions { Rotation = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Distortions { Alpha = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Distortions { Sigma = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Distortions { Scale = 1 });
    }
}
