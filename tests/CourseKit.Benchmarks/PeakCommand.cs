using System.Globalization;

namespace CourseKit.Benchmarks;

/// <summary><c>peak</c>: what the machine can do.</summary>
internal static class PeakCommand
{
    public static void Run(bool quick)
    {
        var report = new Report("The machine");
        report.Header("", "1 thread", "2 threads");
        var rounds = quick ? 20 : 100;
        var adds = new[] { 1, 2 }.Select(threads => MultiplyAdds(threads, rounds)).ToArray();
        report.Row("multiply-adds, GFLOP/s", Text(adds[0]), Text(adds[1]));
        var triads = new[] { 1, 2 }.Select(threads => Triad(threads, quick ? 5 : 20)).ToArray();
        report.Row("memory triad, GB/s", Text(triads[0]), Text(triads[1]));
        for (var i = 0; i < 2; i++)
        {
            report.Result($"peak.gflops-{i + 1}t", adds[i]);
            report.Result($"peak.triad-gb-{i + 1}t", triads[i]);
        }

        report.End();
    }

    private static string Text(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    // The best of the rounds: the question is what the machine can do when it is left alone.
    private static double MultiplyAdds(int threads, int rounds)
    {
        const int Calls = 100;
        var best = double.MaxValue;
        for (var round = 0; round < rounds; round++)
            best = Math.Min(best, Together(threads, _ =>
            {
                for (var i = 0; i < Calls; i++)
                    Peak.MultiplyAdds();
            }));
        return threads * Calls * Peak.Operations / best / 1e9;
    }

    private static double Triad(int threads, int rounds)
    {
        const int Count = 16_000_000;
        var (a, b, c) = (new float[Count], new float[Count], new float[Count]);
        Array.Fill(b, 1);
        Array.Fill(c, 1);
        var part = Count / threads;
        var best = double.MaxValue;
        for (var round = 0; round < rounds; round++)
            best = Math.Min(best, Together(threads, t => Peak.Triad(a.AsSpan(t * part, part), b.AsSpan(t * part, part), c.AsSpan(t * part, part))));
        return Count * 3.0 * sizeof(float) / best / 1e9;
    }

    private static double Together(int threads, Action<int> action) => Interleaved.Time(
        Clock.Wall, () => Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, action), 1);
}
