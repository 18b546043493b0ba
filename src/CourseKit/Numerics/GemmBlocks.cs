using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CourseKit;

/// <summary>
/// Cuts a matrix product into blocks that fit the caches, packs what pays for its packing, and hands the tiles to <see cref="GemmTile"/>.
/// </summary>
/// <remarks>
/// A panel of B (<see cref="DepthOfBlock"/> x one tile's width) stays in the first cache while a block of A passes by in the second.
/// Every element of C is summed over k in the same order wherever the cuts through rows and columns lie; so the bits do not depend on how
/// the work is shared among threads. Goto and van de Geijn (2008), see <see cref="GemmTile"/>.
/// </remarks>
internal static unsafe class GemmBlocks
{
    /// <summary>KC: how long a reduction runs in registers.</summary>
    public const int DepthOfBlock = 256;

    /// <summary>MC: the rows of A that are packed at a time, a multiple of the tile's.</summary>
    public const int RowsOfBlock = 192;

    /// <summary>NC: the columns of B that are packed at a time, a multiple of every tile's.</summary>
    public const int ColumnsOfBlock = 1024;

    /// <summary>C = A B + beta C on the calling thread; k is at least 1, and B's rows or columns are contiguous, as A's are.</summary>
    public static void Multiply(int width, nint m, nint n, nint k, GemmOperand a, GemmOperand b, float* c, nint cRow, float beta)
    {
        switch (width)
        {
            case 512: Multiply<Lanes512, Vector512<float>>(m, n, k, a, b, c, cRow, beta); break;
            case 256: Multiply<Lanes256, Vector256<float>>(m, n, k, a, b, c, cRow, beta); break;
            default: Multiply<Lanes128, Vector128<float>>(m, n, k, a, b, c, cRow, beta); break;
        }
    }

    private static void Multiply<L, V>(nint m, nint n, nint k, GemmOperand a, GemmOperand b, float* c, nint cRow, float beta)
        where L : struct, ILanes<V>
        where V : struct
    {
        var width = 2 * L.Count;
        var packA = PaysToPackA(n, a);
        var packB = PaysToPackB(m, n, k, b);
        var depth = nint.Min(k, DepthOfBlock);
        var columns = RoundUp(nint.Min(n, ColumnsOfBlock), width);
        var rows = RoundUp(nint.Min(m, RowsOfBlock), GemmTile.Rows);
        // Without packing, only the last panel of B is copied, where its columns do not fill a register.
        var packedB = Scratch.Rent(depth * (columns + (packA ? rows : 0)));
        var packedA = packedB + depth * columns;

        for (nint column = 0; column < n; column += ColumnsOfBlock)
        {
            var nc = nint.Min(ColumnsOfBlock, n - column);
            for (nint p = 0; p < k; p += DepthOfBlock)
            {
                var kc = nint.Min(DepthOfBlock, k - p);
                var partB = b.From(p, column);
                var whole = packB ? 0 : nc / L.Count * L.Count;
                if (nc > whole)
                    GemmPacking.Pack(partB.From(0, whole).Transposed, nc - whole, kc, width, packedB);
                var scale = p == 0 ? beta : 1;
                for (nint row = 0; row < m; row += RowsOfBlock)
                {
                    var mc = nint.Min(RowsOfBlock, m - row);
                    var partA = a.From(row, p);
                    if (packA)
                        GemmPacking.Pack(partA, mc, kc, GemmTile.Rows, packedA);
                    var tileA = packA ? new GemmOperand((nint)packedA, 1, GemmTile.Rows) : partA;
                    var panelA = packA ? GemmTile.Rows * kc : GemmTile.Rows * partA.Row;
                    var partC = c + row * cRow + column;
                    for (nint j = 0; j < whole; j += width)
                        Panel<L, V>(mc, nint.Min(width, whole - j), kc, tileA, panelA, partB.Pointer + j, partB.Row, partC + j, cRow, scale);
                    for (var j = whole; j < nc; j += width)
                        Panel<L, V>(mc, nint.Min(width, nc - j), kc, tileA, panelA, packedB + (j - whole) * kc, width, partC + j, cRow, scale);
                }
            }
        }
    }

    /// <summary>A block of A times one panel of B: tile after tile downwards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Panel<L, V>(
        nint rows, nint columns, nint k, GemmOperand a, nint aPanel, float* b, nint bStep, float* c, nint cRow, float beta)
        where L : struct, ILanes<V>
        where V : struct
    {
        var wide = columns > L.Count;
        var whole = columns == L.Count || columns == 2 * L.Count;
        var edge = stackalloc float[whole ? 0 : GemmTile.Rows * 2 * L.Count];
        var pointer = a.Pointer;
        while (rows > 0)
        {
            var count = (int)nint.Min(rows, GemmTile.Rows);
            if (whole)
            {
                GemmTile.Multiply<L, V>(count, wide, k, pointer, a.Row, a.Column, b, bStep, c, cRow, beta);
            }
            else
            {
                GemmTile.Multiply<L, V>(count, wide, k, pointer, a.Row, a.Column, b, bStep, edge, 2 * L.Count, 0);
                AddEdge(count, columns, edge, 2 * L.Count, c, cRow, beta);
            }

            rows -= count;
            pointer += aPanel;
            c += count * cRow;
        }
    }

    private static void AddEdge(int rows, nint columns, float* edge, nint edgeRow, float* c, nint cRow, float beta)
    {
        for (var i = 0; i < rows; i++, edge += edgeRow, c += cRow)
            for (nint j = 0; j < columns; j++)
                c[j] = beta == 0 ? edge[j] : float.MultiplyAddEstimate(beta, c[j], edge[j]);
    }

    private static bool PaysToPackA(nint n, GemmOperand a) => n > 256;

    private static bool PaysToPackB(nint m, nint n, nint k, GemmOperand b) => b.Column != 1 || m > 64 && n * k > 128 * 128;

    private static nint RoundUp(nint x, nint multiple) => (x + multiple - 1) / multiple * multiple;
}
