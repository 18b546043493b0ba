using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using TorchSharp;

namespace CourseKit.Benchmarks;

/// <summary><c>gemm</c>: square products, plain and with either factor transposed, against libtorch and MathNet.</summary>
internal static class GemmCommand
{
    private static readonly (string Name, bool TransposeA, bool TransposeB)[] Kinds = [("nn", false, false), ("tn", true, false), ("nt", false, true)];

    public static void Run(bool quick, string[] sizes)
    {
        var report = new Report("Matrix products: how many times faster than libtorch and MathNet (medians of interleaved rounds, quartiles)");
        report.Header("product", "libtorch, 1 thread", "libtorch, 2 threads", "MathNet, 1 thread", "share of the FMA peak", "libtorch's share");
        foreach (var n in sizes.Length > 0 ? sizes.Select(Size) : quick ? [64, 256, 512] : [64, 128, 256, 512, 1024])
            foreach (var kind in Kinds)
                Measure(report, n, kind, quick);
        report.End();
    }

    private static int Size(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= 8192
            ? n
            : throw new ArgumentException($"The size '{text}' was given; a whole number from 1 to 8192 is expected.");

    private static void Measure(Report report, int n, (string Name, bool TransposeA, bool TransposeB) kind, bool quick)
    {
        var random = new RandomSource(n);
        var (a, b, c) = (Filled(random, n), Filled(random, n), new Tensor(n, n));
        void Ours() => Gemm.Multiply(a, kind.TransposeA, b, kind.TransposeB, c);
        var (rounds, slice) = (quick ? 15 : 61, quick ? 0.002 : 0.004);
        var operations = 2.0 * n * n * n;

        var cells = new List<string> { $"{kind.Name.ToUpperInvariant()} {n}" };
        Torch.Threads(1);
        if (Torch.IsAvailable)
        {
            using var noGradients = torch.no_grad();
            using var theirA = Torch.Copy(a);
            using var theirB = Torch.Copy(b);
            using var opA = kind.TransposeA ? theirA.t() : theirA.alias();
            using var opB = kind.TransposeB ? theirB.t() : theirB.alias();
            using var theirC = torch.mm(opA, opB);
            void Theirs() => torch.mm(opA, opB).Dispose();
            Ours();
            Agree(c, theirC.data<float>().ToArray(), n);

            var times = Interleaved.Time(Clock.Thread, rounds, slice, Ours, Theirs);
            var ratio = Quartiles.Ratio(times[1], times[0]);
            Torch.Threads(2);
            var times2 = Interleaved.Time(Clock.Wall, rounds, slice, Ours, Theirs);
            var ratio2 = Quartiles.Ratio(times2[1], times2[0]);
            Torch.Threads(1);
            cells.AddRange([ratio.ToString(), ratio2.ToString(), MathNetRatio()]);
            cells.AddRange([Share(Ours, "peak-share"), Share(Theirs, null)]);
            report.Result($"gemm.{kind.Name}-{n}.ratio-1t", ratio.Median);
            report.Result($"gemm.{kind.Name}-{n}.ratio-2t", ratio2.Median);
        }
        else
        {
            cells.AddRange(["-", "-", MathNetRatio(), Share(Ours, "peak-share"), "-"]);
        }

        report.Row([.. cells]);

        // The peak is measured round by round beside the product, so that neighbours on the machine slow both alike, and beside nothing
        // else: a library in turn would leave the other's matrices out of the caches.
        string Share(Action product, string? name)
        {
            var times = Interleaved.Time(Clock.Thread, rounds, slice, Peak.MultiplyAdds, product);
            var share = Quartiles.Of(times[0].Zip(times[1], (p, t) => operations / t / (Peak.Operations / p)));
            if (name is not null)
                report.Result(kind.Name == "nn" ? $"gemm.{name}-{n}" : $"gemm.{name}-{kind.Name}-{n}", share.Median);
            return share.ToString();
        }

        string MathNetRatio()
        {
            if (n > 512)
                return "-"; // seconds a product
            MathNet.Numerics.Control.MaxDegreeOfParallelism = 1;
            var x = Matrix<float>.Build.Dense(n, n, (i, j) => a.Data[i * n + j]);
            var y = Matrix<float>.Build.Dense(n, n, (i, j) => b.Data[i * n + j]);
            var z = Matrix<float>.Build.Dense(n, n);
            void MathNets()
            {
                if (kind.TransposeA)
                    x.TransposeThisAndMultiply(y, z);
                else if (kind.TransposeB)
                    x.TransposeAndMultiply(y, z);
                else
                    x.Multiply(y, z);
            }

            var times = Interleaved.Time(Clock.Thread, n > 200 ? 3 : 9, n > 200 ? 0 : slice, Ours, MathNets);
            var ratio = Quartiles.Ratio(times[1], times[0]);
            report.Result($"gemm.{kind.Name}-{n}.mathnet-ratio-1t", ratio.Median);
            return ratio.Median.ToString("0.0", CultureInfo.InvariantCulture);
        }
    }

    private static void Agree(Tensor ours, float[] theirs, int n)
    {
        for (var i = 0; i < theirs.Length; i++)
            if (!(Math.Abs(ours.Data[i] - theirs[i]) <= 1e-6 * (2 + Math.Sqrt(n))))
                throw new InvalidOperationException(FormattableString.Invariant($"The products differ: {ours.Data[i]} here, {theirs[i]} there. Nothing was measured."));
    }

    private static Tensor Filled(RandomSource random, int n)
    {
        var tensor = new Tensor(n, n);
        for (var i = 0; i < tensor.Count; i++)
            tensor.Data[i] = 2 * random.NextSingle() - 1;
        return tensor;
    }
}
