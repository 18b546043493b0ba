namespace CourseKit;

/// <summary>Products so small that everything but the arithmetic itself would cost more than it saves: XOR's network lives here.</summary>
internal static unsafe class GemmSmall
{
    /// <summary>Up to so many multiply-adds.</summary>
    public const long Largest = 256;

    /// <summary>C = A B + beta C, one element after the other.</summary>
    public static void Multiply(nint m, nint n, nint k, GemmOperand a, GemmOperand b, float* c, nint cRow, float beta)
    {
        // The sums of XOR's network, a row's factors held in registers: with the general loop a third of its training step went here.
        switch (k)
        {
            case 1: One(m, n, a, b, c, cRow, beta); break;
            case 2: Two(m, n, a, b, c, cRow, beta); break;
            case 4: Four(m, n, a, b, c, cRow, beta); break;
            default: Any(m, n, k, a, b, c, cRow, beta); break;
        }
    }

    private static void One(nint m, nint n, GemmOperand a, GemmOperand b, float* c, nint cRow, float beta)
    {
        for (nint i = 0; i < m; i++, c += cRow)
        {
            var x = a.Pointer[i * a.Row];
            var y = b.Pointer;
            for (nint j = 0; j < n; j++, y += b.Column)
                c[j] = Added(x * y[0], c + j, beta);
        }
    }

    private static void Two(nint m, nint n, GemmOperand a, GemmOperand b, float* c, nint cRow, float beta)
    {
        for (nint i = 0; i < m; i++, c += cRow)
        {
            var x = a.Pointer + i * a.Row;
            var (x0, x1) = (x[0], x[a.Column]);
            var y = b.Pointer;
            for (nint j = 0; j < n; j++, y += b.Column)
                c[j] = Added(x0 * y[0] + x1 * y[b.Row], c + j, beta);
        }
    }

    private static void Four(nint m, nint n, GemmOperand a, GemmOperand b, float* c, nint cRow, float beta)
    {
        for (nint i = 0; i < m; i++, c += cRow)
        {
            var x = a.Pointer + i * a.Row;
            var (x0, x1, x2, x3) = (x[0], x[a.Column], x[2 * a.Column], x[3 * a.Column]);
            var y = b.Pointer;
            for (nint j = 0; j < n; j++, y += b.Column)
                c[j] = Added((x0 * y[0] + x1 * y[b.Row]) + (x2 * y[2 * b.Row] + x3 * y[3 * b.Row]), c + j, beta);
        }
    }

    private static void Any(nint m, nint n, nint k, GemmOperand a, GemmOperand b, float* c, nint cRow, float beta)
    {
        var (aStep, bStep) = (a.Column, b.Row);
        for (nint i = 0; i < m; i++, c += cRow)
            for (nint j = 0; j < n; j++)
            {
                var x = a.Pointer + i * a.Row;
                var y = b.Pointer + j * b.Column;
                float sum = 0, sum1 = 0, sum2 = 0, sum3 = 0;
                var p = k;
                for (; p >= 4; p -= 4, x += 4 * aStep, y += 4 * bStep)
                {
                    // Four sums, so that one does not wait for the other.
                    sum += x[0] * y[0];
                    sum1 += x[aStep] * y[bStep];
                    sum2 += x[2 * aStep] * y[2 * bStep];
                    sum3 += x[3 * aStep] * y[3 * bStep];
                }

                for (; p > 0; p--, x += aStep, y += bStep)
                    sum += x[0] * y[0];
                c[j] = Added((sum + sum1) + (sum2 + sum3), c + j, beta);
            }
    }

    private static float Added(float sum, float* to, float beta) => beta == 0 ? sum : sum + beta * *to;
}
