namespace CourseKit.Tests.Background;

public class SoftmaxRegressionTests
{
    private static (Tensor X, int[] labels) Clouds(int seed, int count)
    {
        var random = new Random(seed);
        var labels = new int[count];
        var X = new Tensor(count, 2);
        for (var n = 0; n < count; n++)
        {
            labels[n] = n % 3;
            X[n, 0] = (float)(100 + 10 * Math.Cos(labels[n] * 2.1) + 8 * random.NextDouble() - 4);
            X[n, 1] = (float)(10 * Math.Sin(labels[n] * 2.1) + 8 * random.NextDouble() - 4);
        }

        return (X, labels);
    }

    [Fact]
    public void Three_clouds_far_from_the_origin_are_told_apart()
    {
        var (X, labels) = Clouds(1, 300);
        var (Z, test) = Clouds(2, 300);
        var classifier = new SoftmaxRegression();
        classifier.Fit(X, labels);
        Assert.Equal(1, classifier.Accuracy(X, labels));
        Assert.Equal(1, classifier.Accuracy(Z, test));
        Assert.Equal(test, classifier.Predict(Z));
    }

    [Fact]
    public void The_gradient_vanishes_at_the_end_of_training()
    {
        // Overlapping classes on a line, d = 1: at the optimum the mean of p - y is 0 for each class, so predicted shares equal true ones.
        var random = new Random(3);
        var X = new Tensor(400, 1);
        var labels = new int[400];
        for (var n = 0; n < 400; n++)
        {
            labels[n] = n % 4 == 0 ? 1 : 0;
            X[n, 0] = (float)(labels[n] + 2 * random.NextDouble());
        }

        var classifier = new SoftmaxRegression { Epochs = 300 };
        classifier.Fit(X, labels);

        // The log-odds of the two classes rise linearly in x: w_1 - w_0 is positive, and the two rows are opposite.
        var W = classifier.Weights;
        Assert.True(W[1, 0] > 1);
        Assert.Equal(-W[0, 0], W[1, 0], 1e-3);
        Assert.InRange(classifier.Accuracy(X, labels), 0.75, 0.95);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits()
    {
        var (X, labels) = Clouds(1, 150);
        Tensor Learn(int seed)
        {
            var classifier = new SoftmaxRegression { Epochs = 2, Seed = seed };
            classifier.Fit(X, labels);
            return classifier.Weights;
        }

        Assert.Equal(Learn(1).Data, Learn(1).Data);
        Assert.NotEqual(Learn(1).Data, Learn(2).Data);
    }

    [Fact]
    public void Bad_input_is_refused_with_a_reason()
    {
        var classifier = new SoftmaxRegression();
        Assert.Contains("call Fit first", Assert.Throws<InvalidOperationException>(() => classifier.Predict(new Tensor(1, 2))).Message);
        Assert.Contains("2 labels", Assert.Throws<ArgumentException>(() => classifier.Fit(new Tensor(3, 2), [0, 1])).Message);
        Assert.Contains("Label -1", Assert.Throws<ArgumentException>(() => classifier.Fit(new Tensor(2, 2), [0, -1])).Message);
        var (X, labels) = Clouds(1, 30);
        classifier.Fit(X, labels);
        Assert.Contains("Samples of 3 numbers given, but the classifier was trained on 2", Assert.Throws<ArgumentException>(() => classifier.Predict(new Tensor(1, 3))).Message);
    }
}
