using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>
/// A bank of Gabor filters in pairs, an edge and a bar detector for every direction: a model of the cells that Hubel and Wiesel
/// found in V1. A simple cell answers where its edge lies right; a complex cell takes the pair together and answers wherever the edge is.
/// </summary>
/// <remarks>
/// Every filter has mean 0 (an even surface is silent) and length 1. Sources: D. H. Hubel and T. N. Wiesel, "Receptive fields, binocular
/// interaction and functional architecture in the cat's visual cortex", Journal of Physiology 160 (1962), 106-154; E. H. Adelson and
/// J. R. Bergen, "Spatiotemporal energy models for the perception of motion", Journal of the Optical Society of America A 2 (1985),
/// 284-299, for the pair.
/// </remarks>
public sealed class GaborBank
{
    private readonly float[][] bars;
    private readonly float[][] edges;

    /// <summary>Makes the bank.</summary>
    /// <param name="directions">How many directions the half circle is divided into.</param>
    /// <param name="size">Pixels a side of a filter, an odd number.</param>
    /// <param name="wavelength">Pixels from one bright stripe to the next.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no direction, the size is even or below 3, or the wavelength below 2 or infinite.</exception>
    public GaborBank(int directions = 8, int size = 11, double wavelength = 6)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(directions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(wavelength, 2);
        if (!double.IsFinite(wavelength))
            throw new ArgumentOutOfRangeException(nameof(wavelength), wavelength, "A finite number of at least 2 is expected.");
        if (size < 3 || size % 2 == 0)
            throw new ArgumentOutOfRangeException(nameof(size), size, "A filter has an odd number of pixels a side, at least 3.");
        Size = size;
        Directions = [.. Enumerable.Range(0, directions).Select(i => Math.PI * i / directions)];
        float[] Filter(double theta, double phase) =>
            Balanced(new Gabor(size / 2, size / 2, theta, 1 / wavelength, size / 5.0, size / 5.0, phase).Draw(size));
        bars = [.. Directions.Select(theta => Filter(theta, 0))];
        edges = [.. Directions.Select(theta => Filter(theta, -Math.PI / 2))];
    }

    /// <summary>Pixels a side of a filter.</summary>
    public int Size { get; }

    /// <summary>The direction of every pair in radians: the way its wave runs, across the edges that it answers to.</summary>
    public IReadOnlyList<double> Directions { get; }

    /// <summary>The filters as pictures, 2 Directions x 1 x Size x Size: all edge detectors, then all bar detectors.</summary>
    public Tensor Filters => Tensor.From([.. edges.Concat(bars).SelectMany(f => f)], 2 * Directions.Count, 1, Size, Size);

    /// <summary>The answers of the simple cells that detect edges: positive where brightness rises in their direction.</summary>
    /// <param name="image">H x W, at least Size x Size.</param>
    /// <returns>Directions x (H - Size + 1) x (W - Size + 1).</returns>
    /// <exception cref="ArgumentException">The shape is another one, or the image is smaller than a filter.</exception>
    public Tensor SimpleCells(Tensor image) => Answer(image, (edge, _) => edge);

    /// <summary>The answers of the complex cells, sqrt(edge² + bar²): large wherever a line or an edge has their direction.</summary>
    /// <param name="image">H x W, at least Size x Size.</param>
    /// <returns>Directions x (H - Size + 1) x (W - Size + 1).</returns>
    /// <exception cref="ArgumentException">The shape is another one, or the image is smaller than a filter.</exception>
    public Tensor ComplexCells(Tensor image) => Answer(image, (edge, bar) => MathF.Sqrt(edge * edge + bar * bar));

    private Tensor Answer(Tensor image, Func<float, float, float> combine)
    {
        ArgumentNullException.ThrowIfNull(image);
        image.RequireShape("The image of GaborBank", -1, -1);
        var (rows, columns) = (image.Shape[0] - Size + 1, image.Shape[1] - Size + 1);
        if (rows < 1 || columns < 1)
            throw new ArgumentException($"An image of {image.ShapeText} given; the filters need at least {Size}x{Size}.", nameof(image));
        var batch = image.Reshape(1, 1, image.Shape[0], image.Shape[1]);
        var answers = new Tensor(Directions.Count, rows, columns);
        var patch = new float[Size * Size];
        for (var y = 0; y < rows; y++)
            for (var x = 0; x < columns; x++)
            {
                Patches.Cut(batch, 0, y, x, Size, patch);
                for (var d = 0; d < Directions.Count; d++)
                    answers.Data[(d * rows + y) * columns + x] = combine(
                        TensorPrimitives.Dot<float>(patch, edges[d]), TensorPrimitives.Dot<float>(patch, bars[d]));
            }

        return answers;
    }

    private static float[] Balanced(float[] filter)
    {
        TensorPrimitives.Subtract(filter, TensorPrimitives.Sum<float>(filter) / filter.Length, filter);
        TensorPrimitives.Divide(filter, TensorPrimitives.Norm<float>(filter), filter);
        return filter;
    }
}
