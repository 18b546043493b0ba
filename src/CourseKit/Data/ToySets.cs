using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>
/// Two-class sets small enough to draw, each from its seed: what chapters 1-3 learn on. Classes take turns, so both have the same
/// number of samples (one more of +1 where the count is odd).
/// </summary>
public static partial class ToySets
{
    private const double WidestMargin = 0.8;

    /// <summary>The four points of exclusive or: +1 where exactly one of the two inputs is 1. No line separates them.</summary>
    public static TwoClassSet Xor() => new(
        "XOR",
        Matrix<double>.Build.DenseOfArray(new double[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }),
        [-1, +1, +1, -1]);

    /// <summary>Clouds about the four points of <see cref="Xor"/>.</summary>
    /// <param name="count">How many samples.</param>
    /// <param name="seed">The seed of the samples.</param>
    /// <param name="deviation">The standard deviation of a cloud in each direction; at 0.15 the clouds hardly touch.</param>
    /// <exception cref="ArgumentOutOfRangeException">count is less than 1, or deviation negative or not finite.</exception>
    public static TwoClassSet XorClouds(int count, int seed, double deviation = 0.15)
    {
        CheckNoise(deviation, nameof(deviation));
        return Draw(Text("XOR clouds, deviation", deviation), count, seed, (random, label) =>
        {
            var first = random.NextInt(2);
            var second = label > 0 ? 1 - first : first;
            return (first + deviation * random.NextNormal(), second + deviation * random.NextNormal());
        });
    }

    /// <summary>Two half circles of radius 1 that reach into each other.</summary>
    /// <param name="count">How many samples.</param>
    /// <param name="seed">The seed of the samples.</param>
    /// <param name="noise">The standard deviation of normal noise on both coordinates.</param>
    /// <exception cref="ArgumentOutOfRangeException">count is less than 1, or noise negative or not finite.</exception>
    public static TwoClassSet Moons(int count, int seed, double noise = 0.1)
    {
        CheckNoise(noise, nameof(noise));
        return Draw(Text("moons, noise", noise), count, seed, (random, label) =>
        {
            var (sin, cos) = Math.SinCos(Math.PI * random.NextDouble());
            var (x, y) = label > 0 ? (cos, sin) : (1 - cos, 0.5 - sin);
            return (x + noise * random.NextNormal(), y + noise * random.NextNormal());
        });
    }

