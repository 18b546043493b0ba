namespace CourseKit;

/// <summary>How the losses of a batch's examples become one number. A loss is always summed over the outputs of an example first.</summary>
public enum Reduction
{
    /// <summary>
    /// The mean over the batch: gradients keep their size whatever the batch's, and one learning rate suits all of them. What trainers,
    /// ours too, use.
    /// </summary>
    BatchMean,

    /// <summary>The sum over the examples, as the lecture writes (9) and (10): n times the mean, so the learning rate must be n times smaller.</summary>
    Sum,

    /// <summary>The mean over all numbers, examples and outputs alike: the default of other libraries' squared error.</summary>
    ElementMean,
}
