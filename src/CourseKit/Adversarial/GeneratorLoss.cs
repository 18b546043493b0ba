namespace CourseKit;

/// <summary>What the generator makes small. Both have the same fixed point; they differ in how steep they are while D sees through G.</summary>
/// <remarks>Source: I. Goodfellow et al., "Generative adversarial nets", NIPS 2014, section 3.</remarks>
public enum GeneratorLoss
{
    /// <summary>
    /// (1/m) Σ log(1 - D(G(z))), the generator's share of V, as Algorithm 1 has it. Where D is sure that a sample is false, its slope
    /// with respect to D's logit, -D(G(z)), is next to nothing: it saturates.
    /// </summary>
    Saturating,

    /// <summary>
    /// -(1/m) Σ log D(G(z)), which the paper recommends for practice: its slope with respect to D's logit, D(G(z)) - 1, is steepest just
    /// where D is sure that a sample is false.
    /// </summary>
    NonSaturating,
}
