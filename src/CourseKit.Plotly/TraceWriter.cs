using CourseKit.Interactive;
using Plotly.NET;
using Plotly.NET.TraceObjects;
using static CourseKit.Plotly.DynamicObjExtensions;

namespace CourseKit.Plotly;

/// <summary>Turns one trace of a figure into Plotly.NET's.</summary>
internal static class TraceWriter
{
    public static Trace Write(FigureTrace trace, int panel, PanelBox box, bool inLegend)
    {
        var result = trace switch
        {
            LineTrace line => Line(line),
            BandTrace band => Band(band),
            MarkerTrace markers => Markers(markers),
            BarTrace bars => Bars(bars),
            HistogramTrace histogram => Histogram(histogram),
            HeatmapTrace heatmap => Heatmap(heatmap),
            ContourTrace contour => Contour(contour),
            SurfaceTrace surface => Surface(surface),
            SpaceLineTrace line => SpaceLine(line),
            PictureTrace picture => Picture(picture),
            _ => throw new NotSupportedException($"A trace of type {trace.GetType().Name} cannot be drawn."),
        };
        result.With(("name", trace.Name), ("opacity", trace.Opacity < 1 ? trace.Opacity : null));
        if (trace is LineTrace or MarkerTrace or BarTrace or HistogramTrace or ContourTrace or SpaceLineTrace)
            result.With(("showlegend", inLegend));
        if (trace is FieldTrace { ShowScale: true } and not ContourTrace { Level: not null })
            result.With(("colorbar", box.ColorBar()));
        if (trace is SurfaceTrace or SpaceLineTrace)
            return result.With(("scene", AxisId("scene", panel)));
        return panel == 0 ? result : result.With(("xaxis", AxisId("x", panel)), ("yaxis", AxisId("y", panel)));
    }

    private static Trace Line(LineTrace line) =>
        new Trace("scatter").With(
            ("mode", line.WithMarkers ? "lines+markers" : "lines"),
            ("x", line.X.Encoded()),
            ("y", line.Y.Encoded()),
            ("line", new Line().With(("color", line.Color), ("width", line.Width), ("dash", Style.Dash(line.Dash)))),
            ("marker", line.WithMarkers ? new Marker().With(("color", line.Color), ("size", 6)) : null),
            ("fill", line.Filled ? "tozeroy" : null),
            ("fillcolor", line.Filled ? Style.Tint(line.Color) : null));

    /// <summary>One outline: along the upper curve and back along the lower one.</summary>
    private static Trace Band(BandTrace band) =>
        new Trace("scatter").With(
            ("mode", "lines"),
            ("x", band.X.Concat(band.X.Reverse()).ToArray().Encoded()),
            ("y", band.High.Concat(band.Low.Reverse()).ToArray().Encoded()),
            ("line", new Line().With(("width", 0))),
            ("fill", "toself"),
            ("fillcolor", Style.Tint(band.Color)),
            ("hoverinfo", "skip"),
            ("showlegend", false));

    private static Trace Markers(MarkerTrace markers)
    {
        var ring = markers.Shape == MarkerShape.Ring;
        var outline = ring ? new Line().With(("width", 3))
            : markers.Size > 5 && markers.Values is null ? new Line().With(("width", 1), ("color", "#ffffff")) : null;
        return new Trace("scatter").With(
            ("mode", markers.Shape == MarkerShape.None ? "text" : markers.ShowTexts ? "markers+text" : "markers"),
            ("x", markers.X.Encoded()),
            ("y", markers.Y.Encoded()),
            ("text", markers.Texts?.ToArray()),
            ("hoverinfo", ring ? "skip" : markers.Texts is not null && !markers.ShowTexts ? "text" : null),
            ("textfont", markers.Shape == MarkerShape.None ? new Font().With(("color", markers.Color)) : null),
            ("cliponaxis", markers.ShowTexts ? false : null),
            ("marker", new Marker().With(
                ("symbol", Style.Symbol(markers.Shape)),
                ("size", markers.Size),
                ("color", markers.Values is { } values ? values.Encoded() : markers.Color),
                ("colorscale", markers.Values is null ? null : Style.Scale(ColorScale.LightToDark)),
                ("line", outline))));
    }

