using System.Globalization;
using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>Labelled samples as a network takes them: a tensor with the samples first, a class for each, and names for people.</summary>
/// <remarks>
/// A dataset is not changed once it is made; <see cref="Take"/>, <see cref="Subset"/>, <see cref="Split(int, int, bool)"/> and the others
/// return new ones with numbers of their own.
/// </remarks>
public sealed class Dataset
{
    private readonly int[] sampleShape;

    /// <summary>Names samples and their classes; the tensor and the labels are used, not copied.</summary>
    /// <param name="name">What the set is and where it is from, for titles: <c>MNIST, test</c>.</param>
    /// <param name="inputs">N x d for vectors, N x C x T for sequences, N x C x H x W for images; finite numbers.</param>
    /// <param name="labels">The N classes, counted from 0.</param>
    /// <param name="classNames">A name for each class; by default the numbers 0, 1, ... up to the largest label.</param>
    /// <exception cref="ArgumentException">The counts differ, a label has no class, or a number is not finite.</exception>
    public Dataset(string name, Tensor inputs, int[] labels, IReadOnlyList<string>? classNames = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        if (inputs.Rank < 2 || inputs.Shape[0] != labels.Length)
            throw new ArgumentException(
                $"Samples of shape {inputs.ShapeText} given with {labels.Length} labels; " +
                "N x d, N x C x T or N x C x H x W and N labels are expected.");
        if (inputs.Count > 0 && !float.IsFinite(TensorPrimitives.MaxMagnitude<float>(inputs.Data)))
            throw new ArgumentException($"The samples of {name} hold a number that is not finite.", nameof(inputs));
        var classes = classNames?.Count ?? (labels.Length == 0 ? 0 : labels.Max() + 1);
        for (var n = 0; n < labels.Length; n++)
            if ((uint)labels[n] >= (uint)classes)
                throw new ArgumentException(
                    $"Label {labels[n]} of sample {n} given; the classes of {name} are 0 to {classes - 1}.", nameof(labels));
        (Name, Inputs, Labels) = (name, inputs, labels);
        ClassNames = [.. classNames ?? Enumerable.Range(0, classes).Select(c => c.ToString(CultureInfo.InvariantCulture))];
        sampleShape = inputs.Shape[1..].ToArray();
    }

    private Dataset(Dataset like, string name, Tensor inputs, int[] labels)
    {
        (Name, Inputs, Labels, ClassNames) = (name, inputs, labels, like.ClassNames);
        sampleShape = inputs.Shape[1..].ToArray();
    }

    /// <summary>What the set is and where it is from.</summary>
    public string Name { get; }

    /// <summary>The samples, batch first; the set's own tensor, not a copy.</summary>
    public Tensor Inputs { get; }

    /// <summary>The class of every sample, counted from 0; the set's own array, not a copy.</summary>
    public int[] Labels { get; }

    /// <summary>A name for each class.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>How many samples there are: N.</summary>
    public int Count => Labels.Length;

    /// <summary>How many classes there are, also where some have no sample here.</summary>
    public int Classes => ClassNames.Count;

    /// <summary>One sample's shape, without the batch: <c>[1, 28, 28]</c>.</summary>
    public ReadOnlySpan<int> SampleShape => sampleShape;

    /// <summary>How many numbers a sample has.</summary>
    public int SampleSize
    {
        get
        {
            var size = 1;
            foreach (var extent in sampleShape)
                size *= extent;
            return size;
        }
    }

    /// <summary>Whether the samples are pictures, N x C x H x W: what is shown as a grid of them.</summary>
    public bool IsImages => Inputs.Rank == 4;

    /// <summary>How many samples each class has.</summary>
    public int[] ClassCounts
    {
        get
        {
            var counts = new int[Classes];
            foreach (var label in Labels)
                counts[label]++;
            return counts;
        }
    }

