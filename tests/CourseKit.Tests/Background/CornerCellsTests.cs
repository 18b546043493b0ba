namespace CourseKit.Tests.Background;

/// <summary>The claim of the chapter's V1 → V2 → objects: seven numbers of the second stage tell shapes apart that pixels do not.</summary>
public class CornerCellsTests
{
    private readonly CornerCells V2 = new(new GaborBank(directions: 12, size: 11, wavelength: 6));

    [Fact]
    public void Triangles_have_corners_of_60_degrees_squares_of_90_and_circles_neither()
    {
        var (images, labels) = ShapePictures.Draw(60, seed: 3);
        var corners = V2.Apply(images);
        double Mean(int shape, int degrees) =>
            Enumerable.Range(0, 60).Where(n => labels[n] == shape).Average(n => corners[n, degrees / 15]);
        Assert.Equal(7, V2.Angles.Count);
        Assert.True(Mean(1, 60) > 1.4 * Mean(2, 60) && Mean(1, 60) > 5 * Mean(0, 60));
        Assert.True(Mean(2, 90) > 2 * Mean(1, 90) && Mean(2, 90) > 20 * Mean(0, 90));
    }

    [Fact]
    public void One_linear_classifier_reads_the_shape_from_corners_but_not_from_pixels()
    {
        var (images, labels) = ShapePictures.Draw(600, seed: 1);
        var (others, truth) = ShapePictures.Draw(300, seed: 2);
        var pixels = new Pipeline { Inference = new SoftmaxRegression { Epochs = 60 } };
        var corners = new Pipeline { Features = V2, Inference = new SoftmaxRegression { Epochs = 60 } };
        pixels.Fit(images, labels);
        corners.Fit(images, labels);
        Assert.InRange(pixels.Accuracy(others, truth), 0.6, 0.85);
        Assert.InRange(corners.Accuracy(others, truth), 0.99, 1);
    }

    [Fact]
    public void Every_answer_is_a_share_and_an_empty_picture_has_none()
    {
        var (images, _) = ShapePictures.Draw(3, seed: 5);
        var corners = V2.Apply(images);
        for (var n = 0; n < 3; n++)
            Assert.Equal(1, Enumerable.Range(0, 7).Sum(a => corners[n, a]), 1e-4);
        Assert.All(V2.Apply(new Tensor(1, 1, 20, 20)).Data, v => Assert.Equal(0, v));
    }
}
