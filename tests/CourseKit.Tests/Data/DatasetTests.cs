namespace CourseKit.Tests.Data;

public class DatasetTests
{
    private static Dataset Small { get; } = new(
        "small", Tensor.From([.. Enumerable.Range(0, 20).Select(i => (float)i)], 10, 2), [0, 1, 2, 0, 1, 0, 0, 1, 0, 0], ["a", "b", "c"]);

    [Fact]
    public void A_set_says_what_it_holds()
    {
        Assert.Equal("small: 10 samples of 2, 3 classes (a: 6, b: 3, c: 1)", Small.ToString());
        Assert.Equal([6, 3, 1], Small.ClassCounts);
        Assert.False(Small.IsImages);
        Assert.Equal([6f, 7], Small.Sample(3).ToArray());
        var images = new Dataset("pictures", new Tensor(2, 1, 3, 4), [0, 4]);
        Assert.True(images.IsImages);
        Assert.Equal((5, 12, "1x3x4"), (images.Classes, images.SampleSize, string.Join('x', images.SampleShape.ToArray())));
    }

    [Fact]
    public void Parts_hold_copies_of_the_samples_asked_for()
    {
        var part = Small.Subset([4, 4, 0]);
        Assert.Equal([8f, 9, 8, 9, 0, 1], part.Inputs.Data);
        Assert.Equal([1, 1, 0], part.Labels);
        Assert.Equal(Small.ClassNames, part.ClassNames);
        part.Inputs.Data[0] = 99;
        Assert.Equal(8, Small.Inputs[4, 0]);
        Assert.Equal([0f, 1, 2, 3], Small.Take(2).Inputs.Data);
        Assert.Equal([18f, 19], Small.Skip(9).Inputs.Data);
        Assert.Equal([1, 2, 1, 1], Small.OfClasses(2, 1).Labels);
        Assert.Equal(Enumerable.Range(0, 10).Select(n => 2f * n), Small.Shuffled(3).Inputs.Data.Where((_, i) => i % 2 == 0).Order());
        Assert.NotEqual(Small.Inputs.Data, Small.Shuffled(3).Inputs.Data);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_split_gives_each_sample_to_one_part(bool stratified)
    {
        var (train, test) = Small.Split(7, seed: 1, stratified);
        Assert.Equal((7, 3), (train.Count, test.Count));
        Assert.Equal(Small.Inputs.Data.Order(), train.Inputs.Data.Concat(test.Inputs.Data).Order());
        Assert.Equal(train.Inputs.Data, Small.Split(0.7, seed: 1, stratified).Train.Inputs.Data);
        Assert.Equal(train.Inputs.Data, Small.TakeRandom(7, seed: 1, stratified).Inputs.Data);
        Assert.NotEqual(train.Inputs.Data, Small.Split(7, seed: 2, stratified).Train.Inputs.Data);
        foreach (var part in new[] { train, test })
            for (var n = 0; n < part.Count; n++)
                Assert.Equal(Small.Labels[(int)part.Inputs[n, 0] / 2], part.Labels[n]);
    }

    [Fact]
    public void A_stratified_split_divides_every_class_alike()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var (train, test) = Small.Split(5, seed);
            Assert.Equal(3, train.ClassCounts[0]);
            Assert.Equal(2, train.ClassCounts[1] + train.ClassCounts[2]);
            Assert.Equal(5, test.Count);
        }
    }

    [Fact]
    public void Batches_visit_every_sample_once_a_pass_in_another_order_each_time()
    {
        var batches = Small.Batches(4, seed: 5);
        Assert.Equal(3, batches.Count);
        var passes = new List<int[]>();
        for (var pass = 0; pass < 3; pass++)
        {
            var (seen, sizes) = (new List<int>(), new List<int>());
            foreach (var batch in batches)
            {
                sizes.Add(batch.Labels.Length);
                Assert.Equal(batch.Labels.Length, batch.Inputs.Shape[0]);
                for (var i = 0; i < batch.Labels.Length; i++)
                {
                    Assert.Equal(Small.Labels[batch.Samples[i]], batch.Labels[i]);
                    Assert.Equal(2 * batch.Samples[i], batch.Inputs[i, 0]);
                    seen.Add(batch.Samples[i]);
                }
            }

            Assert.Equal([4, 4, 2], sizes);
            Assert.Equal(Enumerable.Range(0, 10), seen.Order());
            passes.Add([.. seen]);
        }

        Assert.NotEqual(passes[0], passes[1]);
        var again = Small.Batches(4, seed: 5);
        var first = new List<int>();
        foreach (var batch in again)
            first.AddRange(batch.Samples);
        Assert.Equal(passes[0], first);
        var inTurn = new List<int>();
        foreach (var batch in Small.Batches(32))
            inTurn.AddRange(batch.Samples);
        Assert.Equal(Enumerable.Range(0, 10), inTurn);
    }

    [Fact]
    public void Batches_allocate_nothing_once_they_are_made()
    {
        var data = new Dataset("zeros", new Tensor(1_000, 20), new int[1_000]);
        var batches = data.Batches(64, seed: 1);
        long samples = 0;
        foreach (var batch in batches)
            samples += batch.Labels.Length;
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var batch in batches)
            samples += batch.Labels.Length;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500); // the pass's random source
        Assert.Equal(2_000, samples);
    }

    [Fact]
    public void Standardised_samples_have_mean_zero_and_deviation_one()
    {
        var random = new RandomSource(1);
        var data = new Dataset("noise", new Tensor(500, 2, 3, 3), new int[500]);
        for (var i = 0; i < data.Inputs.Count; i++)
            data.Inputs.Data[i] = (float)(i / 9 % 2 == 0 ? 5 + 2 * random.NextNormal() : -1 + 0.1 * random.NextNormal());
        var (standard, statistics) = data.Standardise();
        Assert.Equal(5, statistics.Mean[0], 0.1);
        Assert.Equal(0.1, statistics.Deviation[1], 0.01);
        foreach (var by in Enum.GetValues<StandardiseBy>())
        {
            var (result, used) = data.Standardise(by);
            Assert.Equal(by switch { StandardiseBy.Whole => 1, StandardiseBy.Channel => 2, _ => 18 }, used.Mean.Count);
            Assert.Equal(0, result.Inputs.Data.Average(), 1e-4);
            Assert.Equal(1, result.Inputs.Data.Average(x => x * x), 1e-3);
            var back = used.Undo(result.Inputs);
            Assert.All(Enumerable.Range(0, back.Count), i => Assert.Equal(data.Inputs.Data[i], back.Data[i], 1e-4));
        }

        Assert.Equal(standard.Take(3).Inputs.Data, statistics.Apply(data.Take(3)).Inputs.Data); // the same for test samples
        Assert.Throws<ArgumentException>(() => statistics.Apply(new Tensor(4, 5)));
        var constant = new Dataset("constant", Tensor.From([3, 1, 3, 2], 2, 2), [0, 0]).Standardise().Data;
        Assert.Equal([0f, -1, 0, 1], constant.Inputs.Data);
    }

    [Fact]
    public void Labels_become_targets_and_two_classes_a_two_class_set()
    {
        Assert.Equal([0f, 0, 1], Small.OneHot().Data[6..9]);
        Assert.Equal(10, Small.OneHot().Data.Sum());
        var (X, y) = Small.TwoClasses(1, 2);
        Assert.Equal([+1, -1, +1, +1], y);
        Assert.Equal(4, X[1, 0]);
    }

    [Fact]
    public void Wrong_numbers_are_refused_with_the_reason()
    {
        string Message(Action act) => Assert.ThrowsAny<ArgumentException>(act).Message;
        Assert.Contains("3 labels", Message(() => _ = new Dataset("x", new Tensor(2, 2), [0, 1, 0])));
        Assert.Contains("Label 2 of sample 1", Message(() => _ = new Dataset("x", new Tensor(2, 2), [0, 2], ["a", "b"])));
        Assert.Contains("Label -1", Message(() => _ = new Dataset("x", new Tensor(2, 2), [0, -1])));
        Assert.Contains("not finite", Message(() => _ = new Dataset("x", Tensor.From([1, float.NaN], 2, 1), [0, 0])));
        Assert.Contains("10 samples", Message(() => Small.Take(11)));
        Assert.Contains("samples 0 to 9", Message(() => Small.Subset([10])));
        Assert.Contains("classes 0 to 2", Message(() => Small.OfClasses(3)));
        Assert.Contains("10 samples", Message(() => Small.Split(-1, 1)));
        Assert.Contains("between 0 and 1", Message(() => Small.Split(1.5, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Small.Batches(0));
    }

    [Fact]
    public void An_empty_set_is_a_set()
    {
        var empty = Small.Take(0);
        Assert.Equal("small: 0 samples of 2, 3 classes (a: 0, b: 0, c: 0)", empty.ToString());
        foreach (var batch in empty.Batches(4, seed: 1))
            Assert.Fail($"A batch of {batch.Labels.Length} samples.");
        Assert.Equal(0, empty.Split(0.5, 1).Train.Count);
        Assert.Throws<InvalidOperationException>(() => empty.Standardise());
    }

    [Fact]
    public void Blobs_and_spiral_arms_are_sets_of_several_classes()
    {
        var blobs = ToySets.Blobs(300, seed: 1, classes: 4, deviation: 0.05, d: 3);
        Assert.Equal([75, 75, 75, 75], blobs.ClassCounts);
        var model = new SoftmaxRegression();
        model.Fit(blobs.Inputs, blobs.Labels);
        Assert.InRange(model.Accuracy(blobs.Inputs, blobs.Labels), 0.98, 1);
        var arms = ToySets.SpiralArms(300, seed: 1, turns: 1);
        model.Fit(arms.Inputs, arms.Labels);
        Assert.InRange(model.Accuracy(arms.Inputs, arms.Labels), 0.3, 0.75); // no three lines separate the arms
        Assert.Equal(arms.Inputs.Data, ToySets.SpiralArms(300, seed: 1, turns: 1).Inputs.Data);
        Assert.NotEqual(blobs.Inputs.Data, ToySets.Blobs(300, seed: 2, classes: 4, deviation: 0.05, d: 3).Inputs.Data);
    }
}
