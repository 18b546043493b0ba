using System.Globalization;

namespace CourseKit;

/// <summary>How far an adversarial training is.</summary>
/// <param name="Iteration">The present iteration of this call, counted from 1.</param>
/// <param name="Iterations">How many there will be at most.</param>
/// <param name="V">The value of the game on the last batches.</param>
/// <param name="Elapsed">Since this call began.</param>
/// <param name="Left">What is left at the present speed.</param>
public readonly record struct AdversarialProgress(int Iteration, int Iterations, double V, TimeSpan Elapsed, TimeSpan Left)
{
    /// <summary>The progress in a line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"iteration {Iteration} of {Iterations}, V {V:F3}, {Left.TotalSeconds:F0} s left");
}
