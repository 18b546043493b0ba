using System.Diagnostics;
using System.Globalization;

namespace CourseKit.Benchmarks;

/// <summary><c>cold</c>: what a fresh process takes for its first products and steps, compilation included. Start it anew for each reading.</summary>
internal static class ColdCommand
{
    public static void Run()
    {
        var report = new Report("A fresh process");
        var (a, b, c) = (new Tensor(256, 256), new Tensor(256, 256), new Tensor(256, 256));
        var product = Milliseconds(() => Gemm.Multiply(a, false, b, false, c));
        ITraining? ours = null;
        var make = Milliseconds(() => ours = new MlpBatch32().Ours());
        var first = Milliseconds(() => ours!.Step(true));
        var ten = Milliseconds(() => Steps(9));
        var hundred = Milliseconds(() => Steps(90));
        var warm = Milliseconds(() => Steps(2000)) / 2000;
        report.Header("", "ms");
        report.Row("first product of 256 x 256", Text(product));
        report.Row("mlp-b32: making network and data", Text(make));
        report.Row("mlp-b32: first step", Text(first));
        report.Row("mlp-b32: first 10 steps", Text(first + ten));
        report.Row("mlp-b32: first 100 steps", Text(first + ten + hundred));
        report.Row("mlp-b32: a warm step", Text(warm));
        report.Result("cold.gemm-256-ms", product);
        report.Result("cold.mlp-b32-first-step-ms", first);
        report.Result("cold.mlp-b32-100-steps-ms", first + ten + hundred);
        report.End();

        void Steps(int count)
        {
            for (var i = 0; i < count; i++)
                ours!.Step(false);
        }
    }

    private static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static double Milliseconds(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
