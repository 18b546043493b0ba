namespace CourseKit;

/// <summary>One box of the lecture's machine-learning flow chart: it may learn from training samples, and turns samples into others.</summary>
public interface IPipelineStep
{
    /// <summary>What the step does, in a few words for a table or a figure.</summary>
    string Name { get; }

    /// <summary>Learns what the step needs from the training samples; steps that need nothing do nothing.</summary>
    /// <param name="samples">The training samples as the step before handed them over, the batch first.</param>
    /// <param name="labels">Their classes, counted from 0.</param>
    void Fit(Tensor samples, IReadOnlyList<int> labels)
    {
    }

    /// <summary>Turns samples into what the next step works on; a new tensor, the batch first.</summary>
    /// <param name="samples">The samples as the step before handed them over.</param>
    Tensor Apply(Tensor samples);
}
