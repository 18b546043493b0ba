using System.Globalization;
using System.Text;

namespace CourseKit.Interactive;

/// <summary>A training on its way: a line, a bar, and the curves so far.</summary>
/// <remarks>
/// It is drawn as SVG and not as a <see cref="Figure"/>: four pictures a second would flicker in plotly, which draws each from nothing, and
/// one that will be replaced must not be the one that carries plotly.js.
/// </remarks>
[TypeFormatterSource(typeof(TrainingViewFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
internal sealed class TrainingView
{
    private const double Width = 470, Height = 270, Left = 58, Top = 14, Right = 76, Bottom = 44;
    private const double LineHeight = 16;

    private readonly TrainingProgress progress;
    private readonly EpochResult[] epochs;

    /// <summary>Keeps how far the training is now: the list of its epochs will grow.</summary>
    public TrainingView(TrainingProgress progress) => (this.progress, epochs) = (progress, [.. progress.Completed]);

    /// <summary>The progress in a line.</summary>
    public override string ToString() => progress.ToString();

    /// <summary>The progress as HTML without any script.</summary>
    public string ToHtml()
    {
        var percent = (100 * progress.Fraction).ToString("0.0", CultureInfo.InvariantCulture);
        var html = new StringBuilder("<div class=\"coursekit-live\" style=\"max-width:980px;padding:8px;background:#fff;color:#222;font:14px sans-serif\">");
        html.Append("<div>").Append(System.Net.WebUtility.HtmlEncode(progress.ToString())).Append("</div>");
        html.Append("<div style=\"margin:6px 0;height:6px;background:#e6e6e6\"><div style=\"height:6px;width:").Append(percent).Append("%;background:").Append(FigureColors.Blue).Append("\"></div></div>");
        html.Append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").Append(Number(2 * Width)).Append(' ').Append(Number(Height)).Append("\" width=\"100%\" font-family=\"sans-serif\" font-size=\"13\" fill=\"#222\">");
        Panel(html, 0, "J", [.. Curve(epoch => epoch.Loss), (progress.Fraction * progress.Epochs, progress.Loss)], Curve(epoch => epoch.ValidationLoss));
        if (epochs is [{ Error: not null }, ..])
            Panel(html, Width, "wrong, %", Curve(epoch => 100 * epoch.Error), Curve(epoch => 100 * epoch.ValidationError));
        html.Append("</svg><div style=\"color:#666\">Stop (\u25a0) ends the training here; the network keeps what it has learned.</div></div>");
        return html.ToString();
    }

    /// <summary>A value over the epochs that have it.</summary>
    private (double X, double Y)[] Curve(Func<EpochResult, double?> value) =>
        [.. epochs.Where(epoch => value(epoch) is not null).Select(epoch => ((double)epoch.Epoch, value(epoch)!.Value))];

    private void Panel(StringBuilder svg, double x0, string title, (double X, double Y)[] training, (double X, double Y)[] unseen)
    {
        var (width, height) = (Width - Left - Right, Height - Top - Bottom);
        var most = training.Concat(unseen).Select(point => point.Y).Where(double.IsFinite).Append(1e-9).Max() * 1.05;
        double X(double epoch) => x0 + Left + width * epoch / progress.Epochs;
        double Y(double value) => Top + height * (1 - value / most);
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{X(0):0.#} {Top}V{Y(0):0.#}H{X(progress.Epochs):0.#}\" fill=\"none\" stroke=\"#999\"/>");
        foreach (var value in new[] { 0, most / 2, most })
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(0) - 6:0.#}\" y=\"{Y(value) + 4:0.#}\" text-anchor=\"end\">{value:G2}</text>");
        foreach (var epoch in new[] { 0, progress.Epochs })
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(epoch):0.#}\" y=\"{Y(0) + 18:0.#}\" text-anchor=\"middle\">{epoch}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(progress.Epochs / 2.0):0.#}\" y=\"{Y(0) + 32:0.#}\" text-anchor=\"middle\">epoch</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x0 + 12:0.#}\" y=\"{Y(most / 2):0.#}\" text-anchor=\"middle\" transform=\"rotate(-90 {x0 + 12:0.#} {Y(most / 2):0.#})\">{title}</text>");
        // The names stand at the curves' ends, at least a line apart.
        double End((double X, double Y)[] points) => points is [.., var last] ? Y(double.IsFinite(last.Y) ? last.Y : most) : double.NaN;
        var (first, second) = (End(training), End(unseen));
        var push = Math.Max(0, LineHeight - Math.Abs(first - second)) / 2 * (first > second ? 1 : -1);
        Draw("training", FigureColors.Blue, training, double.IsNaN(push) ? 0 : push);
        Draw("unseen", FigureColors.Vermilion, unseen, double.IsNaN(push) ? 0 : -push);

        void Draw(string name, string color, (double X, double Y)[] points, double shift)
        {
            points = [.. points.Where(point => double.IsFinite(point.Y))];
            if (points.Length == 0)
                return;
            var line = string.Join(' ', points.Select(point => $"{Number(X(point.X))},{Number(Y(point.Y))}"));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{line}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"/>");
            var (x, y) = (X(points[^1].X), Y(points[^1].Y));
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"3.5\" fill=\"{color}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + 7:0.#}\" y=\"{y + shift + 4:0.#}\" fill=\"{color}\">{name}</text>");
        }
    }

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}

/// <summary>What a notebook host makes in order to write a training's progress.</summary>
internal sealed class TrainingViewFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() =>
        [new FormatterByName("text/html", value => ((TrainingView)value).ToHtml()), new FormatterByName("text/plain", value => value.ToString()!)];
}
