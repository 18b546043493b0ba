using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>The training example nearest to each sample: a generator that only repeats its data is found out by it.</summary>
public static class NearestExamples
{
    /// <summary>Finds the nearest example of each sample, by Euclidean distance.</summary>
    /// <param name="samples">Any shape, the samples first.</param>
    /// <param name="examples">As large, at least one.</param>
    /// <returns>For each sample the example's number and the distance.</returns>
    /// <exception cref="ArgumentException">The sizes differ, there is no example, or a number is not finite.</exception>
    public static (int Example, double Distance)[] Find(Tensor samples, Tensor examples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(examples);
        if (examples.Rank < 2 || examples.Count == 0)
            throw new ArgumentException($"The examples: shape {examples.ShapeText} given, at least one example a row is expected.", nameof(examples));
        if (samples.Rank == examples.Rank)
            samples.RequireShape("The samples", [-1, .. examples.Shape[1..]]);
        else
            samples.RequireShape("The samples", -1, examples.Count / examples.Shape[0]);
        Finiteness.Require(samples, nameof(samples));
        Finiteness.Require(examples, nameof(examples));
        var distances = new SquaredDistances(examples.Reshape(examples.Shape[0], -1));
        var nearest = new (int, double)[samples.Shape[0]];
        for (var from = 0; from < nearest.Length; from += SquaredDistances.Block)
        {
            var count = Math.Min(SquaredDistances.Block, nearest.Length - from);
            var squares = distances.Of(samples, from, count);
            for (var i = 0; i < count; i++)
            {
                var best = TensorPrimitives.IndexOfMin<float>(squares.Span.Slice(i * distances.Centres, distances.Centres));
                nearest[from + i] = (best, Math.Sqrt(squares.Data[i * distances.Centres + best]));
            }
        }

        return nearest;
    }
}
