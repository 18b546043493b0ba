using System.Numerics;

namespace CourseKit;

/// <summary>Looks for numbers that are infinite, not numbers, or outside a range.</summary>
internal static class Finiteness
{
    /// <summary>The place of the first such number, or -1.</summary>
    public static int FirstNonFinite(ReadOnlySpan<float> numbers) => FirstOutside(numbers, float.MinValue, float.MaxValue);

    /// <summary>The place of the first number that does not lie within the range, ends included, or is none; or -1.</summary>
    public static int FirstOutside(ReadOnlySpan<float> numbers, float low, float high)
    {
        var i = 0;
        for (; i <= numbers.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var v = new Vector<float>(numbers[i..]);
            if (!Vector.GreaterThanOrEqualAll(v, new Vector<float>(low)) || !Vector.LessThanOrEqualAll(v, new Vector<float>(high)))
                break;
        }

        for (; i < numbers.Length; i++)
            if (!(numbers[i] >= low && numbers[i] <= high))
                return i;
        return -1;
    }

    /// <summary>Refuses samples that hold such a number, and says in which row.</summary>
    /// <param name="samples">A sample a row.</param>
    /// <param name="parameter">What the caller's parameter is called.</param>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static void Require(Tensor samples, string parameter)
    {
        if (FirstNonFinite(samples.Span) is var i and >= 0)
            throw new ArgumentException($"The samples hold {Describe(samples.Data[i])} in row {i / (samples.Count / samples.Shape[0])}; finite numbers are expected.", parameter);
    }

    /// <summary>Refuses a vector that holds such a number.</summary>
    /// <param name="numbers">The vector.</param>
    /// <param name="parameter">What the caller's parameter is called.</param>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static void Require(MathNet.Numerics.LinearAlgebra.Vector<double> numbers, string parameter)
    {
        if (!numbers.ForAll(double.IsFinite))
            throw Refusal(parameter);
    }

    /// <summary>Refuses a matrix that holds such a number.</summary>
    /// <param name="numbers">The matrix.</param>
    /// <param name="parameter">What the caller's parameter is called.</param>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static void Require(MathNet.Numerics.LinearAlgebra.Matrix<double> numbers, string parameter)
    {
        if (!numbers.ForAll(double.IsFinite))
            throw Refusal(parameter);
    }

    private static ArgumentException Refusal(string parameter) => new($"{parameter} holds NaN or infinity; finite numbers are expected.", parameter);

    /// <summary>Such a number in words.</summary>
    public static string Describe(double number) => double.IsNaN(number) ? "NaN" : number > 0 ? "+infinity" : "-infinity";
}
