namespace CourseKit.Tests.FeedForward;

public class LossTests
{
    [Fact]
    public void Reductions_differ_by_their_factor()
    {
        var (y, t) = (new Tensor(6, 4), new Tensor(6, 4));
        new RandomSource(1).FillUniform(y.Span, 0.1f, 0.9f);
        new RandomSource(2).FillUniform(t.Span, 0, 0.25f);
        foreach (var make in new Func<Loss>[] { () => new HalfSquaredError(), () => new MeanSquaredError(), () => new BinaryCrossEntropy(), () => new BinaryCrossEntropyWithLogits(), () => new SoftmaxCrossEntropy() })
        {
            var (sum, sumGradient) = Run(Reduction.Sum);
            var (batch, batchGradient) = Run(Reduction.BatchMean);
            var (element, elementGradient) = Run(Reduction.ElementMean);
            Assert.Equal(sum / 6, batch, 1e-6);
            Assert.Equal(sum / 24, element, 1e-6);
            for (var i = 0; i < 24; i++)
            {
                Assert.Equal(sumGradient[i] / 6, batchGradient[i], 1e-6f);
                Assert.Equal(sumGradient[i] / 24, elementGradient[i], 1e-6f);
            }

            (double, float[]) Run(Reduction reduction)
            {
                var loss = GradientCheckTests.WithReduction(make(), reduction);
                return (loss.Forward(y, t), (float[])loss.Backward().Data.Clone());
            }
        }
    }

    [Fact]
    public void Labels_and_their_one_hot_targets_are_the_same_loss()
    {
        var z = new Tensor(5, 4);
        new RandomSource(1).FillNormal(z.Span, 0, 3);
        int[] labels = [3, 0, 1, 1, 2];
        var (byLabel, byTarget) = (new SoftmaxCrossEntropy(), new SoftmaxCrossEntropy());
        Assert.Equal(byLabel.Forward(z, labels), byTarget.Forward(z, OneHot.Encode(labels, 4)), 1e-6);
        var (a, b) = (byLabel.Backward(), byTarget.Backward());
        for (var i = 0; i < a.Count; i++)
            Assert.Equal(a.Data[i], b.Data[i], 1e-7f);
    }

    [Fact]
    public void Scores_of_any_size_give_finite_cross_entropies()
    {
        foreach (var size in new[] { 0, 1e2f, 1e4f, 1e30f })
        {
            var z = Tensor.From([size, -size, 0, -size, -size, -size], 2, 3);
            var softmax = new SoftmaxCrossEntropy();
            Assert.True(double.IsFinite(softmax.Forward(z, [1, 2])));
            Assert.All(softmax.Backward().Data, g => Assert.InRange(g, -0.5f, 0.5f));
            var binary = new BinaryCrossEntropyWithLogits();
            Assert.Equal(size > 0 ? (double)size * 2 : 6 * Math.Log(2), 2 * binary.Forward(z, Tensor.From([0, 1, 1, 0, 1, 0], 2, 3)) - (size > 0 ? size + Math.Log(2) : 0), 1e-5 * Math.Max(size, 1));
            Assert.All(binary.Backward().Data, g => Assert.InRange(g, -0.5f, 0.5f));
        }
    }

    [Fact]
    public void A_confident_right_answer_keeps_its_small_loss()
    {
        var loss = new BinaryCrossEntropyWithLogits();
        Assert.Equal(Math.Exp(-20), loss.Forward(Tensor.From([20], 1, 1), Tensor.From([1], 1, 1)), 1e-5 * Math.Exp(-20));
    }

    [Fact]
    public void Probabilities_of_zero_and_one_give_large_finite_losses()
    {
        var loss = new BinaryCrossEntropy();
        Assert.Equal(100, loss.Forward(Tensor.From([0, 1], 2, 1), Tensor.From([1, 0], 2, 1)), 1e-4);
        Assert.All(loss.Backward().Data, g => Assert.True(float.IsFinite(g) && Math.Abs(g) > 1e10));
        Assert.Equal(0, loss.Forward(Tensor.From([0, 1], 2, 1), Tensor.From([0, 1], 2, 1)));
        Assert.All(loss.Backward().Data, g => Assert.Equal(0, g));
    }

    [Fact]
    public void Backward_may_be_asked_for_twice()
    {
        var (y, t) = (Tensor.From([0.2f, 0.8f], 1, 2), Tensor.From([0, 1], 1, 2));
        foreach (var loss in new Loss[] { new HalfSquaredError(), new MeanSquaredError(), new SoftmaxCrossEntropy(), new BinaryCrossEntropy(), new BinaryCrossEntropyWithLogits() })
        {
            loss.Forward(y, t);
            var first = loss.Backward().Clone();
            Assert.Equal(first.Data, loss.Backward().Data);
        }
    }

    [Fact]
    public void Softmax_is_a_distribution_whatever_the_scores()
    {
        var p = new Softmax().Forward(Tensor.From([1000, 1001, 1002, -1000, 0, 1000], 2, 3));
        Assert.Equal(0.0900306, p[0, 0], 1e-6);
        Assert.Equal(0.6652410, p[0, 2], 1e-6);
        Assert.Equal([0, 0, 1], p.Data[3..]);
    }
}
