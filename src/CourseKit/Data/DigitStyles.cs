using System.Globalization;

namespace CourseKit;

/// <summary>
/// How people write the ten digits: several ways for each, as the path of a pen on a sheet of 100 x 100 with y downwards. Designed for
/// this course by looking at handwriting; no data set was traced.
/// </summary>
/// <remarks>
/// A style is written as strokes with <c>|</c> between them; a stroke is the points that a smooth curve runs through, and a point with
/// <c>!</c> is a corner, where the pen changes its direction at once. The number before the colon says how often the style is used.
/// </remarks>
internal static class DigitStyles
{
    private static readonly string[][] Written =
    [
        [
            "4: 50,2 22,12 10,50 22,88 50,98 78,88 90,50 78,12 50,2",
            "3: 62,6 38,4 18,30 14,62 30,94 58,96 82,66 80,28 60,6 42,10",
            "2: 58,8 30,8 14,40 20,84 50,98 80,80 86,38 66,6",
            "1: 76,0 40,8 16,40 22,84 52,98 82,76 84,34 60,10 34,16",
        ],
        [
            "5: 50,0 50,50 50,100",
            "2: 58,0 50,50 46,100",
            "3: 30,22 52,0! 52,50 52,100",
            "1: 30,22 52,0! 52,50 52,100 | 26,100 52,99 80,100",
        ],
        [
            "4: 14,24 32,4 62,2 82,22 74,46 44,72 10,98! 44,96 90,98",
            "3: 14,22 36,2 70,6 80,30 60,62 30,92 12,92 16,78 36,80 62,96 92,90",
            "2: 12,18 40,2 78,14 76,42 40,74 8,98! 50,98 92,98",
            "2: 16,30 30,6 60,2 80,20 72,50 42,80 14,96! 40,90 66,98 92,88",
        ],
        [
            "4: 14,12 40,0 76,10 78,34 44,48! 80,58 84,84 50,100 12,88",
            "1: 14,4 50,4 80,4! 42,40! 76,52 86,76 60,98 14,92",
            "2: 16,14 46,0 76,16 66,40 42,50 38,44 50,46 78,62 78,88 46,100 12,88",
            "3: 12,10 50,0 76,20 52,46! 80,68 64,96 10,94",
        ],
        [
            "3: 28,4 20,36 16,58! 50,58 84,56 | 66,20 64,60 60,100",
            "3: 66,100 67,50 68,0! 40,34 12,66! 50,66 92,66",
            "3: 24,2 16,40 34,58 60,54 78,40 | 80,4 74,50 66,100",
            "2: 20,6 14,56! 46,56 80,50 | 76,0 73,50 70,100",
        ],
        [
            "3: 84,4 56,5 28,4! 22,44! 50,38 82,54 80,86 48,100 12,90",
            "4: 26,6 20,46! 56,40 84,62 72,94 36,100 12,88 | 26,6 56,6 90,3",
            "2: 82,4 36,6 24,28 36,44 70,56 78,80 54,98 14,94",
        ],
        [
            "4: 70,2 36,24 14,64 28,96 60,98 80,76 64,54 34,58 18,76",
            "3: 52,0 24,44 12,76 36,100 74,92 80,66 52,54 18,72",
            "2: 82,12 56,0 24,26 12,66 32,98 66,96 78,72 58,54 26,64",
        ],
        [
            "5: 10,6 48,6 88,4! 60,44 40,100",
            "2: 10,6 48,6 88,4! 58,50 40,100 | 30,52 54,51 78,48",
            "2: 12,24 12,4! 50,5 88,6! 56,46 48,100",
            "3: 10,10 46,12 90,4! 62,40 46,70 42,100",
        ],
        [
            "4: 74,16 48,0 22,18 34,40 66,58 80,82 50,100 20,84 32,60 64,42 78,24 66,6",
            "2: 50,0 26,12 27,36 50,47 74,36 74,12 50,0 | 50,47 18,62 20,90 50,100 80,90 82,62 50,47",
            "3: 78,10 50,2 26,14 30,36 60,54 76,78 56,98 28,92 24,70 48,50 74,34 80,12",
        ],
        [
            "4: 78,12 46,0 18,22 26,48 58,48 78,20! 76,60 72,100",
            "3: 76,16 50,0 18,18 22,46 56,48 78,22! 80,62 60,94 24,96",
            "3: 72,20 44,2 16,24 28,50 60,42 76,10! 66,50 44,100",
        ],
    ];

    private static readonly DigitStyle[][] Parsed = [.. Written.Select(digit => digit.Select(Parse).ToArray())];

    /// <summary>The ways to write a digit.</summary>
    public static ReadOnlySpan<DigitStyle> Of(int digit) => Parsed[digit];

    /// <summary>Draws one of the ways, each as often as its weight says.</summary>
    public static DigitStyle Choose(int digit, RandomSource random)
    {
        var styles = Parsed[digit];
        var total = 0;
        foreach (var style in styles)
            total += style.Weight;
        var place = random.NextInt(total);
        var i = 0;
        while (place >= styles[i].Weight)
            place -= styles[i++].Weight;
        return styles[i];
    }

    private static DigitStyle Parse(string written)
    {
        var (weight, path) = (written[..written.IndexOf(':')], written[(written.IndexOf(':') + 1)..]);
        var strokes = path.Split('|').Select(stroke => stroke.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(point =>
        {
            var numbers = point.TrimEnd('!').Split(',');
            return new PenPoint(Number(numbers[0]) / 100, Number(numbers[1]) / 100, point.EndsWith('!'));
        }).ToArray());
        return new DigitStyle((int)Number(weight), [.. strokes]);
    }

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>One way to write a digit.</summary>
/// <param name="Weight">How often it is used, against the digit's other styles.</param>
/// <param name="Strokes">The points of each stroke, on a sheet of 1 x 1.</param>
internal sealed record DigitStyle(int Weight, PenPoint[][] Strokes);

/// <summary>A point that the pen passes.</summary>
/// <param name="X">From the left, 0 to 1.</param>
/// <param name="Y">From the top, 0 to 1.</param>
/// <param name="IsCorner">Whether the direction may change at once here.</param>
internal readonly record struct PenPoint(float X, float Y, bool IsCorner);