    /// <summary>A circle (+1) inside another of radius 1 (-1).</summary>
    /// <param name="count">How many samples.</param>
    /// <param name="seed">The seed of the samples.</param>
    /// <param name="inner">The radius of the inner circle, between 0 and 1.</param>
    /// <param name="noise">The standard deviation of normal noise on both coordinates.</param>
    /// <exception cref="ArgumentOutOfRangeException">count is less than 1, inner outside 0-1, or noise negative or not finite.</exception>
    public static TwoClassSet Circles(int count, int seed, double inner = 0.5, double noise = 0.08)
    {
        CheckNoise(noise, nameof(noise));
        if (inner is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(
                nameof(inner), inner, "The inner circle's radius lies between 0 and 1, the radius of the outer.");
        return Draw(Text("circles, noise", noise), count, seed, (random, label) =>
        {
            var (sin, cos) = Math.SinCos(Math.Tau * random.NextDouble());
            var radius = label > 0 ? inner : 1;
            return (radius * cos + noise * random.NextNormal(), radius * sin + noise * random.NextNormal());
        });
    }

    /// <summary>Two spirals wound into each other: the radius grows with the angle up to 1, and -1 is +1 turned by half a turn.</summary>
    /// <param name="count">How many samples.</param>
    /// <param name="seed">The seed of the samples.</param>
    /// <param name="turns">How often each winds about the middle; more is harder.</param>
    /// <param name="noise">The standard deviation of normal noise on both coordinates.</param>
    /// <exception cref="ArgumentOutOfRangeException">count is less than 1, turns not above 0, or noise negative or not finite.</exception>
    /// <remarks>After K. J. Lang and M. J. Witbrock, "Learning to tell two spirals apart", Connectionist Models Summer School (1988).</remarks>
    public static TwoClassSet Spirals(int count, int seed, double turns = 1.5, double noise = 0.02)
    {
        CheckNoise(noise, nameof(noise));
        if (turns is not (> 0 and < 100))
            throw new ArgumentOutOfRangeException(nameof(turns), turns, "A spiral has more than 0 and fewer than 100 turns.");
        return Draw(Text("spirals, noise", noise), count, seed, (random, label) =>
        {
            var radius = 0.05 + 0.95 * Math.Sqrt(random.NextDouble()); // the root spreads the samples evenly along the arm
            var (sin, cos) = Math.SinCos(Math.Tau * turns * radius);
            return (label * radius * cos + noise * random.NextNormal(), label * radius * sin + noise * random.NextNormal());
        });
    }

    /// <summary>Two normal clouds of unit deviation whose centres are a distance apart along the first input: they overlap.</summary>
    /// <param name="count">How many samples.</param>
    /// <param name="seed">The seed of the samples.</param>
    /// <param name="distance">How far the centres are from each other, at least 0.</param>
    /// <param name="d">How many inputs a sample has, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">count or d is less than 1, or distance negative or not finite.</exception>
    /// <remarks>The best possible classifier is wrong on a share of <see cref="OverlapError"/> of them.</remarks>
    public static TwoClassSet Overlapping(int count, int seed, double distance = 2, int d = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(d, 1);
        CheckNoise(distance, nameof(distance));
        var random = new RandomSource(seed);
        var y = Labels(count);
        var X = Matrix<double>.Build.Dense(count, d);
        for (var i = 0; i < count; i++)
            for (var j = 0; j < d; j++)
                X[i, j] = random.NextNormal() + (j == 0 ? y[i] * distance / 2 : 0);
        return new TwoClassSet(Text("overlapping, distance", distance), X, y);
    }

    /// <summary>The error of the best classifier on <see cref="Overlapping"/> sets: the normal tail beyond half the distance.</summary>
    /// <param name="distance">How far the centres are from each other, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance is negative or not finite.</exception>
    public static double OverlapError(double distance)
    {
        CheckNoise(distance, nameof(distance));
        return MathNet.Numerics.Distributions.Normal.CDF(0, 1, -distance / 2);
    }

    /// <summary>Points of the cube [-1, 1]^d on the two sides of a random hyperplane, none of them closer to it than the margin.</summary>
    /// <param name="count">How many samples.</param>
    /// <param name="margin">The smallest distance from the hyperplane, from 0 to 0.8.</param>
    /// <param name="seed">The seed of the hyperplane and the samples.</param>
    /// <param name="d">How many inputs a sample has, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">count or d is less than 1, or the margin outside 0-0.8.</exception>
    public static SeparableSet Separable(int count, double margin, int seed, int d = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(d, 1);
        if (margin is not (>= 0 and <= WidestMargin))
            throw new ArgumentOutOfRangeException(
                nameof(margin), margin, "The margin lies between 0 and 0.8: the cube [-1, 1]^d holds no wider one for sure.");
        var random = new RandomSource(seed);
        var omega = Vector<double>.Build.Dense(d, _ => random.NextNormal()).Normalize(2);
        var b = 0.1 * (2 * random.NextDouble() - 1);
        var needed = margin * (1 + 1e-12) + 1e-300; // above the margin by more than rounding can take away
        var y = Labels(count);
        var X = Matrix<double>.Build.Dense(count, d);
        var x = Vector<double>.Build.Dense(d);
        for (var i = 0; i < count; i++)
        {
            do
            {
                for (var j = 0; j < d; j++)
                    x[j] = 2 * random.NextDouble() - 1;
            }
            while (y[i] * (omega * x + b) < needed);
            X.SetRow(i, x);
        }

        var w = Vector<double>.Build.DenseOfEnumerable(omega.Append(b));
        return new SeparableSet(Text("separable, margin", margin), X, y, w, margin);
    }

    private static TwoClassSet Draw(string name, int count, int seed, Func<RandomSource, int, (double X, double Y)> draw)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var random = new RandomSource(seed);
        var y = Labels(count);
        var X = Matrix<double>.Build.Dense(count, 2);
        for (var i = 0; i < count; i++)
            (X[i, 0], X[i, 1]) = draw(random, y[i]);
        return new TwoClassSet(name, X, y);
    }

    private static int[] Labels(int count) => [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? +1 : -1)];

    private static string Text(string what, double value) => string.Create(CultureInfo.InvariantCulture, $"{what} {value:0.###}");

    private static void CheckNoise(double value, string name)
    {
        if (value is not (>= 0 and <= double.MaxValue))
            throw new ArgumentOutOfRangeException(name, value, "A finite number of at least 0 is expected.");
    }
}
