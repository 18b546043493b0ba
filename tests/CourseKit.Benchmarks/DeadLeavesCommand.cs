using System.Globalization;

namespace CourseKit.Benchmarks;

/// <summary><c>dead-leaves</c>: how many of the filters learned from dead-leaves pictures are Gabor functions.</summary>
internal static class DeadLeavesCommand
{
    public static void Run(bool quick)
    {
        var report = new Report("Filters learned from dead-leaves pictures");
        report.Header("seed", "filters", "above 0.8", "median correlation");
        const int Size = 12;
        var k = quick ? 25 : 50;
        var (alike, filters) = (0, 0);
        for (var seed = 1; seed <= (quick ? 1 : 3); seed++)
        {
            var patches = Patches.Sample(DeadLeaves.Draw(40, seed), Size, quick ? 5_000 : 10_000, seed);
            var learned = FastIca.Fit(patches, k, seed).Filters;
            double[] correlations =
                [.. Enumerable.Range(0, k).Select(i => GaborFit.Of(learned.Data.AsSpan(i * Size * Size, Size * Size)).Correlation).Order()];
            var above = correlations.Count(correlation => correlation > 0.8);
            report.Row($"{seed}", $"{k}", $"{above}", correlations[k / 2].ToString("0.00", CultureInfo.InvariantCulture));
            (alike, filters) = (alike + above, filters + k);
        }

        report.Result("dead-leaves.gabor-percent", 100.0 * alike / filters);
        report.End();
    }
}
