using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CourseKit;

/// <summary>Copies the rows of maps from one spacing to another. The rows are short: a call for each would cost more than the copy.</summary>
internal static unsafe class RowCopy
{
    /// <summary>Copies rows that are so far apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(float* from, nint fromRow, float* to, nint toRow, int rows, nint columns)
    {
        if (fromRow == columns && toRow == columns)
            (rows, columns) = (1, rows * columns);
        for (; rows > 0; rows--, from += fromRow, to += toRow)
            Row(from, to, columns);
    }

    /// <summary>Copies every stride-th number of every row next to each other.</summary>
    public static void Gather(float* from, nint fromRow, nint stride, float* to, int rows, int columns)
    {
        if (stride == 1)
        {
            Rows(from, fromRow, to, columns, rows, columns);
            return;
        }

        for (; rows > 0; rows--, from += fromRow, to += columns)
            for (nint j = 0; j < columns; j++)
                to[j] = from[j * stride];
    }

    /// <summary>Copies numbers that lie next to each other to every stride-th place of every row; what is between stays.</summary>
    public static void Scatter(float* from, int rows, int columns, float* to, nint toRow, nint stride)
    {
        if (stride == 1)
        {
            Rows(from, columns, to, toRow, rows, columns);
            return;
        }

        for (; rows > 0; rows--, from += columns, to += toRow)
            for (nint j = 0; j < columns; j++)
                to[j * stride] = from[j];
    }

    // The last register overlaps the one before, so that nothing behind the row is touched.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row(float* from, float* to, nint count)
    {
        nint j = 0;
        if (count >= 8)
        {
            for (; j <= count - 8; j += 8)
                Vector256.Load(from + j).Store(to + j);
            if (j < count)
                Vector256.Load(from + count - 8).Store(to + count - 8);
        }
        else if (count >= 4)
        {
            Vector128.Load(from).Store(to);
            Vector128.Load(from + count - 4).Store(to + count - 4);
        }
        else
        {
            for (; j < count; j++)
                to[j] = from[j];
        }
    }
}
