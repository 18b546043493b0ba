using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Tests.Background;

/// <summary>Random two-class sets for the theorems: as many as a test wants, each from its seed.</summary>
internal static class RandomSets
{
    /// <summary>2-5 inputs, 10-60 samples in the cube [-1, 1]^d, labelled by a random hyperplane; samples close to it are left out.</summary>
    public static (Matrix<double> X, int[] y) Separable(int seed)
    {
        var random = new Random(seed);
        var d = random.Next(2, 6);
        var count = random.Next(10, 61);
        var gap = 0.01 + 0.2 * random.NextDouble();
        var normal = Vector<double>.Build.Dense(d, _ => Normal(random)).Normalize(2);
        var offset = 0.6 * random.NextDouble() - 0.3;
        var samples = new List<Vector<double>>();
        while (samples.Count < count)
        {
            var x = Vector<double>.Build.Dense(d, _ => 2 * random.NextDouble() - 1);
            if (Math.Abs(normal * x + offset) >= gap)
                samples.Add(x);
        }

        return (Matrix<double>.Build.DenseOfRowVectors(samples), [.. samples.Select(x => normal * x + offset > 0 ? +1 : -1)]);
    }

    /// <summary>Two round clouds in the plane whose centres are 2 apart, with unit spread: they overlap.</summary>
    public static (Matrix<double> X, int[] y) Overlapping(int seed, int perClass)
    {
        var random = new Random(seed);
        int[] y = [.. Enumerable.Range(0, 2 * perClass).Select(i => i % 2 == 0 ? +1 : -1)];
        return (Matrix<double>.Build.Dense(y.Length, 2, (i, j) => Normal(random) + (j == 0 ? y[i] : 0)), y);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
