namespace CourseKit;

/// <summary>In which order an epoch visits the samples.</summary>
public enum SampleOrder
{
    /// <summary>i = 1 ... N in every epoch, as the rows lie in the data.</summary>
    InTurn,

    /// <summary>A new random order in every epoch, from the seed given.</summary>
    Shuffled,
}