    private static Trace Bars(BarTrace bars) =>
        new Trace("bar").With(
            (bars.Horizontal ? "y" : "x", bars.Categories.ToArray()),
            (bars.Horizontal ? "x" : "y", bars.Values.Encoded()),
            ("orientation", bars.Horizontal ? "h" : null),
            ("marker", new Marker().With(("color", bars.Color))),
            ("texttemplate", !bars.ShowValues ? null : bars.Horizontal ? "%{x:.4~g}" : "%{y:.4~g}"),
            ("textposition", bars.ShowValues ? "outside" : null),
            ("cliponaxis", bars.ShowValues ? false : null),
            (bars.Horizontal ? "error_x" : "error_y", bars.Errors is null ? null
                : new Error().With(("type", "data"), ("array", bars.Errors.Encoded()), ("color", FigureColors.Ink), ("thickness", 1.5), ("width", 5))));

    private static Trace Histogram(HistogramTrace histogram)
    {
        var width = histogram.Edges[1] - histogram.Edges[0];
        return new Trace("bar").With(
            ("x", histogram.Edges.Take(histogram.Heights.Count).Select(edge => edge + width / 2).ToArray().Encoded()),
            ("y", histogram.Heights.Encoded()),
            ("width", width),
            ("marker", new Marker().With(("color", histogram.Color), ("line", new Line().With(("width", 0.5), ("color", "#ffffff"))))));
    }

    private static Trace Heatmap(HeatmapTrace heatmap) =>
        Field("heatmap", heatmap).With(
            ("zsmooth", heatmap.Smooth ? "best" : null),
            ("hoverinfo", heatmap.ShowScale ? null : "skip"),
            ("texttemplate", heatmap.ShowValues ? "%{z:.3~g}" : null));

    private static Trace Contour(ContourTrace contour)
    {
        var trace = Field("contour", contour);
        var line = new Line().With(("width", contour.Width), ("color", contour.Level is null && !contour.Filled ? null : contour.Color ?? "#ffffff"));
        return contour.Level is { } level
            ? trace.With(("autocontour", false), ("line", line), ("hoverinfo", "skip"), ("showscale", false),
                ("contours", new Contours().With(("start", level), ("end", level), ("size", 1), ("coloring", contour.Filled ? "heatmap" : "none"))))
            : trace.With(("ncontours", 15), ("line", line), ("contours", new Contours().With(("coloring", contour.Filled ? "fill" : "lines"))));
    }

    private static Trace Surface(SurfaceTrace surface)
    {
        var trace = Field("surface", surface);
        return trace.With(("cmin", surface.Low), ("cmax", surface.High));
    }

    private static Trace SpaceLine(SpaceLineTrace line) =>
        new Trace("scatter3d").With(
            ("mode", "lines+markers"),
            ("x", line.X.Encoded()),
            ("y", line.Y.Encoded()),
            ("z", line.Z.Encoded()),
            ("line", new Line().With(("color", line.Color), ("width", 5))),
            ("marker", new Marker().With(("color", line.Color), ("size", 3))));

    private static Trace Picture(PictureTrace picture) =>
        new Trace("heatmap").With(
            ("z", picture.Pixels.Encoded(picture.Rows, picture.Columns)),
            ("zmin", 0), ("zmax", 255), ("showscale", false), ("hoverinfo", "skip"), ("colorscale", Style.Scale(picture.Scale)));

    private static Trace Field(string type, FieldTrace field) =>
        new Trace(type).With(
            ("z", field.Z.Encoded(field.Rows, field.Columns)),
            ("x", field.X?.Encoded()),
            ("y", field.Y?.Encoded()),
            ("zmin", type == "surface" ? null : field.Low),
            ("zmax", type == "surface" ? null : field.High),
            ("colorscale", Style.Scale(field.Scale)),
            ("showscale", field.ShowScale));
}
