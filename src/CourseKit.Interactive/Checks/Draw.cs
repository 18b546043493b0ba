using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Interactive;

/// <summary>Inputs for probes.</summary>
public static class Draw
{
    /// <summary>A number, uniform between the two.</summary>
    public static double Number(RandomSource random, double low = -1, double high = 1)
    {
        ArgumentNullException.ThrowIfNull(random);
        return low + (high - low) * random.NextDouble();
    }

    /// <summary>A whole number from <paramref name="low"/> up to and with <paramref name="high"/>.</summary>
    public static int Whole(RandomSource random, int low, int high)
    {
        ArgumentNullException.ThrowIfNull(random);
        return low + random.NextInt(high - low + 1);
    }

    /// <summary>An array of numbers, uniform between the two.</summary>
    public static double[] Numbers(RandomSource random, int n, double low = -1, double high = 1) => [.. Enumerable.Range(0, n).Select(_ => Number(random, low, high))];

    /// <summary>Several of something.</summary>
    public static T[] Many<T>(RandomSource random, int n, Func<RandomSource, T> one) => [.. Enumerable.Range(0, n).Select(_ => one(random))];

    /// <summary>An array of whole numbers, from <paramref name="low"/> up to and with <paramref name="high"/>.</summary>
    public static double[] Wholes(RandomSource random, int n, int low, int high) => [.. Enumerable.Range(0, n).Select(_ => (double)Whole(random, low, high))];

    /// <summary>An array of zeros and ones.</summary>
    public static int[] Bits(RandomSource random, int n) => [.. Enumerable.Range(0, n).Select(_ => random.NextInt(2))];

    /// <summary>A vector of n numbers.</summary>
    public static Vector<double> Vector(RandomSource random, int n, double low = -1, double high = 1) => Vector<double>.Build.Dense(Numbers(random, n, low, high));

    /// <summary>A matrix, rows x columns.</summary>
    public static Matrix<double> Matrix(RandomSource random, int rows, int columns, double low = -1, double high = 1) =>
        Matrix<double>.Build.Dense(rows, columns, Numbers(random, rows * columns, low, high));
}
