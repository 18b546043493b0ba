using System.Globalization;
using System.Text;

namespace CourseKit;

/// <summary>What a gradient check found, a line each gradient.</summary>
/// <param name="What">What was checked.</param>
/// <param name="Tolerance">The largest difference that passes, as a share of the tensor's largest gradient.</param>
/// <param name="Comparisons">One for each parameter, and one for the input.</param>
public sealed record GradientCheckResult(string What, double Tolerance, IReadOnlyList<GradientComparison> Comparisons)
{
    /// <summary>Whether every gradient agrees with the finite differences.</summary>
    public bool Passed => Comparisons.All(comparison => comparison.Passed);

    /// <summary>The largest difference of all.</summary>
    public double LargestDifference => Comparisons.Max(comparison => comparison.Difference);

    /// <summary>The gradients as a table, and the verdict: which one is wrong, and where most.</summary>
    public override string ToString()
    {
        var width = Comparisons.Max(comparison => comparison.Name.Length);
        var text = new StringBuilder();
        foreach (var c in Comparisons)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(c.Passed ? "ok   " : "WRONG")} {c.Name.PadRight(width)}  {c.Index,-9} backward {c.Backward,12:G6}  numeric {c.Numeric,12:G6}  difference {c.Difference:E1}  {c.Checked} entries");
            text.Append(c.Skipped > 0 ? $", {c.Skipped} at a corner left out\n" : "\n");
        }

        var wrong = Comparisons.Where(comparison => !comparison.Passed).MaxBy(comparison => comparison.Difference);
        return text.Append(wrong is null
            ? string.Create(CultureInfo.InvariantCulture, $"{What}:\nall gradients agree with finite differences to {Tolerance:G2} of their largest entry.")
            : $"{What}: the gradient of {wrong.Name} is wrong, most of all at {wrong.Index}.").ToString();
    }
}
