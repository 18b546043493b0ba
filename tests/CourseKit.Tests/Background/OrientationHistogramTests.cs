namespace CourseKit.Tests.Background;

public class OrientationHistogramTests
{
    /// <summary>A 16x16 ramp whose brightness rises along the direction theta (x to the right, y downwards).</summary>
    private static Tensor Ramp(double theta, double scale = 1)
    {
        var image = new Tensor(1, 1, 16, 16);
        for (var i = 0; i < image.Count; i++)
            image.Data[i] = (float)(scale * (i % 16 * Math.Cos(theta) + i / 16 * Math.Sin(theta)));
        return image;
    }

    [Fact]
    public void A_descriptor_has_4x4x8_numbers_and_length_one()
    {
        var descriptor = new OrientationHistogram().Apply(Ramp(1));
        Assert.Equal([1, 128], descriptor.Shape.ToArray());
        Assert.Equal(1, descriptor.Data.Sum(v => v * v), 1e-5);
        Assert.Equal(128, new OrientationHistogram().Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(7)]
    public void A_ramp_votes_for_its_own_direction(int direction)
    {
        var descriptor = new OrientationHistogram { Clip = 1 }.Apply(Ramp(Math.Tau * direction / 8));
        for (var cell = 0; cell < 16; cell++)
        {
            var bins = descriptor.Data.AsSpan(cell * 8, 8).ToArray();
            Assert.Equal(direction, Array.IndexOf(bins, bins.Max()));
        }

        // The four cells in the middle see no border, and hold no other direction.
        Assert.Equal(0, descriptor[0, (5 * 8) + (direction + 4) % 8], 1e-6);
    }

    [Fact]
    public void A_direction_between_two_bins_is_shared_by_both()
    {
        var descriptor = new OrientationHistogram { Clip = 1 }.Apply(Ramp(Math.Tau * 2.5 / 8));
        Assert.Equal(descriptor[0, (5 * 8) + 2], descriptor[0, (5 * 8) + 3], 1e-4);
        Assert.True(descriptor[0, (5 * 8) + 2] > 0.1);
    }

    [Fact]
    public void Brightness_and_contrast_do_not_matter()
    {
        var random = new Random(1);
        var image = new Tensor(1, 1, 28, 28);
        for (var i = 0; i < image.Count; i++)
            image.Data[i] = random.NextSingle();
        var other = image.Clone();
        for (var i = 0; i < other.Count; i++)
            other.Data[i] = 0.25f * other.Data[i] + 3;
        var (a, b) = (new OrientationHistogram().Apply(image), new OrientationHistogram().Apply(other));
        for (var i = 0; i < a.Count; i++)
            Assert.Equal(a.Data[i], b.Data[i], 1e-5);
    }

    [Fact]
    public void An_image_of_one_shade_gives_zeros_and_a_wrong_shape_is_refused()
    {
        Assert.All(new OrientationHistogram().Apply(new Tensor(1, 1, 8, 8)).Data, v => Assert.Equal(0, v));
        Assert.Contains("Nx1xNxN expected", Assert.Throws<ArgumentException>(() => new OrientationHistogram().Apply(new Tensor(4, 28, 28))).Message);
    }
}
