using System.Globalization;
using MathNet.Numerics.Statistics;

namespace CourseKit.Benchmarks;

/// <summary><c>hopfield-tank</c>: how often the continuous network ends in a tour, and how long it is, over city sets and starts. Not a matter of speed.</summary>
internal static class HopfieldTankCommand
{
    private const int Starts = 200;

    private static readonly (string Key, string Name, HopfieldTank Network)[] Networks =
    [
        ("1985", "constants of 1985", new HopfieldTank()),
        ("1985-small-step", "the same, a tenth of the step", new HopfieldTank { TimeStep = 1e-6, MaxSteps = 20_000 }),
        ("1985-weak-d", "the same, D = 300", new HopfieldTank { D = 300 }),
        ("rows-columns", "rows and columns", HopfieldTank.RowsAndColumns),
    ];

    public static void Run(bool quick)
    {
        var sets = quick ? 3 : 10;
        var report = new Report($"Hopfield and Tank's network: {sets} sets of 10 random cities, {Starts} starts each");
        report.Header("network", "valid tours", "the sets' shares, least and most", "mean length of the valid tours over the optimum", "came to rest");
        var distances = Enumerable.Range(1, sets).Select(seed => Tours.Euclidean(Tours.RandomCities(10, seed))).ToArray();
        foreach (var (key, name, network) in Networks)
        {
            HopfieldTankTrial[] trials = [.. distances.Select(set => HopfieldTankTrial.Run(network, set, Starts, seed: 1))];
            var valid = trials.Sum(trial => trial.Lengths.Count) / (double)(sets * Starts);
            var ratio = trials.SelectMany(trial => trial.Lengths.Select(length => length / trial.Optimum)).Mean();
            report.Row(
                name, Percent(valid), $"{Percent(trials.Min(trial => trial.ValidShare))} ... {Percent(trials.Max(trial => trial.ValidShare))}",
                ratio.ToString("0.000", CultureInfo.InvariantCulture), Percent(trials.Sum(trial => trial.Rested) / (double)(sets * Starts)));
            report.Result($"hopfield-tank.{key}.valid-share", valid);
            report.Result($"hopfield-tank.{key}.length-ratio", ratio);
        }

        Compare(report, "nearest-neighbour", "nearest neighbour, from city 0", distances, set => NearestNeighbourTour.From(set, 0));
        Compare(report, "two-opt", "the same, improved by 2-opt", distances, set => TwoOpt.Improve(set, NearestNeighbourTour.From(set, 0).Cities)[^1]);
        report.End();
    }

    private static void Compare(Report report, string key, string name, double[][,] distances, Func<double[,], Tour> solve)
    {
        var ratio = distances.Average(set => solve(set).Length / HeldKarp.Solve(set).Length);
        report.Row(name, "100 %", "-", ratio.ToString("0.000", CultureInfo.InvariantCulture), "-");
        report.Result($"hopfield-tank.{key}.length-ratio", ratio);
    }

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
