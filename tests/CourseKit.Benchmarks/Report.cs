using System.Globalization;
using System.Runtime.InteropServices;

namespace CourseKit.Benchmarks;

/// <summary>What a command prints: a Markdown table for people, and at the end one line a figure for programs.</summary>
internal sealed class Report
{
    private const double Busy = 0.9;

    private readonly List<string> results = [];
    private readonly List<double> coreShares = [];

    public Report(string title)
    {
        Console.WriteLine($"### {title}");
        Console.WriteLine();
        Console.WriteLine(
            $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, {Environment.ProcessorCount} cores, " +
            $"{(System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated ? 512 : System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated ? 256 : 128)}-bit registers" +
            (Torch.IsAvailable ? ", libtorch through TorchSharp " + typeof(TorchSharp.torch).Assembly.GetName().Version?.ToString(3) : ""));
        if (!Torch.IsAvailable)
            Console.WriteLine($"\nTorchSharp did not load, no figure against it: {Torch.Reason}");
        Console.WriteLine();
    }

    public void Header(params string[] columns)
    {
        Row(columns);
        Row([.. columns.Select((_, i) => i == 0 ? "---" : "---:")]);
    }

    public void Row(params string[] cells)
    {
        Console.WriteLine($"| {string.Join(" | ", cells)} |");
        SampleLoad();
    }

    /// <summary>Remembers a figure for the lines at the end.</summary>
    public void Result(string name, double value) => results.Add(string.Create(CultureInfo.InvariantCulture, $"result {name} {value:0.####}"));

    public void End()
    {
        Console.WriteLine();
        var share = Quartiles.Of(coreShares).Median;
        if (share < Busy)
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"The machine was busy: this process got {100 * share:0} % of a core when it asked for one. Figures for two threads mean little then.\n"));
        Result("machine.core-share", share);
        foreach (var line in results)
            Console.WriteLine(line);
    }

    // How much of the time on the wall a thread that only computes spends on a core.
    private void SampleLoad()
    {
        var (wall, own) = (Clock.Wall.Now(), Clock.Thread.Now());
        while (Clock.Wall.Now() - wall < 0.02)
            Peak.MultiplyAdds();
        coreShares.Add(Math.Min(1, (Clock.Thread.Now() - own) / (Clock.Wall.Now() - wall)));
    }
}
