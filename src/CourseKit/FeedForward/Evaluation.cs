using System.Globalization;

namespace CourseKit;

/// <summary>How good a network is on some examples.</summary>
/// <param name="Loss">J of (9).</param>
/// <param name="Error">The share of examples put into a wrong class, 0 ... 1; null where there are no classes.</param>
public sealed record Evaluation(double Loss, double? Error)
{
    /// <summary>The figures in a line.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"loss {Loss:G5}") + (Error is { } error ? string.Create(CultureInfo.InvariantCulture, $", error {100 * error:F2} %") : "");
}
