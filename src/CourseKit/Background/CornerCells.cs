using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>
/// A second stage on top of V1, as the lecture's V1 → V2 → objects: a cell that answers where two V1 cells of different directions
/// answer in the same neighbourhood, that is, to corners of one angle wherever they lie and whichever way they are turned.
/// </summary>
/// <remarks>
/// For every angle the products of neighbouring V1 answers are added over all places and all pairs of directions that far apart, and
/// divided by what all answers amount to. It is a hand-made model of one thing that V2 does, not of V2.
/// Source for the cells: J. Hegdé and D. C. Van Essen, "Selectivity for complex shapes in primate visual area V2", Journal of
/// Neuroscience 20 (2000), RC61.
/// </remarks>
public sealed class CornerCells : IPipelineStep
{
    private readonly GaborBank V1;

    /// <summary>Puts corner cells on top of a bank of V1 cells.</summary>
    /// <param name="V1">The bank below.</param>
    public CornerCells(GaborBank V1)
    {
        ArgumentNullException.ThrowIfNull(V1);
        this.V1 = V1;
    }

    /// <summary>How many pixels around its place a cell looks for the two answers.</summary>
    public int Neighbourhood { get; init; } = 3;

    /// <inheritdoc/>
    public string Name => "corner cells";

    /// <summary>The angles that are told apart in radians, from 0 (a straight line) to pi/2.</summary>
    public IReadOnlyList<double> Angles => [.. V1.Directions.Take(V1.Directions.Count / 2 + 1)];

    /// <summary>How much of every angle there is in every image.</summary>
    /// <param name="samples">N x 1 x H x W.</param>
    /// <returns>N x Angles.</returns>
    /// <exception cref="ArgumentException">The shape is another one, or the images are smaller than a V1 filter.</exception>
    public Tensor Apply(Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        samples.RequireShape("The images of CornerCells", -1, 1, -1, -1);
        var result = new Tensor(samples.Shape[0], Angles.Count);
        var (height, width) = (samples.Shape[2], samples.Shape[3]);
        InParallel.For(samples.Shape[0], n =>
        {
            var image = Tensor.From(samples.Data.AsSpan(n * height * width, height * width).ToArray(), height, width);
            var maps = Maps(image);
            var whole = TensorPrimitives.Sum<float>(maps.Data);
            for (var angle = 0; angle < Angles.Count; angle++)
            {
                var places = maps.Count / Angles.Count;
                result[n, angle] = whole > 0 ? TensorPrimitives.Sum<float>(maps.Data.AsSpan(angle * places, places)) / whole : 0;
            }
        });
        return result;
    }

    /// <summary>Where in one image the cells of every angle answer.</summary>
    /// <param name="image">H x W.</param>
    /// <returns>Angles x (H - Size + 1) x (W - Size + 1), with the Size of the V1 filters.</returns>
    /// <exception cref="ArgumentException">The shape is another one, or the image is smaller than a V1 filter.</exception>
    public Tensor Maps(Tensor image)
    {
        var cells = Strongest(V1.ComplexCells(image));
        var (directions, places) = (cells.Shape[0], cells.Shape[1] * cells.Shape[2]);
        var maps = new Tensor(Angles.Count, cells.Shape[1], cells.Shape[2]);
        for (var angle = 0; angle < Angles.Count; angle++)
            for (var d = 0; d < directions; d++)
                TensorPrimitives.MultiplyAdd<float>(
                    cells.Data.AsSpan(d * places, places),
                    cells.Data.AsSpan((d + angle) % directions * places, places),
                    maps.Data.AsSpan(angle * places, places),
                    maps.Data.AsSpan(angle * places, places));
        return maps;
    }

    /// <summary>The largest answer in the neighbourhood, of those cells only that answer more than all others at their place.</summary>
    private Tensor Strongest(Tensor answers)
    {
        var (directions, rows, columns) = (answers.Shape[0], answers.Shape[1], answers.Shape[2]);
        var places = rows * columns;
        var spread = new Tensor(directions, rows, columns);
        for (var place = 0; place < places; place++)
        {
            var winner = 0;
            for (var d = 1; d < directions; d++)
                if (answers.Data[d * places + place] > answers.Data[winner * places + place])
                    winner = d;
            var strength = answers.Data[winner * places + place];
            var (row, column) = (place / columns, place % columns);
            for (var y = Math.Max(0, row - Neighbourhood); y <= Math.Min(rows - 1, row + Neighbourhood); y++)
                for (var x = Math.Max(0, column - Neighbourhood); x <= Math.Min(columns - 1, column + Neighbourhood); x++)
                {
                    ref var cell = ref spread.Data[winner * places + y * columns + x];
                    cell = Math.Max(cell, strength);
                }
        }

        return spread;
    }
}
