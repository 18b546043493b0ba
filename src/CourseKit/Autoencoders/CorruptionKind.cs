namespace CourseKit;

/// <summary>What <see cref="Corruption"/> does to a number.</summary>
public enum CorruptionKind
{
    /// <summary>Sets it to 0 with a probability: part of the picture is missing.</summary>
    Masking,

    /// <summary>Sets it to 0 or 1, each with half of a probability.</summary>
    SaltAndPepper,

    /// <summary>Adds a normal number of mean 0.</summary>
    Gaussian,
}
