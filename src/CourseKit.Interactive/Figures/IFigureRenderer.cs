namespace CourseKit.Interactive;

/// <summary>Turns a figure into what plotly.js draws. The one implementation is CourseKit.Plotly, loaded from the kit's folder <c>plotly</c>.</summary>
public interface IFigureRenderer
{
    /// <summary>The plotly.js that comes with it, whole: nothing is fetched from a network.</summary>
    string PlotlyJavaScript { get; }

    /// <summary>The figure as a JSON object with <c>data</c>, <c>layout</c>, <c>config</c> and, if it is animated, <c>frames</c>.</summary>
    string ToJson(Figure figure);
}
