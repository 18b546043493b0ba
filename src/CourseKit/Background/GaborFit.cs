using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace CourseKit;

/// <summary>The Gabor function that a filter resembles most, and how much it does.</summary>
/// <param name="Gabor">The best function found.</param>
/// <param name="Correlation">The correlation of its pixels with the filter's, from 0 to 1.</param>
/// <remarks>
/// Centre, direction, frequency and the two widths are searched by the simplex method from several starts; for each of them the phase and
/// the strength follow by least squares. Widths stay between 0.7 pixels and the size of the filter, the frequency below half a wave a
/// pixel: outside of these a sampled Gabor function is not one any more, and would fit single pixels.
/// </remarks>
public readonly record struct GaborFit(Gabor Gabor, double Correlation)
{
    private const double NarrowestSigma = 0.7;

    /// <summary>Fits a filter.</summary>
    /// <param name="filter">The filter's pixels, row by row: size x size, size at least 4, finite and not all equal.</param>
    /// <exception cref="ArgumentException">The pixels are no square of that kind.</exception>
    public static GaborFit Of(ReadOnlySpan<float> filter)
    {
        var size = (int)Math.Sqrt(filter.Length);
        if (size < 4 || size * size != filter.Length)
            throw new ArgumentException($"{filter.Length} pixels given; a square of at least 4x4 is expected.", nameof(filter));
        if (Finiteness.FirstNonFinite(filter) is var wrong and >= 0)
            throw new ArgumentException($"Pixel {wrong} is {Finiteness.Describe(filter[wrong])}; finite numbers are expected.", nameof(filter));
        var mean = System.Numerics.Tensors.TensorPrimitives.Sum(filter) / filter.Length;
        var pixels = new double[filter.Length];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = filter[i] - mean;
        var length = Math.Sqrt(pixels.Sum(p => p * p));
        if (length == 0)
            throw new ArgumentException("All pixels are equal: there is nothing to fit.", nameof(filter));
        pixels = [.. pixels.Select(p => p / length)];

        var objective = ObjectiveFunction.Value(p => 1 - Correlate(FromVector(p, size), pixels, size, out _));
        var best = new GaborFit(default, -1);
        foreach (var start in Starts(pixels, size))
        {
            var found = Search(objective, start);
            var correlation = Correlate(FromVector(found, size), pixels, size, out var phase);
            if (correlation > best.Correlation)
                best = new GaborFit(FromVector(found, size) with { Phase = phase }, correlation);
        }

        return best;
    }

    private static Vector<double> Search(IObjectiveFunction objective, Vector<double> start)
    {
        var steps = Vector<double>.Build.Dense([0.7, 0.7, 0.25, 0.03, 0.3, 0.3]);
        var simplex = new NelderMeadSimplex(1e-5, 2_000);
        try
        {
            return simplex.FindMinimum(objective, start, steps).MinimizingPoint;
        }
        catch (MaximumIterationsException)
        {
            return start; // This start leads nowhere; another one will.
        }
    }

    /// <summary>Starts at the strongest waves of the filter's spectrum, under bells of two widths in the middle of its energy.</summary>
    private static IEnumerable<Vector<double>> Starts(double[] pixels, int size)
    {
        var x0 = Enumerable.Range(0, pixels.Length).Sum(i => pixels[i] * pixels[i] * (i % size));
        var y0 = Enumerable.Range(0, pixels.Length).Sum(i => pixels[i] * pixels[i] * (i / size));
        var waves =
            from direction in Enumerable.Range(0, 12)
            from step in Enumerable.Range(1, 9)
            let theta = Math.PI * direction / 12
            let frequency = 0.05 * step
            let wave = new Gabor(x0, y0, theta, frequency, size, size, 0)
            let strength = Correlate(wave with { SigmaAlong = size / 4.0, SigmaAcross = size / 4.0 }, pixels, size, out _)
            orderby strength descending
            select (theta, frequency);
        return
            from wave in waves.Take(3)
            from sigma in new[] { size / 8.0, size / 4.0 }
            select Vector<double>.Build.Dense([x0, y0, wave.theta, wave.frequency, Math.Log(sigma), Math.Log(sigma)]);
    }

    /// <summary>Widths are searched as logarithms, so that they stay positive; limits are kept by clamping.</summary>
    private static Gabor FromVector(Vector<double> p, int size) => new(
        Math.Clamp(p[0], 0, size - 1),
        Math.Clamp(p[1], 0, size - 1),
        p[2],
        Math.Clamp(p[3], 0, 0.5),
        Math.Clamp(Math.Exp(p[4]), NarrowestSigma, size),
        Math.Clamp(Math.Exp(p[5]), NarrowestSigma, size),
        0);

    /// <summary>The correlation at the best phase: the length of the filter's projection on the cosine and the sine wave under the bell.</summary>
    private static double Correlate(Gabor gabor, double[] pixels, int size, out double phase)
    {
        double c = 0, s = 0, cc = 0, ss = 0, cs = 0, fc = 0, fs = 0;
        for (var i = 0; i < pixels.Length; i++)
        {
            var (bell, angle) = gabor.BellAndAngle(i % size, i / size);
            var (sin, cos) = Math.SinCos(angle);
            (cos, sin) = (bell * cos, bell * sin);
            c += cos;
            s += sin;
            cc += cos * cos;
            ss += sin * sin;
            cs += cos * sin;
            fc += pixels[i] * cos;
            fs += pixels[i] * sin;
        }

        // Sums about the mean; the filter's own mean is 0.
        var n = pixels.Length;
        (cc, ss, cs) = (cc - c * c / n, ss - s * s / n, cs - c * s / n);
        var determinant = cc * ss - cs * cs;
        if (determinant <= 1e-12 * cc * ss || cc <= 0 || ss <= 0)
        {
            // One of the two waves vanishes on the pixels (frequency 0, or one that only the cosine can show).
            var onlyCosine = cc >= ss;
            phase = onlyCosine ? (fc >= 0 ? 0 : Math.PI) : (fs >= 0 ? -Math.PI / 2 : Math.PI / 2);
            var (f, norm) = onlyCosine ? (fc, cc) : (fs, ss);
            return norm > 0 ? Math.Abs(f) / Math.Sqrt(norm) : 0;
        }

        var a = (fc * ss - fs * cs) / determinant;
        var b = (fs * cc - fc * cs) / determinant;
        phase = Math.Atan2(-b, a); // a cos t + b sin t = r cos(t + phase)
        return Math.Sqrt(Math.Max(0, a * fc + b * fs));
    }
}
