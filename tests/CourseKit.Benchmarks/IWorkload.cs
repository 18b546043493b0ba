namespace CourseKit.Benchmarks;

/// <summary>
/// One training job that both libraries do: the same network, start weights, data and optimiser. One file each in Workloads/; it is
/// found by its interface, there is no list to add it to. README.md says what it must keep to.
/// </summary>
internal interface IWorkload
{
    /// <summary>What it is called on the command line and in the result lines: <c>mlp-b32</c>.</summary>
    string Name { get; }

    /// <summary>Where it stands in the table.</summary>
    int Order { get; }

    /// <summary>
    /// The multiply-adds of a step with the weights that are connected, forward, for their gradients, and for the inputs' below them; null
    /// where the step is not measured against the machine's peak.
    /// </summary>
    double? MultiplyAdds => null;

    /// <summary>Our training, from the start weights.</summary>
    ITraining Ours();

    /// <summary>libtorch's, from the same ones. Called only where TorchSharp loads.</summary>
    ITraining Torchs();
}

/// <summary>A training in progress.</summary>
internal interface ITraining : IDisposable
{
    /// <summary>One update: forward, backward, optimiser, on the next batch.</summary>
    /// <param name="readLoss">Whether the loss is wanted; while the clock runs it is not.</param>
    /// <returns>The loss before the update; NaN where it was not wanted.</returns>
    double Step(bool readLoss);
}
