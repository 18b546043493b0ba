namespace CourseKit;

/// <summary>
/// A matrix as the kernels see it: a first element and two strides, so that a transpose is the same numbers with the strides swapped.
/// </summary>
/// <param name="Data">Element (0, 0).</param>
/// <param name="Row">From one row to the next.</param>
/// <param name="Column">From one column to the next.</param>
internal readonly unsafe record struct GemmOperand(nint Data, nint Row, nint Column)
{
    /// <summary>Element (0, 0).</summary>
    public float* Pointer => (float*)Data;

    /// <summary>The transpose.</summary>
    public GemmOperand Transposed => new(Data, Column, Row);

    /// <summary>A row-major matrix, or its transpose.</summary>
    public static GemmOperand RowMajor(float* data, nint rowStride, bool transpose) =>
        transpose ? new((nint)data, 1, rowStride) : new((nint)data, rowStride, 1);

    /// <summary>The matrix that begins at the given row and column.</summary>
    public GemmOperand From(nint row, nint column) => this with { Data = (nint)(Pointer + row * Row + column * Column) };
}