    /// <summary>The numbers of one sample, row-major.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public ReadOnlySpan<float> Sample(int n)
    {
        if ((uint)n >= (uint)Count)
            throw new ArgumentOutOfRangeException(nameof(n), n, $"{Name} has the samples 0 to {Count - 1}.");
        return Inputs.Data.AsSpan(n * SampleSize, SampleSize);
    }

    /// <summary>The samples with these numbers, in this order; a number may come twice.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public Dataset Subset(IReadOnlyList<int> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var inputs = new Tensor([numbers.Count, .. sampleShape]);
        var labels = new int[numbers.Count];
        var size = SampleSize;
        for (var i = 0; i < labels.Length; i++)
        {
            Sample(numbers[i]).CopyTo(inputs.Data.AsSpan(i * size));
            labels[i] = Labels[numbers[i]];
        }

        return new Dataset(this, Name, inputs, labels);
    }

    /// <summary>The first samples.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public Dataset Take(int count)
    {
        CheckCount(count);
        return Subset(Enumerable.Range(0, count).ToArray());
    }

    /// <summary>All samples but the first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public Dataset Skip(int count)
    {
        CheckCount(count);
        return Subset(Enumerable.Range(count, Count - count).ToArray());
    }

    /// <summary>The samples of the classes asked for; labels stay what they were.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public Dataset OfClasses(params ReadOnlySpan<int> classes)
    {
        foreach (var wanted in classes)
            if ((uint)wanted >= (uint)Classes)
                throw new ArgumentOutOfRangeException(nameof(classes), wanted, $"{Name} has the classes 0 to {Classes - 1}.");
        var kept = classes.ToArray();
        return Subset([.. Enumerable.Range(0, Count).Where(n => kept.Contains(Labels[n]))]);
    }

    /// <summary>The same samples in a random order.</summary>
    public Dataset Shuffled(int seed) => Subset(new RandomSource(seed).Permutation(Count));

    /// <summary>Divides the samples at random into a part to learn from and one to test on.</summary>
    /// <param name="trainCount">How many samples the first part gets.</param>
    /// <param name="seed">The seed of the choice.</param>
    /// <param name="stratified">Whether each class is divided in the same proportion, as nearly as whole samples allow.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many samples.</exception>
    public (Dataset Train, Dataset Test) Split(int trainCount, int seed, bool stratified = true)
    {
        var (train, test) = Divide(trainCount, seed, stratified);
        return (Subset(train), Subset(test));
    }

    /// <summary>Some of the samples, chosen at random: the first part of <see cref="Split(int, int, bool)"/>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The seed of the choice.</param>
    /// <param name="stratified">Whether the classes keep their shares, as nearly as whole samples allow.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many samples.</exception>
    public Dataset TakeRandom(int count, int seed, bool stratified = true) => Subset(Divide(count, seed, stratified).Train);

    /// <summary>Divides the samples at random into a part to learn from and one to test on.</summary>
    /// <param name="trainShare">The share of the samples that the first part gets, from 0 to 1.</param>
    /// <param name="seed">The seed of the choice.</param>
    /// <param name="stratified">Whether each class is divided in the same proportion, as nearly as whole samples allow.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not one.</exception>
    public (Dataset Train, Dataset Test) Split(double trainShare, int seed, bool stratified = true)
    {
        if (trainShare is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(trainShare), trainShare, "A share lies between 0 and 1.");
        return Split((int)Math.Round(trainShare * Count), seed, stratified);
    }

    /// <summary>Walks over the samples in batches, without allocating; see <see cref="BatchSequence"/>.</summary>
    /// <param name="batchSize">How many samples a batch has, at least 1; the last one of a pass may be smaller.</param>
    /// <param name="seed">The seed of the order, which is another one in each pass; without it, the samples come in turn.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is less than 1.</exception>
    public BatchSequence Batches(int batchSize, int? seed = null) => new(this, batchSize, seed);

    /// <summary>Shifts and scales the samples to mean 0 and deviation 1, and returns what was done, for the test samples.</summary>
    /// <param name="by">What shares a mean and a deviation; by default a channel of pictures and sequences, else each input.</param>
    /// <exception cref="InvalidOperationException">There is no sample.</exception>
    public (Dataset Data, Standardisation Statistics) Standardise(StandardiseBy? by = null)
    {
        var statistics = Standardisation.Of(Inputs, by ?? (Inputs.Rank > 2 ? StandardiseBy.Channel : StandardiseBy.Input));
        return (statistics.Apply(this), statistics);
    }

    /// <summary>The same labels with other inputs: what a transformation of the samples makes.</summary>
    /// <param name="inputs">As many samples as there are labels; their shape may be another one.</param>
    /// <param name="name">A new name, or null to keep it.</param>
    /// <exception cref="ArgumentException">The count differs, or a number is not finite.</exception>
    public Dataset With(Tensor inputs, string? name = null) => new(name ?? Name, inputs, Labels, ClassNames);

    /// <summary>The labels as targets of one unit a class, N x classes: 1 at the sample's class, 0 elsewhere.</summary>
    public Tensor OneHot()
    {
        var targets = new Tensor(Count, Classes);
        for (var n = 0; n < Count; n++)
            targets.Data[n * Classes + Labels[n]] = 1;
        return targets;
    }

    /// <summary>Two classes of the set for the two-class models: +1 and -1.</summary>
    /// <param name="positive">The class that becomes +1.</param>
    /// <param name="negative">The class that becomes -1.</param>
    /// <exception cref="ArgumentException">The two are the same, there is no such class, or neither has a sample.</exception>
    public TwoClassSet TwoClasses(int positive, int negative)
    {
        if (positive == negative)
            throw new ArgumentException($"Class {positive} given twice; two different ones are expected.", nameof(negative));
        var both = OfClasses(positive, negative);
        if (both.Count == 0)
            throw new ArgumentException($"{Name} has no sample of the classes {positive} and {negative}.", nameof(positive));
        return new TwoClassSet(
            $"{Name}: {ClassNames[positive]} against {ClassNames[negative]}",
            both.Inputs.ToMatrix(),
            [.. both.Labels.Select(c => c == positive ? +1 : -1)]);
    }

    /// <summary>Name, sizes and class counts, such as <c>MNIST, test: 10000 samples of 1x28x28, 10 classes (0: 980, ...)</c>.</summary>
    public override string ToString()
    {
        var counts = ClassCounts.Select((count, c) => string.Create(CultureInfo.InvariantCulture, $"{ClassNames[c]}: {count}"));
        var shown = Classes <= 12 ? string.Join(", ", counts) : $"{string.Join(", ", counts.Take(10))}, ...";
        return FormattableString.Invariant($"{Name}: {Count} samples of {Tensor.Describe(sampleShape)}, {Classes} classes ({shown})");
    }

    private (List<int> Train, List<int> Test) Divide(int trainCount, int seed, bool stratified)
    {
        CheckCount(trainCount);
        var open = stratified ? Shares(trainCount) : [];
        var (train, test) = (new List<int>(trainCount), new List<int>(Count - trainCount));
        foreach (var n in new RandomSource(seed).Permutation(Count))
            ((stratified ? open[Labels[n]]-- > 0 : train.Count < trainCount) ? train : test).Add(n);
        return (train, test);
    }

    /// <summary>How many of each class go to the first part: the nearest whole numbers, the largest remainders rounded up.</summary>
    private int[] Shares(int trainCount)
    {
        var counts = ClassCounts;
        int[] shares = [.. counts.Select(count => Count == 0 ? 0 : (int)((long)count * trainCount / Count))];
        var missing = trainCount - shares.Sum();
        var byRemainder = Enumerable.Range(0, Classes).OrderByDescending(c => Count == 0 ? 0 : (long)counts[c] * trainCount % Count);
        foreach (var c in byRemainder.Take(missing))
            shares[c]++;
        return shares;
    }

    private void CheckCount(int count)
    {
        if ((uint)count > (uint)Count)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"{Name} has {Count} samples.");
    }
}
