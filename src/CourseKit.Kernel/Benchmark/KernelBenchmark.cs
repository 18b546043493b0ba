using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace CourseKit.Kernel;

/// <summary>Measures what a person waits for: from starting the kernel's process to the first result, a small cell, and the memory held.</summary>
internal static class KernelBenchmark
{
    private const int Starts = 7, SmallCells = 100;

    /// <summary>Starts kernels one after the other and prints medians.</summary>
    public static int Run()
    {
        var (first, small, memory) = (new List<double>(), new List<double>(), new List<double>());
        for (var start = 0; start <= Starts; start++)
        {
            var clock = Stopwatch.StartNew();
            using var kernel = new KernelProcess(Directory.GetCurrentDirectory(), 4L << 30);
            RunCell(kernel, 1, "1 + 1");
            var firstResult = clock.Elapsed.TotalSeconds;
            var held = kernel.MeasureMemory() / 1048576.0;
            if (start == 0)
                continue; // the first start of all reads the files into the system's cache
            first.Add(firstResult);
            memory.Add(held);
            for (var cell = 0; cell < SmallCells; cell++)
            {
                clock.Restart();
                RunCell(kernel, cell + 2, FormattableString.Invariant($"var x{cell} = {cell}; x{cell} * 2"));
                small.Add(clock.Elapsed.TotalMilliseconds);
            }
        }

        Console.WriteLine($"| {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} cores | median | worst |");
        Console.WriteLine("|---|---|---|");
        Line("start to first result", first, "s");
        Line("small cell", small, "ms");
        Line("memory after the first result", memory, "MB");
        Result("kernel.first-result-seconds", first);
        Result("kernel.small-cell-ms", small);
        Result("kernel.memory-mb", memory);
        return 0;

        void Line(string name, List<double> values, string unit) => Console.WriteLine(FormattableString.Invariant($"| {name} | {Median(values):0.##} {unit} | {values.Max():0.##} {unit} |"));
        void Result(string name, List<double> values) => Console.WriteLine($"result {name} {Median(values).ToString("0.###", CultureInfo.InvariantCulture)}");
    }

    private static void RunCell(KernelProcess kernel, int number, string code)
    {
        kernel.Send(number, code);
        while (true)
        {
            var message = kernel.ReceiveAsync(CancellationToken.None).GetAwaiter().GetResult()
                ?? throw new InvalidOperationException($"The kernel ended: {kernel.DescribeEnd()}.");
            if (message.Type == "error")
                throw new InvalidOperationException($"The cell failed: {message.Content}");
            if (message.Type == "done")
                return;
        }
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
