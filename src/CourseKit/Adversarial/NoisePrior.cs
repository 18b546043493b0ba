namespace CourseKit;

/// <summary>p_z: what the generator's noise z is drawn from.</summary>
public enum NoisePrior
{
    /// <summary>Every number normal, mean 0 and deviation 1.</summary>
    Normal,

    /// <summary>Every number uniform in [-1, 1).</summary>
    Uniform,
}
