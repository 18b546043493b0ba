namespace CourseKit;

/// <summary>
/// Chooses how a matrix product is computed, by the extents and strides of the whole product alone: the same product takes the same way,
/// and has the same bits, whatever the number of threads.
/// </summary>
internal static unsafe class GemmPlan
{
    // One tile of the widest registers. Twice as much would leave 128 and 172 of 300 columns to two threads.
    private const int ColumnGrain = 32;

    /// <summary>C = A B + beta C, shared among the threads where it is worth it; m and n are at least 1.</summary>
    public static void Multiply(int m, int n, int k, GemmOperand a, GemmOperand b, float* c, nint cRow, float beta)
    {
        var work = (long)m * n * k;
        if (work <= GemmSmall.Largest || k <= 2 && n < 8 || m == 1 && n < 4 || n == 1 && m < 4)
        {
            GemmSmall.Multiply(m, n, k, a, b, c, cRow, beta);
            return;
        }

        var part = new GemmPart(LaneWidth.Current, m, n, k, a, b, c, cRow, 1, beta);
        if (m == 1 || n == 1 && cRow == 1)
        {
            // A column is a row of the transposed product.
            if (m > 1)
                part = new GemmPart(part.Width, 1, m, k, b.Transposed, a.Transposed, c, m, 1, beta);
            if (part.B.Row == 1 && part.A.Column == 1 && k >= 16)
                Run(part with { Way = GemmWay.Dots }, part.N, 16, 2 * work);
            else if (part.B.Column == 1)
                Run(part with { Way = GemmWay.Row }, part.N, ColumnGrain, 2 * work);
            else
                Run(part with { Way = GemmWay.Columns }, part.N, ColumnGrain, work);
            return;
        }

        if (a.Column == 1 && b.Row == 1 && PaysToDot(Math.Min(m, n), k))
        {
            if (m > n)
                part = new GemmPart(part.Width, n, m, k, b.Transposed, a.Transposed, c, 1, cRow, beta);
            Run(part with { Way = GemmWay.Dots }, part.N, 16, work);
        }
        else if (k <= 2 && b.Column == 1)
            Run(part with { Way = GemmWay.Outer }, m, 8, 2 * work);
        else if (n >= m)
            Run(part with { Way = GemmWay.Columns }, n, ColumnGrain, work);
        else
            Run(part with { Way = GemmWay.Rows }, m, 2 * GemmTile.Rows, work);
    }

    /// <summary>
    /// Whether dot products cost less than packing the larger factor, which pays off over the rows of the smaller one; against them stands
    /// the summing up of each result's register. Both bounds were measured.
    /// </summary>
    private static bool PaysToDot(int rows, int k) => rows <= 10 && k >= 96 || rows <= 64 && k >= 256;

    private static void Run(GemmPart part, int count, int grain, long cost) => Workers.Run(ref part, count, grain, cost);
}

/// <summary>The ways in which a matrix product is computed, and along which side it is cut for the threads.</summary>
internal enum GemmWay
{
    /// <summary>Tiles; the columns of C are cut.</summary>
    Columns,

    /// <summary>Tiles; the rows of C are cut.</summary>
    Rows,

    /// <summary>Dot products; the columns of C are cut.</summary>
    Dots,

    /// <summary>A row times a matrix; the columns are cut.</summary>
    Row,

    /// <summary>One or two outer products; the rows are cut.</summary>
    Outer,
}

/// <summary>A product that threads share: each computes a range of the columns, or the rows, of C.</summary>
internal readonly unsafe record struct GemmPart(
    int Width, int M, int N, int K, GemmOperand A, GemmOperand B, nint C, nint CRow, nint CColumn, float Beta, GemmWay Way = GemmWay.Columns) : IRangeWork
{
    public GemmPart(int width, int m, int n, int k, GemmOperand a, GemmOperand b, float* c, nint cRow, nint cColumn, float beta)
        : this(width, m, n, k, a, b, (nint)c, cRow, cColumn, beta)
    {
    }

    /// <inheritdoc/>
    public void Run(int from, int to)
    {
        var count = to - from;
        var byRows = Way is GemmWay.Rows or GemmWay.Outer;
        var c = (float*)C + from * (byRows ? CRow : CColumn);
        var a = byRows ? A.From(from, 0) : A;
        var b = byRows ? B : B.From(0, from);
        switch (Way)
        {
            case GemmWay.Columns: GemmBlocks.Multiply(Width, M, count, K, a, b, c, CRow, Beta); break;
            case GemmWay.Rows: GemmBlocks.Multiply(Width, count, N, K, a, b, c, CRow, Beta); break;
            case GemmWay.Dots: GemmDots.Multiply(Width, M, count, K, a, b, c, CRow, CColumn, Beta); break;
            case GemmWay.Row: GemmThin.MultiplyRow(Width, count, K, a, b, c, Beta); break;
            case GemmWay.Outer: GemmThin.AddOuter(Width, count, N, K, a, b, c, CRow, Beta); break;
        }
    }
}
