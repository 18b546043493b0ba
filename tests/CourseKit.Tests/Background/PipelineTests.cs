namespace CourseKit.Tests.Background;

public class PipelineTests
{
    [Fact]
    public void The_steps_run_in_the_lectures_order_and_show_what_they_make()
    {
        var (images, labels) = ShapePictures.Draw(90, seed: 1);
        var pipeline = new Pipeline
        {
            Sensing = new Camera { Binning = 2, Noise = 0.05f, Seed = 1 },
            Preprocessing = new Deskew(),
            Features = new OrientationHistogram(),
            Selection = new FisherSelection { Keep = 40 },
        };
        pipeline.Fit(images, labels);
        Assert.Equal(["90x1x20x20", "90x1x20x20", "90x128", "90x40"], pipeline.Trace(images).Select(stage => stage.Result.ShapeText));
        Assert.Equal(
            "camera, binning 2, noise 0.05 → set upright → orientation histogram 4x4x8 → best 40 by Fisher's score → linear classifier",
            pipeline.ToString());
        Assert.Equal(90, pipeline.Predict(images).Length);
        Assert.InRange(pipeline.Accuracy(images, labels), 0.75, 1);
    }

    [Fact]
    public void The_camera_averages_pixels_and_adds_noise_of_the_strength_asked_for()
    {
        var image = Tensor.From([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], 1, 1, 4, 4);
        Assert.Equal([2.5f, 4.5f, 10.5f, 12.5f], new Camera { Binning = 2 }.Apply(image).Data);
        var noise = new Camera { Noise = 0.3f, Seed = 7 }.Apply(new Tensor(2, 1, 100, 100)).Data;
        Assert.Equal(0, noise.Average(), 0.01);
        Assert.Equal(0.3, Math.Sqrt(noise.Average(v => v * v)), 0.01);
        Assert.Equal(noise, new Camera { Noise = 0.3f, Seed = 7 }.Apply(new Tensor(2, 1, 100, 100)).Data);
        Assert.NotEqual(noise[..100], noise[10_000..10_100]);
    }

    [Fact]
    public void A_slanted_bar_is_set_upright_and_centred()
    {
        var image = new Tensor(1, 1, 21, 21);
        for (var y = 3; y < 16; y++)
            image[0, 0, y, 4 + y / 2] = 1;
        var upright = new Deskew().Apply(image);
        double mass = 0, x1 = 0, y1 = 0, xy = 0;
        for (var y = 0; y < 21; y++)
            for (var x = 0; x < 21; x++)
            {
                mass += upright[0, 0, y, x];
                x1 += upright[0, 0, y, x] * (x - 10);
                y1 += upright[0, 0, y, x] * (y - 10);
                xy += upright[0, 0, y, x] * (x - 10) * (y - 10);
            }

        Assert.Equal(0, x1 / mass, 0.05);
        Assert.Equal(0, y1 / mass, 0.05);
        Assert.Equal(0, xy / mass, 0.3); // before: 7
        Assert.Equal(13, mass, 0.7);
    }

    [Fact]
    public void Fisher_keeps_the_feature_that_tells_the_classes_apart()
    {
        var random = new Random(1);
        var X = new Tensor(200, 4);
        int[] labels = [.. Enumerable.Range(0, 200).Select(n => n % 2)];
        for (var n = 0; n < 200; n++)
            for (var j = 0; j < 3; j++)
                X[n, j] = random.NextSingle() + (j == 1 ? 0.5f * labels[n] : j == 2 ? 2f * labels[n] : 0);
        var scores = FisherSelection.Scores(X, labels);
        Assert.True(scores[2] > scores[1] && scores[1] > 10 * scores[0]);
        Assert.Equal(0, scores[3]);
        Assert.Equal(12, scores[2], 2.0); // class means 2 apart: between = 1, within = 1/12
        var selection = new FisherSelection { Keep = 2 };
        selection.Fit(X, labels);
        Assert.Equal([1, 2], selection.Kept);
        Assert.Equal(X[7, 2], selection.Apply(X)[7, 1]);
    }

    [Fact]
    public void Learned_features_add_up_what_exceeds_the_threshold_in_each_part()
    {
        var (images, labels) = ShapePictures.Draw(30, seed: 2, size: 24);
        var features = new LearnedFeatures { PatchSize = 6, Filters = 8, PatchCount = 2_000, Cells = 2, Threshold = 0.5f, Seed = 1 };
        Assert.Throws<InvalidOperationException>(() => features.Apply(images));
        features.Fit(images, labels);
        var described = features.Apply(images);
        Assert.Equal([30, 2 * 2 * 16], described.Shape.ToArray());

        // The same by plain loops for one image and one filter.
        var filter = features.Learned.Filters.Data.AsSpan(3 * 36, 36).ToArray();
        var (above, below) = (new double[4], new double[4]);
        for (var y = 0; y < 19; y++)
            for (var x = 0; x < 19; x++)
            {
                var answer = 0.0;
                for (var i = 0; i < 36; i++)
                    answer += filter[i] * images[5, 0, y + i / 6, x + i % 6];
                var cell = y * 2 / 19 * 2 + x * 2 / 19;
                above[cell] += Math.Max(0, answer - 0.5);
                below[cell] += Math.Max(0, -answer - 0.5);
            }

        for (var cell = 0; cell < 4; cell++)
        {
            Assert.Equal(above[cell], described[5, cell * 16 + 3], 1e-2);
            Assert.Equal(below[cell], described[5, cell * 16 + 8 + 3], 1e-2);
        }
    }

    [Fact]
    public void Patches_have_mean_zero_and_never_one_shade()
    {
        var (images, _) = ShapePictures.Draw(3, seed: 1);
        var patches = Patches.Sample(images, size: 6, count: 500, seed: 1);
        for (var n = 0; n < 500; n++)
        {
            var patch = patches.Data.AsSpan(n * 36, 36).ToArray();
            Assert.Equal(0, patch.Sum(), 1e-4);
            Assert.True(patch.Max() > 0);
        }

        Assert.Throws<ArgumentException>(() => Patches.Sample(new Tensor(1, 1, 9, 9), 6, 10, 1));
        Assert.Throws<ArgumentException>(() => Patches.Sample(images, 41, 10, 1));
    }
}
