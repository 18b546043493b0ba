using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>
/// A block of float32 numbers with a shape: the thing that layers hand to each other. Contiguous, row-major (the last index runs
/// fastest), the batch first: <c>N x d</c> for vectors, <c>N x C x H x W</c> for images.
/// </summary>
/// <remarks>
/// There are no operators here on purpose: teaching cells write matrices with MathNet's <see cref="Matrix{T}"/>, and
/// <see cref="FromMatrix"/> and <see cref="ToMatrix"/> convert; the hot path works on <see cref="Data"/>.
/// </remarks>
public sealed class Tensor
{
    private readonly int[] shape;

    /// <summary>Makes a tensor of zeros.</summary>
    /// <param name="shape">The extents; each at least 0, their product at most <see cref="Array.MaxLength"/>.</param>
    /// <exception cref="ArgumentException">An extent is negative, or the product is too large.</exception>
    public Tensor(params ReadOnlySpan<int> shape)
        : this(new float[CheckedCount(shape)], shape)
    {
    }

    private Tensor(float[] data, ReadOnlySpan<int> shape)
    {
        this.shape = shape.ToArray();
        Data = data;
    }

    /// <summary>The numbers themselves, row-major. The array is the tensor's own, not a copy.</summary>
    public float[] Data { get; }

    /// <summary>The extents, outermost first.</summary>
    public ReadOnlySpan<int> Shape => shape;

    /// <summary>How many extents there are: 2 for a matrix, 4 for a batch of images.</summary>
    public int Rank => shape.Length;

    /// <summary>How many numbers there are: the product of the extents.</summary>
    public int Count => Data.Length;

    /// <summary>The numbers as a span, row-major.</summary>
    public Span<float> Span => Data;

    /// <summary>The shape as people write it: <c>32x1x28x28</c>.</summary>
    public string ShapeText => Describe(shape);

    /// <summary>Element <c>i</c> of a vector.</summary>
    /// <exception cref="ArgumentException">The tensor is not of rank 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The index lies outside the shape.</exception>
    public float this[int i]
    {
        get => Data[Offset([i])];
        set => Data[Offset([i])] = value;
    }

    /// <summary>Element <c>(i, j)</c> of a matrix.</summary>
    /// <exception cref="ArgumentException">The tensor is not of rank 2.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index lies outside the shape.</exception>
    public float this[int i, int j]
    {
        get => Data[Offset([i, j])];
        set => Data[Offset([i, j])] = value;
    }

    /// <summary>Element <c>(n, c, t)</c> of a batch of sequences.</summary>
    /// <exception cref="ArgumentException">The tensor is not of rank 3.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index lies outside the shape.</exception>
    public float this[int n, int c, int t]
    {
        get => Data[Offset([n, c, t])];
        set => Data[Offset([n, c, t])] = value;
    }

    /// <summary>Element <c>(n, c, y, x)</c> of a batch of images.</summary>
    /// <exception cref="ArgumentException">The tensor is not of rank 4.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index lies outside the shape.</exception>
    public float this[int n, int c, int y, int x]
    {
        get => Data[Offset([n, c, y, x])];
        set => Data[Offset([n, c, y, x])] = value;
    }

    /// <summary>Wraps an array that is already row-major; the array is used, not copied.</summary>
    /// <exception cref="ArgumentException">The array's length is not the product of the extents.</exception>
    public static Tensor From(float[] data, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(data);
        var count = CheckedCount(shape);
        if (data.Length != count)
            throw new ArgumentException(
                $"{data.Length} numbers given, but the shape {Describe(shape)} holds {count}.", nameof(data));
        return new Tensor(data, shape);
    }

    /// <summary>Copies a MathNet matrix; rows stay rows.</summary>
    public static Tensor FromMatrix(Matrix<double> matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var tensor = new Tensor(matrix.RowCount, matrix.ColumnCount);
        for (var i = 0; i < matrix.RowCount; i++)
            for (var j = 0; j < matrix.ColumnCount; j++)
                tensor.Data[i * matrix.ColumnCount + j] = (float)matrix.At(i, j);
        return tensor;
    }

    /// <summary>Copies a MathNet vector into a tensor of rank 1.</summary>
    public static Tensor FromVector(Vector<double> vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        var tensor = new Tensor(vector.Count);
        for (var i = 0; i < vector.Count; i++)
            tensor.Data[i] = (float)vector.At(i);
        return tensor;
    }

