using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CourseKit;

/// <summary>The means of windows that lie side by side on a map, and the way back.</summary>
internal static unsafe class WindowMeans
{
    /// <summary>The mean of every window of size x size pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute(float* x, nint height, nint width, nint size, float* means)
    {
        var share = 1f / (size * size);
        if (size == 2)
        {
            var even = Vector256.Create(0, 2, 4, 6, 0, 2, 4, 6);
            var odd = Vector256.Create(1, 3, 5, 7, 1, 3, 5, 7);
            for (nint i = 0; i < height; i += 2, x += 2 * width)
            {
                nint j = 0;
                for (; j <= width - 8; j += 8, means += 4)
                {
                    var column = Vector256.Load(x + j) + Vector256.Load(x + width + j);
                    var sum = Vector256.Shuffle(column, even) + Vector256.Shuffle(column, odd);
                    (sum.GetLower() * share).Store(means);
                }

                for (; j < width; j += 2, means++)
                    *means = (x[j] + x[width + j] + (x[j + 1] + x[width + j + 1])) * share;
            }

            return;
        }

        for (nint i = 0; i < height; i += size)
            for (nint j = 0; j < width; j += size)
            {
                var sum = 0f;
                for (nint u = 0; u < size; u++)
                    for (nint v = 0; v < size; v++)
                        sum += x[(i + u) * width + j + v];
                *means++ = sum * share;
            }
    }

    /// <summary>y = w x + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Affine(float* x, nint count, float w, float b, float* y)
    {
        nint j = 0;
        for (; j <= count - 8; j += 8)
            (Vector256.Load(x + j) * w + Vector256.Create(b)).Store(y + j);
        for (; j < count; j++)
            y[j] = x[j] * w + b;
    }

    /// <summary>Writes every window's gradient, times a factor, to all of its pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Spread(float* gradient, nint height, nint width, nint size, float factor, float* to)
    {
        var low = Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3);
        var windows = width / size;
        for (nint i = 0; i < height; i += size, gradient += windows, to += size * width)
        {
            nint j = 0;
            if (size == 2)
                for (; j <= windows - 4; j += 4)
                {
                    var twice = Vector256.Shuffle(Vector256.Create(Vector128.Load(gradient + j) * factor, Vector128<float>.Zero), low);
                    twice.Store(to + 2 * j);
                    twice.Store(to + width + 2 * j);
                }

            for (; j < windows; j++)
                for (nint u = 0; u < size; u++)
                    for (nint v = 0; v < size; v++)
                        to[u * width + j * size + v] = gradient[j] * factor;
        }
    }
}
