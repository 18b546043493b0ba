using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>
/// Features that nobody designed: filters learned from patches of the training images themselves, without a look at the labels, and how
/// strongly each of them answers in each part of the image.
/// </summary>
/// <remarks>
/// The filters come from <see cref="FastIca"/>. Every place of the image is shown to every filter; an answer counts only by what it
/// exceeds a threshold, above and below zero apart, and is added up over Cells x Cells parts of the image, as in
/// <see cref="OrientationHistogram"/>, which differs in nothing but that its "filters" were thought out.
/// Source: A. Coates, H. Lee and A. Y. Ng, "An analysis of single-layer networks in unsupervised feature learning", AISTATS 2011.
/// </remarks>
public sealed class LearnedFeatures : IPipelineStep
{
    private FastIca? ica;

    /// <summary>Pixels a side of a filter.</summary>
    public int PatchSize { get; init; } = 7;

    /// <summary>How many filters are learned.</summary>
    public int Filters { get; init; } = 32;

    /// <summary>How many patches they are learned from.</summary>
    public int PatchCount { get; init; } = 10_000;

    /// <summary>How many parts a side of the image has in which answers are added up.</summary>
    public int Cells { get; init; } = 4;

    /// <summary>What an answer must exceed to count, in standard deviations of the answers to patches.</summary>
    public float Threshold { get; init; } = 0.5f;

    /// <summary>The seed of the patches and of the first filters.</summary>
    public int Seed { get; init; }

    /// <inheritdoc/>
    public string Name => $"{Filters} learned filters {PatchSize}x{PatchSize}";

    /// <summary>What was learned: filters and features of PatchSize x PatchSize pixels.</summary>
    /// <exception cref="InvalidOperationException">Nothing was learned yet.</exception>
    public FastIca Learned => ica ?? throw new InvalidOperationException("Nothing was learned yet: call Fit first.");

    /// <summary>Learns the filters from images; the labels are not used.</summary>
    /// <param name="samples">N x 1 x H x W.</param>
    /// <param name="labels">Not looked at: the filters are learned without them.</param>
    /// <exception cref="ArgumentException">The shape is another one, or the images are smaller than a patch.</exception>
    public void Fit(Tensor samples, IReadOnlyList<int> labels) =>
        ica = FastIca.Fit(Patches.Sample(samples, PatchSize, PatchCount, Seed), Filters, Seed, maxIterations: 50);

    /// <summary>Describes every image by the summed answers of the filters.</summary>
    /// <param name="samples">N x 1 x H x W.</param>
    /// <returns>N x (Cells x Cells x 2 Filters): row of cells, column of cells, then all filters above zero, then all below.</returns>
    /// <exception cref="ArgumentException">The shape is another one, or the images are smaller than a patch.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no cells.</exception>
    /// <exception cref="InvalidOperationException">Nothing was learned yet.</exception>
    public Tensor Apply(Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        samples.RequireShape("The images of LearnedFeatures", -1, 1, -1, -1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Cells, 1);
        var (count, rows, columns) = (samples.Shape[0], samples.Shape[2] - PatchSize + 1, samples.Shape[3] - PatchSize + 1);
        if (rows < Cells || columns < Cells)
            throw new ArgumentException($"{samples.ShapeText} images given; {PatchSize}x{PatchSize} filters and {Cells}x{Cells} cells need larger ones.", nameof(samples));
        var filters = Learned.Filters;
        var result = new Tensor(count, Cells * Cells * 2 * Filters);
        var patches = new Tensor(rows * columns, PatchSize * PatchSize);
        var answers = new Tensor(rows * columns, Filters);
        for (var n = 0; n < count; n++)
        {
            for (var place = 0; place < rows * columns; place++)
                Patches.Cut(samples, n, place / columns, place % columns, PatchSize, patches.Data.AsSpan(place * patches.Shape[1]));
            Gemm.Multiply(patches, false, filters, true, answers);
            AddUp(answers, rows, columns, result.Data.AsSpan(n * result.Shape[1], result.Shape[1]));
        }

        return result;
    }

    private void AddUp(Tensor answers, int rows, int columns, Span<float> sums)
    {
        Span<float> excess = stackalloc float[Filters];
        for (var y = 0; y < rows; y++)
            for (var x = 0; x < columns; x++)
            {
                var answer = answers.Data.AsSpan((y * columns + x) * Filters, Filters);
                var cell = sums[((y * Cells / rows * Cells + x * Cells / columns) * 2 * Filters)..];
                TensorPrimitives.Subtract(answer, Threshold, excess);
                TensorPrimitives.Max(excess, 0, excess);
                TensorPrimitives.Add(cell[..Filters], excess, cell[..Filters]);
                TensorPrimitives.Add(answer, Threshold, excess);
                TensorPrimitives.Min(excess, 0, excess);
                TensorPrimitives.Subtract(cell[Filters..(2 * Filters)], excess, cell[Filters..(2 * Filters)]);
            }
    }
}
