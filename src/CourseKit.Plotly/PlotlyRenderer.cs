using CourseKit.Interactive;
using Microsoft.FSharp.Collections;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Plotly.NET;

namespace CourseKit.Plotly;

/// <summary>Draws figures with Plotly.NET; CourseKit.Interactive finds it by this name.</summary>
public sealed class PlotlyRenderer : IFigureRenderer
{
    private readonly Lazy<string> plotlyJavaScript = new(ReadPlotly);

    /// <inheritdoc/>
    public string PlotlyJavaScript => plotlyJavaScript.Value;

    /// <inheritdoc/>
    public string ToJson(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        if (figure.Frames.GroupBy(frame => frame.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InvalidOperationException($"Two frames of the figure have the name {twice.Key}; the slider needs different ones.");

        // An animated figure shows its first moment until it is played.
        var whole = figure.Frames.Count > 0 ? At(figure.Frames[0]) : Draw(figure, figure.Panels, figure.Title);
        if (figure.Frames.Count > 0)
            FrameWriter.Merge(whole, figure, new FigureBoxes(figure, HasLegend(figure)), At);
        whole["config"] = new JObject
        {
            ["responsive"] = true,
            ["displaylogo"] = false,
            ["modeBarButtonsToRemove"] = new JArray("lasso2d", "select2d", "autoScale2d"),
        };
        return whole.ToString(Formatting.None);

        JObject At(FigureFrame frame) => Draw(figure, figure.PanelsAt(frame), frame.Title ?? figure.Title);
    }

    private static JObject Draw(Figure figure, IReadOnlyList<FigurePanel> panels, string? title)
    {
        var named = new HashSet<string>();
        var hasLegend = HasLegend(figure);
        var boxes = new FigureBoxes(figure, hasLegend);
        var traces = panels.SelectMany((panel, i) => Coloured(panel.Traces).Select(trace =>
            TraceWriter.Write(trace, i, boxes.Boxes[i], hasLegend && MayStandInLegend(trace) && named.Add(trace.Name!))));
        var chart = GenericChart.setLayout(LayoutWriter.Write(panels, title, boxes, hasLegend), GenericChart.ofTraceObjects(false, ListModule.OfSeq(traces)));

        // Not JObject.Parse: it takes a text that looks like a date for one.
        using var reader = new JsonTextReader(new StringReader(GenericChart.toJson(chart))) { DateParseHandling = DateParseHandling.None };
        var json = JObject.Load(reader);
        return new JObject { ["data"] = json["data"], ["layout"] = json["layout"] };
    }

    private static bool HasLegend(Figure figure)
    {
        var entries = figure.Panels.SelectMany(panel => panel.Traces).Where(MayStandInLegend).Select(trace => trace.Name).Distinct().Count();
        return figure.ShowLegend switch { true => entries > 0, false => false, null => entries > 1 };
    }

    private static bool MayStandInLegend(FigureTrace trace) =>
        trace is { InLegend: true, Name: not null } and not LineTrace { LabelAtEnd: true } and not BandTrace and not PictureTrace and not HeatmapTrace and not SurfaceTrace;

    private static IEnumerable<FigureTrace> Coloured(IEnumerable<FigureTrace> traces)
    {
        var next = 0;
        foreach (var trace in traces)
        {
            var takesOne = trace is LineTrace or BandTrace or MarkerTrace or BarTrace or HistogramTrace or SpaceLineTrace;
            yield return takesOne && trace.Color is null ? trace with { Color = FigureColors.Of(next) } : trace;
            next += takesOne ? 1 : 0;
        }
    }

    private static string ReadPlotly()
    {
        var assembly = typeof(GenericChart).Assembly;
        var name = assembly.GetManifestResourceNames().FirstOrDefault(resource => resource.EndsWith(".min.js", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} {assembly.GetName().Version} holds no plotly.js.");
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
