namespace CourseKit;

/// <summary>What the units of a restricted Boltzmann machine are, given the other layer.</summary>
public enum UnitKind
{
    /// <summary>0 or 1, with probability σ of the sum for 1.</summary>
    Binary,

    /// <summary>A normal number of variance 1 around the sum: for inputs of mean 0 and variance 1, and for linear codes.</summary>
    Gaussian,
}
