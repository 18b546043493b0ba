namespace CourseKit;

/// <summary>
/// The lecture's machine-learning flow chart as five composed steps: sensing, preprocessing, feature extraction, feature selection, and
/// inference. The first four are choices; the last is one linear classifier for all of them.
/// </summary>
public sealed class Pipeline
{
    /// <summary>How the outside world becomes pixels.</summary>
    public IPipelineStep Sensing { get; init; } = new Camera();

    /// <summary>How pictures are made alike in what does not matter; null leaves them as they are.</summary>
    public IPipelineStep? Preprocessing { get; init; }

    /// <summary>How a picture becomes numbers that say what is in it.</summary>
    public IPipelineStep Features { get; init; } = new RawPixels();

    /// <summary>Which of the numbers are used; null uses all.</summary>
    public IPipelineStep? Selection { get; init; }

    /// <summary>What answers in the end.</summary>
    public SoftmaxRegression Inference { get; init; } = new();

    /// <summary>The first four steps in their order, those left out omitted.</summary>
    public IEnumerable<IPipelineStep> Steps => new[] { Sensing, Preprocessing, Features, Selection }.OfType<IPipelineStep>();

    /// <summary>Teaches every step in turn on what the steps before it make of the training images.</summary>
    /// <param name="images">N x 1 x H x W.</param>
    /// <param name="labels">The N classes, counted from 0.</param>
    /// <exception cref="ArgumentException">The shapes do not fit; the step that was asked says which.</exception>
    public void Fit(Tensor images, IReadOnlyList<int> labels)
    {
        var samples = images;
        foreach (var step in Steps)
        {
            step.Fit(samples, labels);
            samples = step.Apply(samples);
        }

        Inference.Fit(samples, labels);
    }

    /// <summary>What each of the steps makes of the images, in their order.</summary>
    /// <param name="images">N x 1 x H x W.</param>
    public IReadOnlyList<(string Step, Tensor Result)> Trace(Tensor images)
    {
        var trace = new List<(string, Tensor)>();
        var samples = images;
        foreach (var step in Steps)
        {
            samples = step.Apply(samples);
            trace.Add((step.Name, samples));
        }

        return trace;
    }

    /// <summary>The class of every image, counted from 0.</summary>
    /// <param name="images">N x 1 x H x W.</param>
    public int[] Predict(Tensor images) => Inference.Predict(Trace(images)[^1].Result);

    /// <summary>The share of images that are put into their own class, from 0 to 1.</summary>
    /// <param name="images">N x 1 x H x W.</param>
    /// <param name="labels">The N classes.</param>
    public double Accuracy(Tensor images, IReadOnlyList<int> labels) => Inference.Accuracy(Trace(images)[^1].Result, labels);

    /// <summary>The steps as a line of text.</summary>
    public override string ToString() => string.Join(" → ", Steps.Select(step => step.Name).Append("linear classifier"));
}
