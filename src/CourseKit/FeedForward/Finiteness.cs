using System.Numerics;

namespace CourseKit;

/// <summary>Looks for numbers that are infinite or not numbers.</summary>
internal static class Finiteness
{
    /// <summary>The place of the first such number, or -1.</summary>
    public static int FirstNonFinite(ReadOnlySpan<float> numbers)
    {
        var i = 0;
        for (; i <= numbers.Length - Vector<float>.Count; i += Vector<float>.Count)
            if (!Vector.LessThanOrEqualAll(Vector.Abs(new Vector<float>(numbers[i..])), new Vector<float>(float.MaxValue)))
                break;
        for (; i < numbers.Length; i++)
            if (!float.IsFinite(numbers[i]))
                return i;
        return -1;
    }

    /// <summary>Such a number in words.</summary>
    public static string Describe(double number) => double.IsNaN(number) ? "NaN" : number > 0 ? "+infinity" : "-infinity";
}
