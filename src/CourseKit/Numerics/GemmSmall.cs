namespace CourseKit;

/// <summary>Products so small that everything but the arithmetic itself would cost more than it saves: XOR's network lives here.</summary>
internal static unsafe class GemmSmall
{
    /// <summary>Up to so many multiply-adds.</summary>
    public const long Largest = 256;

    /// <summary>C = A B + beta C, one element after the other.</summary>
    public static void Multiply(nint m, nint n, nint k, GemmOperand a, GemmOperand b, float* c, nint cRow, float beta)
    {
        var (aStep, bStep) = (a.Column, b.Row);
        for (nint i = 0; i < m; i++)
            for (nint j = 0; j < n; j++)
            {
                var x = a.Pointer + i * a.Row;
                var y = b.Pointer + j * b.Column;
                float sum = 0, other = 0;
                var p = k;
                for (; p >= 2; p -= 2, x += 2 * aStep, y += 2 * bStep)
                {
                    // Two sums, so that one does not wait for the other.
                    sum += x[0] * y[0];
                    other += x[aStep] * y[bStep];
                }

                if (p > 0)
                    sum += x[0] * y[0];
                sum += other;
                var to = c + i * cRow + j;
                *to = beta == 0 ? sum : sum + beta * *to;
            }
    }
}
