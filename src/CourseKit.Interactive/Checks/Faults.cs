using System.Globalization;

namespace CourseKit.Interactive;

/// <summary>Mistakes that show in the numbers alone, whatever the task.</summary>
/// <param name="Hint">What the student is told.</param>
/// <param name="Fits">Whether a given block is the expected one with this mistake.</param>
internal sealed record Fault(string Hint, Func<NumberBlock, NumberBlock, bool> Fits);

/// <summary>The list of them, the surest first.</summary>
internal static class Faults
{
    public static IReadOnlyList<Fault> Known { get; } =
    [
        new("a number is NaN or infinite: a division by 0, or the logarithm of 0", (e, g) => g.Values.Where((v, i) => !double.IsFinite(v) && double.IsFinite(e.Values[i])).Any()),
        new("these are the right numbers, transposed: rows and columns are exchanged", (e, g) => e.Shape is [> 1, _] && e.Shape[0] == e.Shape[1] && Like(e, g, (i, n) => i % n * n + i / n)),
        new("every number is 0: is anything computed, and is it returned?", (_, g) => g.Values.All(v => v == 0)),
        new("the sign is the wrong way round", (e, g) => All(e, g, (x, y) => Diagnosis.Near(-x, y))),
        new("0 and 1 are exchanged", (e, g) => All(e, g, (x, y) => (x is 0 or 1) && y == 1 - x)),
        new("these are the right numbers in the reverse order", (e, g) => e.Values.Count > 2 && Like(e, g, (i, _) => e.Values.Count - 1 - i)),
        new("these are the right numbers, one place further: an index is off by one", (e, g) => e.Values.Count > 2 && (Shifted(e.Values, g.Values) || Shifted(g.Values, e.Values))),
        new("every number is the same multiple of what it should be: a factor is missing, or one too many (a mean, a 1/2, a learning rate?)", SameFactor),
        new("every number is off by the same amount: is a constant added that should not be, or one left out?", SameOffset),
        new("these are the right numbers at the wrong places", (e, g) => e.Values.Count > 2 && e.Values.Order().Zip(g.Values.Order()).All(pair => Diagnosis.Near(pair.First, pair.Second))),
        new("every number is the same: does the answer depend on the inputs?", (e, g) => g.Values.Count > 2 && g.Values.All(v => v == g.Values[0]) && e.Values.Any(v => !Diagnosis.Near(e.Values[0], v))),
    ];

    /// <summary>What is wrong with the shapes; null where they are right.</summary>
    public static string? OfShape(IReadOnlyList<NumberBlock> expected, IReadOnlyList<NumberBlock> given)
    {
        if (expected.Count != given.Count)
            return string.Create(CultureInfo.InvariantCulture, $"{Parts(given.Count)} given, {Parts(expected.Count)} expected");
        foreach (var (e, g) in expected.Zip(given))
        {
            if (e.Shape.SequenceEqual(g.Shape))
                continue;
            var sizes = $"{g.ShapeText} given, {e.ShapeText} expected";
            if (e.Shape.Count == 2 && g.Shape.Count == 2 && e.Shape[0] == g.Shape[1] && e.Shape[1] == g.Shape[0])
                return $"the shape is transposed: {sizes}";
            if (e.Shape.Count == g.Shape.Count && e.Shape.Zip(g.Shape).All(pair => Math.Abs(pair.First - pair.Second) <= 1))
                return $"the shape is off by one: {sizes}; where does the loop begin and end?";
            return $"the shape is wrong: {sizes}";
        }

        return null;
    }

    private static string Parts(int n) => n == 1 ? "one part" : string.Create(CultureInfo.InvariantCulture, $"{n} parts");

    private static bool All(NumberBlock e, NumberBlock g, Func<double, double, bool> pair) => e.Values.Zip(g.Values).All(values => pair(values.First, values.Second));

    /// <summary>Whether the given number at i is the expected one at another place.</summary>
    private static bool Like(NumberBlock e, NumberBlock g, Func<int, int, int> place) =>
        Enumerable.Range(0, g.Values.Count).All(i => Diagnosis.Near(e.Values[place(i, e.Shape.Count > 0 ? e.Shape[0] : 1)], g.Values[i]));

    private static bool Shifted(IReadOnlyList<double> a, IReadOnlyList<double> b) => Enumerable.Range(1, a.Count - 1).All(i => Diagnosis.Near(a[i - 1], b[i]));

    private static bool SameFactor(NumberBlock e, NumberBlock g)
    {
        var at = Enumerable.Range(0, e.Values.Count).FirstOrDefault(i => Math.Abs(e.Values[i]) > 1e-9, -1);
        if (at < 0 || e.Values.Count(v => Math.Abs(v) > 1e-9) < 2)
            return false;
        var factor = g.Values[at] / e.Values[at];
        return Math.Abs(factor) > 1e-9 && All(e, g, (x, y) => Diagnosis.Near(factor * x, y));
    }

    private static bool SameOffset(NumberBlock e, NumberBlock g) => e.Values.Count > 2 && All(e, g, (x, y) => Diagnosis.Near(x + g.Values[0] - e.Values[0], y));
}
