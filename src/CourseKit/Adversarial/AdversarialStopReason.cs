namespace CourseKit;

/// <summary>Why an adversarial training ended.</summary>
public enum AdversarialStopReason
{
    /// <summary>All iterations were made.</summary>
    IterationLimit,

    /// <summary>The caller cancelled; the weights are those of the last iteration.</summary>
    Cancelled,

    /// <summary>
    /// The discriminator has won: it told the samples from the data without a doubt, D(x) near 1 and D(G(z)) near 0, for as long as the patience
    /// allows. The generator may make many different samples; all of them are seen through.
    /// </summary>
    DiscriminatorWon,

    /// <summary>The generator has collapsed to one point: it made the same sample of every z for as long as the patience allows.</summary>
    GeneratorCollapsed,

    /// <summary>The discriminator has given up: it gave the same answer to everything for as long as the patience allows.</summary>
    DiscriminatorCollapsed,

    /// <summary>A loss or an update was infinite, not a number, or beyond all measure; the weights are those of the last sound check.</summary>
    Diverged,
}
