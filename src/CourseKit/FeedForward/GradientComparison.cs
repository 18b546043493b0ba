namespace CourseKit;

/// <summary>One gradient tensor against finite differences.</summary>
/// <param name="Name">What the gradient is taken with respect to: <c>W</c>, <c>input</c>.</param>
/// <param name="Index">The entry that differs most, such as <c>[2, 3]</c>.</param>
/// <param name="Backward">What the backward rule says there.</param>
/// <param name="Numeric">What the finite differences say there.</param>
/// <param name="Difference">Their difference, as a share of the tensor's largest gradient.</param>
/// <param name="Checked">How many entries were compared.</param>
/// <param name="Skipped">How many were left out because the function has a corner there.</param>
/// <param name="Passed">Whether the difference is within the tolerance, and something was compared.</param>
public sealed record GradientComparison(
    string Name, string Index, double Backward, double Numeric, double Difference, int Checked, int Skipped, bool Passed);
