using System.Globalization;

namespace CourseKit.Benchmarks;

/// <summary><c>train</c>: steps of training against libtorch, after both were seen to compute the same.</summary>
internal static class TrainCommand
{
    private const int AgreeingSteps = 10;
    private const double Tolerance = 1e-4;

    public static IReadOnlyList<IWorkload> Workloads { get; } =
    [
        .. typeof(IWorkload).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IWorkload)) && type is { IsAbstract: false, IsInterface: false })
            .Where(type => type.GetConstructor([]) is not null)
            .Select(type => (IWorkload)Activator.CreateInstance(type)!)
            .OrderBy(workload => workload.Order)
            .ThenBy(workload => workload.Name, StringComparer.Ordinal),
    ];

    public static void Run(bool quick, string[] names)
    {
        foreach (var name in names)
            if (Workloads.All(workload => workload.Name != name))
                throw new ArgumentException($"There is no workload '{name}'; there are {string.Join(", ", Workloads.Select(workload => workload.Name))}.");
        var chosen = Workloads.Where(workload => names.Length == 0 || names.Contains(workload.Name));
        var report = new Report("Training steps: how many times faster than libtorch (medians of interleaved rounds, quartiles)");
        report.Header("workload", "1 thread each", "2 threads each", "a step, 1 thread", "a step, 2 threads", "share of the FMA peak, 1 thread", "losses differ by at most");
        foreach (var workload in chosen)
            Measure(report, workload, quick);
        report.End();
    }

    private static void Measure(Report report, IWorkload workload, bool quick)
    {
        var cells = new List<string> { workload.Name, "-", "-", "-", "-", "-", "-" };
        if (Torch.IsAvailable)
        {
            Torch.Threads(1);
            cells[6] = Agree(workload).ToString("0.0e+0", CultureInfo.InvariantCulture);
        }

        foreach (var threads in new[] { 1, 2 })
        {
            Torch.Threads(threads);
            using var ours = workload.Ours();
            using var theirs = Torch.IsAvailable ? workload.Torchs() : null;
            var (rounds, slice) = (quick ? 15 : 61, quick ? 0.01 : 0.025);
            Action[] actions = theirs is null ? [Peak.MultiplyAdds, () => ours.Step(false)] : [Peak.MultiplyAdds, () => ours.Step(false), () => theirs.Step(false)];
            Interleaved.WarmUp(actions);
            var times = Interleaved.Time(threads == 1 ? Clock.Thread : Clock.Wall, rounds, slice, actions);
            var step = Quartiles.Of(times[1]).Median * 1e6;
            cells[2 + threads] = string.Create(CultureInfo.InvariantCulture, $"{step:0.0} µs");
            report.Result($"train.{workload.Name}.step-us-{threads}t", step);
            if (threads == 1 && workload.MultiplyAdds is { } multiplyAdds)
            {
                var share = Quartiles.Of(times[0].Zip(times[1], (peak, time) => 2 * multiplyAdds / time / (Peak.Operations / peak)));
                cells[5] = share.ToString();
                report.Result($"train.{workload.Name}.peak-share", share.Median);
            }

            if (theirs is null)
                continue;
            var ratio = Quartiles.Ratio(times[2], times[1]);
            cells[threads] = ratio.ToString();
            report.Result($"train.{workload.Name}.ratio-{threads}t", ratio.Median);
        }

        report.Row([.. cells]);
    }

    /// <summary>The largest relative difference of the two losses over the first steps.</summary>
    private static double Agree(IWorkload workload)
    {
        using var ours = workload.Ours();
        using var theirs = workload.Torchs();
        var worst = 0.0;
        for (var step = 0; step < AgreeingSteps; step++)
        {
            var (x, y) = (ours.Step(true), theirs.Step(true));
            var difference = Math.Abs(x - y) / Math.Abs(y);
            if (!(difference <= Tolerance))
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"{workload.Name}: the losses of step {step + 1} are {x} here and {y} in libtorch. Two things that differ are not compared."));
            worst = Math.Max(worst, difference);
        }

        return worst;
    }
}
