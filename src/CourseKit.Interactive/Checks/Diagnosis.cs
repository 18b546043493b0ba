using System.Globalization;

namespace CourseKit.Interactive;

/// <summary>Says what is wrong with an answer, without saying what the right one is.</summary>
public static class Diagnosis
{
    /// <summary>How far a number may be off, relative to 1 + its size: enough for single precision, too little for another formula.</summary>
    public const double Tolerance = 1e-5;

    /// <summary>Compares an answer with the right one.</summary>
    /// <param name="expected">The right answer.</param>
    /// <param name="given">The student's.</param>
    /// <param name="mistakes">What usual mistakes would answer, each with its hint; the first that fits is told.</param>
    /// <returns>What is wrong, for the student; null where nothing is.</returns>
    public static string? Of(Answer expected, Answer given, IReadOnlyList<(string Hint, Answer Answer)> mistakes)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(mistakes);
        if (given.Fault is not null)
            return given.Fault;
        if (expected.Fault is not null)
            throw new ArgumentException($"The solution itself fails: {expected.Fault}", nameof(expected));
        if (Same(expected, given))
            return null;
        foreach (var (hint, wrong) in mistakes)
            if (wrong.Fault is null && Same(wrong, given))
                return hint;
        if (given.Draws.Count != expected.Draws.Count)
            return "there is no answer to some of the inputs";
        var pairs = new List<(NumberBlock Expected, NumberBlock Given)>();
        foreach (var (right, mine) in expected.Draws.Zip(given.Draws))
        {
            if (Faults.OfShape(right, mine) is { } fault)
                return fault;
            var part = Enumerable.Range(0, right.Count).FirstOrDefault(i => !Same(right[i], mine[i]), -1);
            if (part >= 0)
                pairs.Add((right[part], mine[part]));
        }

        if (pairs.Count > 1 && pairs.All(pair => pair.Expected.Shape.Count == 0))
            pairs = [(AsVector(pairs.Select(pair => pair.Expected)), AsVector(pairs.Select(pair => pair.Given)))]; // single numbers say more together

        // What is said must hold in every draw that is wrong.
        var named = Faults.Known.FirstOrDefault(known => pairs.All(pair => known.Fits(pair.Expected, pair.Given)));
        if (named is not null)
            return named.Hint;
        var (first, actual) = pairs[0];
        var index = Enumerable.Range(0, first.Values.Count).First(i => !Near(first.Values[i], actual.Values[i]));
        var wrongs = Enumerable.Range(0, first.Values.Count).Count(i => !Near(first.Values[i], actual.Values[i]));
        var number = actual.Values[index].ToString("G6", CultureInfo.InvariantCulture);
        return expected.Draws[0].All(block => block.Shape.Count == 0)
            ? $"{number} is not right"
            : string.Create(CultureInfo.InvariantCulture, $"entry {first.Place(index)}, {number}, is not right (the first of {wrongs} that differ, of {first.Values.Count})");
    }

    private static NumberBlock AsVector(IEnumerable<NumberBlock> numbers)
    {
        var values = numbers.Select(block => block.Values[0]).ToList();
        return new NumberBlock([values.Count], values);
    }

    internal static bool Near(double expected, double given) =>
        double.IsFinite(expected) ? Math.Abs(given - expected) <= Tolerance * (1 + Math.Abs(expected)) : expected.Equals(given);

    private static bool Same(Answer a, Answer b) =>
        a.Draws.Count == b.Draws.Count && a.Draws.Zip(b.Draws).All(pair => pair.First.Count == pair.Second.Count && pair.First.Zip(pair.Second).All(blocks => Same(blocks.First, blocks.Second)));

    private static bool Same(NumberBlock a, NumberBlock b) => a.Shape.SequenceEqual(b.Shape) && a.Values.Zip(b.Values).All(pair => Near(pair.First, pair.Second));
}
