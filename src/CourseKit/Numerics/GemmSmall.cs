namespace CourseKit;

/// <summary>Products so small that everything but the arithmetic itself would cost more than it saves: XOR's network lives here.</summary>
internal static unsafe class GemmSmall
{
    /// <summary>Up to so many multiply-adds.</summary>
    public const long Largest = 256;

    /// <summary>C = A B + beta C, one element after the other.</summary>
    public static void Multiply(nint m, nint n, nint k, GemmOperand a, GemmOperand b, float* c, nint cRow, float beta)
    {
        // The sums of XOR's network, written out: with the general loop a third of its training step went here.
        if (k is 1 or 2 or 4)
            Few(m, n, k, a, b, c, cRow, beta);
        else
            Any(m, n, k, a, b, c, cRow, beta);
    }

    private static void Few(nint m, nint n, nint k, GemmOperand a, GemmOperand b, float* c, nint cRow, float beta)
    {
        var (aStep, bStep) = (a.Column, b.Row);
        for (nint i = 0; i < m; i++, c += cRow)
        {
            var x = a.Pointer + i * a.Row;
            var y = b.Pointer;
            for (nint j = 0; j < n; j++, y += b.Column)
            {
                var sum = k switch
                {
                    1 => x[0] * y[0],
                    2 => x[0] * y[0] + x[aStep] * y[bStep],
                    _ => (x[0] * y[0] + x[aStep] * y[bStep]) + (x[2 * aStep] * y[2 * bStep] + x[3 * aStep] * y[3 * bStep]),
                };
                c[j] = Added(sum, c + j, beta);
            }
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