    /// <summary>Copies this tensor into a MathNet matrix: the first extent becomes the rows, all others together the columns.</summary>
    /// <exception cref="InvalidOperationException">The tensor is of rank 0.</exception>
    public Matrix<double> ToMatrix()
    {
        if (Rank == 0)
            throw new InvalidOperationException("A tensor of rank 0 has no rows: a matrix needs at least one extent.");
        var rows = shape[0];
        var columns = rows == 0 ? 0 : Count / rows;
        return Matrix<double>.Build.Dense(rows, columns, (i, j) => Data[i * columns + j]);
    }

    /// <summary>The same numbers under another shape; the array is shared. One extent may be -1: it takes what is left.</summary>
    /// <exception cref="ArgumentException">The new shape does not hold as many numbers, or two extents are -1.</exception>
    public Tensor Reshape(params ReadOnlySpan<int> shape)
    {
        if (shape.Count(-1) > 1)
            throw new ArgumentException($"{shape.Count(-1)} extents of -1 given; at most one can take what is left.", nameof(shape));
        var extents = shape.ToArray();
        var open = Array.IndexOf(extents, -1);
        if (open >= 0)
        {
            extents[open] = 1;
            var rest = CheckedCount(extents);
            extents[open] = rest == 0 ? 0 : Count / rest;
        }

        if (CheckedCount(extents) != Count)
            throw new ArgumentException(
                $"A tensor of shape {ShapeText} ({Count} numbers) cannot be seen as {Describe(shape)}.", nameof(shape));
        return new Tensor(Data, extents);
    }

    /// <summary>A copy with numbers of its own.</summary>
    public Tensor Clone() => new((float[])Data.Clone(), shape);

    /// <summary>Whether the two shapes are equal, extent by extent.</summary>
    public bool HasShape(params ReadOnlySpan<int> other) => other.SequenceEqual(shape);

    /// <summary>Throws where the shape is another one; used at the door of everything that takes a tensor.</summary>
    /// <param name="what">What the tensor is, for the message: <c>the input of Dense</c>.</param>
    /// <param name="expected">The shape that is right; -1 stands for any extent.</param>
    /// <exception cref="ArgumentException">The shapes differ; the message names both.</exception>
    public void RequireShape(string what, params ReadOnlySpan<int> expected)
    {
        var fits = expected.Length == shape.Length;
        for (var i = 0; fits && i < shape.Length; i++)
            fits = expected[i] == -1 || expected[i] == shape[i];
        if (!fits)
            throw new ArgumentException($"{what}: shape {ShapeText} given, {Describe(expected)} expected.");
    }

    /// <summary>The shape and the first numbers, such as <c>Tensor 2x3 [[1, 2, 3], [4, 5, 6]]</c>.</summary>
    public override string ToString() => TensorText.Format(this);

    /// <summary>A shape as people write it; -1 is shown as <c>N</c>, any extent.</summary>
    internal static string Describe(ReadOnlySpan<int> shape)
    {
        if (shape.Length == 0)
            return "scalar";
        var parts = new string[shape.Length];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = shape[i] == -1 ? "N" : shape[i].ToString(System.Globalization.CultureInfo.InvariantCulture);
        return string.Join('x', parts);
    }

    private static int CheckedCount(ReadOnlySpan<int> shape)
    {
        long count = 1;
        foreach (var extent in shape)
        {
            if (extent < 0)
                throw new ArgumentException($"The shape {Describe(shape)} has a negative extent.", nameof(shape));
            count *= extent;
            if (count > Array.MaxLength)
                throw new ArgumentException(
                    $"The shape {Describe(shape)} holds more than {Array.MaxLength} numbers.", nameof(shape));
        }

        return (int)count;
    }

    private int Offset(ReadOnlySpan<int> index)
    {
        if (index.Length != shape.Length)
            throw new ArgumentException($"{index.Length} indices given, but the tensor {ShapeText} has {Rank}.");
        var offset = 0;
        for (var i = 0; i < index.Length; i++)
        {
            if ((uint)index[i] >= (uint)shape[i])
                throw new ArgumentOutOfRangeException(
                    nameof(index), index[i], $"Index {i} lies outside the shape {ShapeText}.");
            offset = offset * shape[i] + index[i];
        }

        return offset;
    }
}
