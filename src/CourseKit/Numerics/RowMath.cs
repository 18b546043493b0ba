using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>What a bias needs: one row under every row of a matrix, and the sum of all rows. Rows may be as short as one number.</summary>
internal static class RowMath
{
    /// <summary>Writes a row again and again until the matrix is full.</summary>
    /// <param name="row">The row, at least one number.</param>
    /// <param name="rows">The matrix, row-major, a multiple as long.</param>
    public static void Repeat(ReadOnlySpan<float> row, Span<float> rows)
    {
        if (rows.IsEmpty)
            return;
        if (row.Length == 1)
        {
            rows.Fill(row[0]);
            return;
        }

        // Each copy doubles what is there, up to pieces that the first cache still holds.
        const int LongestPiece = 4096;
        row.CopyTo(rows);
        var filled = row.Length;
        while (filled < rows.Length)
        {
            var piece = Math.Min(filled, rows.Length - filled);
            if (piece > LongestPiece)
                piece = Math.Min(piece, Math.Max(1, LongestPiece / row.Length) * row.Length);
            rows[..piece].CopyTo(rows[filled..]);
            filled += piece;
        }
    }

    /// <summary>The sum of all rows of a matrix, in the order of the rows.</summary>
    /// <param name="rows">The matrix, row-major.</param>
    /// <param name="sum">Where the sum goes: as long as a row; zero where there is none.</param>
    public static void Sum(ReadOnlySpan<float> rows, Span<float> sum)
    {
        if (sum.Length == 1)
        {
            sum[0] = rows.IsEmpty ? 0 : TensorPrimitives.Sum(rows);
            return;
        }

        sum.Clear();
        var width = sum.Length;
        if (width < 8)
        {
            for (var n = 0; n < rows.Length; n += width)
                for (var j = 0; j < width; j++)
                    sum[j] += rows[n + j];
            return;
        }

        for (var n = 0; n < rows.Length; n += width)
            TensorPrimitives.Add(sum, rows.Slice(n, width), sum);
    }
}
