using System.Diagnostics;
using System.Globalization;

namespace CourseKit.Benchmarks;

/// <summary><c>hopfield-capacity</c>: the load at which a Hebbian memory breaks, over many networks of growing size. Not a matter of speed.</summary>
internal static class HopfieldCapacityCommand
{
    private const int Probes = 9;
    private static readonly (int N, int Networks)[] Sizes = [(200, 200), (500, 200), (1_000, 100), (2_000, 40), (5_000, 12), (10_000, 4)];
    private static readonly double[] Loads = [0.10, 0.12, 0.13, 0.138, 0.145, 0.15, 0.16, 0.18, 0.20];

    public static void Run(bool quick, string[] names)
    {
        var sizes = Chosen(quick, names);
        var report = new Report("Hopfield's memory: the load p / N at which recall breaks (start at a pattern; still there where the overlap ends at 0.7 or more)");
        report.Header("N", "networks", "median", "quartiles", "mean", "standard deviation", "seconds");
        var results = new List<HopfieldCapacityResult>();
        foreach (var (N, networks) in sizes)
        {
            var start = Stopwatch.GetTimestamp();
            var result = HopfieldCapacity.Measure(N, networks, Probes, seed: N);
            results.Add(result);
            report.Row(
                Text(N, "0"), Text(networks, "0"), Text(result.Median), $"{Text(result.LowerQuartile)} ... {Text(result.UpperQuartile)}", Text(result.Mean),
                Text(result.Deviation), Text(Stopwatch.GetElapsedTime(start).TotalSeconds, "0.0"));
            report.Result($"hopfield-capacity.n{N}", result.Median);
            report.Result($"hopfield-capacity.n{N}-deviation", result.Deviation);
        }

        if (results.Count > 1)
        {
            report.Result("hopfield-capacity.line-at-infinity", HopfieldCapacity.Trend(results).AtInfinity);
            if (results.Count > 3)
                report.Result("hopfield-capacity.line-at-infinity-largest-3", HopfieldCapacity.Trend(results[^3..]).AtInfinity);
        }

        Console.WriteLine();
        Console.WriteLine("The share of patterns still there, by load: the curves grow steeper with N and cross near the critical load.");
        Console.WriteLine();
        report.Header(["N", .. Loads.Select(load => Text(load))]);
        foreach (var (N, networks) in sizes.Where(size => size.N <= 2_000))
        {
            var curve = HopfieldCapacity.Curve(N, Loads, networks, probes: 10, seed: N + 1);
            report.Row([Text(N, "0"), .. curve.Select(point => Text(point.RecalledShare))]);
        }

        report.End();
    }

    private static (int N, int Networks)[] Chosen(bool quick, string[] names)
    {
        foreach (var name in names)
            if (!Sizes.Any(size => Text(size.N, "0") == name))
                throw new ArgumentException($"The size '{name}' was given; one of {string.Join(", ", Sizes.Select(size => Text(size.N, "0")))} is expected.");
        if (names.Length > 0)
            return [.. Sizes.Where(size => names.Contains(Text(size.N, "0")))];
        return quick ? [(200, 100), (500, 60), (1_000, 30)] : Sizes;
    }

    private static string Text(double value, string format = "0.000") => value.ToString(format, CultureInfo.InvariantCulture);
}
