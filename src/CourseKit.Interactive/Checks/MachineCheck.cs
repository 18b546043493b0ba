using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;

namespace CourseKit.Interactive;

/// <summary>Looks whether this machine runs the course: whether it computes rightly, draws, and how fast it is.</summary>
[TypeFormatterSource(typeof(MachineCheckFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class MachineCheck
{
    private MachineCheck(IReadOnlyList<MachineFinding> findings) => Findings = findings;

    /// <summary>What was looked at, in order.</summary>
    public IReadOnlyList<MachineFinding> Findings { get; }

    /// <summary>Whether everything that the course needs is there.</summary>
    public bool IsReady => Findings.All(finding => finding.IsGood);

    /// <summary>Looks at everything; takes about a second.</summary>
    public static MachineCheck Run() => new([Arithmetic(), Charts(), Speed(), Pictures()]);

    /// <summary>A line for each finding.</summary>
    public override string ToString() => string.Join('\n', Findings.Select(finding => $"{(finding.IsGood ? "yes" : "no ")}  {finding.What}: {finding.Detail}"));

    internal string ToHtml()
    {
        var html = new StringBuilder("<table class=\"coursekit-check\"><tbody>");
        foreach (var finding in Findings)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td><b>{(finding.IsGood ? "yes" : "no")}</b></td>")
                .Append(CultureInfo.InvariantCulture, $"<td style=\"text-align:left\">{WebUtility.HtmlEncode(finding.What)}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td style=\"text-align:left\">{WebUtility.HtmlEncode(finding.Detail)}</td></tr>");
        return html.Append("</tbody></table>").ToString();
    }

    /// <summary>A product of two matrices by the library's fast kernel against the sum written out in double precision.</summary>
    private static MachineFinding Arithmetic()
    {
        const int n = 96;
        var (a, b, c) = (new Tensor(n, n), new Tensor(n, n), new Tensor(n, n));
        var random = new RandomSource(1);
        random.FillNormal(a.Span);
        random.FillNormal(b.Span);
        Gemm.Multiply(a, false, b, false, c);
        var worst = 0.0;
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
            {
                var sum = 0.0;
                for (var k = 0; k < n; k++)
                    sum += (double)a[i, k] * b[k, j];
                worst = Math.Max(worst, Math.Abs(sum - c[i, j]));
            }

        var good = worst < 1e-3;
        return new MachineFinding("The library computes rightly", good, good
            ? FormattableString.Invariant($"a product of two {n}x{n} matrices is off by {worst:0.0e+0} at most")
            : FormattableString.Invariant($"a product of two {n}x{n} matrices is off by {worst:0.0e+0}; please report it, with the processor's name"));
    }

    private static MachineFinding Charts()
    {
        const string what = "Charts can be drawn";
        try
        {
            _ = FigureRenderer.Current;
            return new MachineFinding(what, true, "plotly.js is on this machine; no network is needed");
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or BadImageFormatException or TypeInitializationException)
        {
            return new MachineFinding(what, false, (error.InnerException ?? error).Message);
        }
    }

    private static MachineFinding Speed()
    {
        const int n = 256;
        var (a, b, c) = (new Tensor(n, n), new Tensor(n, n), new Tensor(n, n));
        var best = double.MaxValue;
        for (var round = 0; round < 40; round++)
        {
            var start = Stopwatch.GetTimestamp();
            Gemm.Multiply(a, false, b, false, c);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return new MachineFinding("It is fast enough", true, FormattableString.Invariant(
            $"{2.0 * n * n * n / best / 1e9:0} billion operations a second on {Workers.Degree} threads, {Vector<float>.Count * 32}-bit registers at least"));
    }

    private static MachineFinding Pictures()
    {
        var digits = Digits.Load(seed: 1, train: 10, test: 10);
        return new MachineFinding("There are digits to learn from", true, digits.IsMnist
            ? "MNIST is installed"
            : "the course draws its own; the command \"coursekit data get mnist\" fetches the real ones");
    }
}

/// <summary>One thing that <see cref="MachineCheck"/> looked at.</summary>
/// <param name="What">What ought to be so.</param>
/// <param name="IsGood">Whether it is.</param>
/// <param name="Detail">What was seen, or what to do.</param>
public sealed record MachineFinding(string What, bool IsGood, string Detail);

/// <summary>What a notebook host makes in order to write the check.</summary>
internal sealed class MachineCheckFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() =>
        [new FormatterByName("text/html", value => ((MachineCheck)value).ToHtml()), new FormatterByName("text/plain", value => value.ToString()!)];
}
