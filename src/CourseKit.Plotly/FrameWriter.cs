using CourseKit.Interactive;
using Newtonsoft.Json.Linq;

namespace CourseKit.Plotly;

/// <summary>
/// The moments of an animated figure, its slider and its buttons, as plotly.js's own JSON: Plotly.NET has objects for neither a frame's
/// data nor the animate call. A frame holds only what differs from the figure.
/// </summary>
internal static class FrameWriter
{
    private const int ControlsTop = 58;
    private const double ButtonsWidth = 150;

    public static void Merge(JObject whole, Figure figure, double innerWidth, Func<IReadOnlyList<FigurePanel>, string?, JObject> draw)
    {
        var frames = new JArray();
        var data = (JArray)whole["data"]!;
        foreach (var frame in figure.Frames)
        {
            var moment = draw(figure.PanelsAt(frame), frame.Title ?? figure.Title);
            var (changed, indices) = (new JArray(), new JArray());
            foreach (var k in Replaced(figure, frame))
            {
                changed.Add(Difference((JObject)data[k], (JObject)((JArray)moment["data"]!)[k]));
                indices.Add(k);
            }

            var layout = new JObject();
            foreach (var name in (string[])["title", "annotations", "shapes"])
                if (moment["layout"]![name] is { } value && !JToken.DeepEquals(value, whole["layout"]![name]))
                    layout[name] = value;
                else if (frame.Title is not null && name == "title")
                    layout[name] = moment["layout"]![name];
                else if (figure.Frames.Any(other => other.Marks is not null) && name != "title")
                    layout[name] = moment["layout"]![name] ?? new JArray();
            frames.Add(new JObject { ["name"] = frame.Name, ["data"] = changed, ["traces"] = indices, ["layout"] = layout });
        }

        whole["frames"] = frames;
        if (figure.Frames.Count > 1)
        {
            var layout = (JObject)whole["layout"]!;
            layout["sliders"] = new JArray(Slider(figure, ButtonsWidth / innerWidth));
            layout["updatemenus"] = new JArray(Buttons(figure));
        }
    }

    private static IEnumerable<int> Replaced(Figure figure, FigureFrame frame)
    {
        FigureTrace[] all = [.. figure.Panels.SelectMany(panel => panel.Traces)];
        foreach (var (original, now) in frame.Replacements)
        {
            var k = Array.FindIndex(all, trace => ReferenceEquals(trace, original));
            if (k < 0)
                throw new InvalidOperationException($"Frame {frame.Name} replaces a trace ({original.Name ?? original.GetType().Name}) that is not in the figure.");
            if (now.GetType() != original.GetType())
                throw new InvalidOperationException($"Frame {frame.Name} replaces a {original.GetType().Name} by a {now.GetType().Name}; both must be of the same kind.");
            yield return k;
        }
    }

    private static JObject Difference(JObject original, JObject now)
    {
        var result = new JObject { ["type"] = now["type"] };
        foreach (var (name, value) in now)
            if (!JToken.DeepEquals(value, original[name]))
                result[name] = value;

        // plotly merges frames onto what the frame before left: what defines the data is always said.
        foreach (var name in (string[])["x", "y", "z", "text"])
            if (now[name] is { } value && !(original[name] is { } before && name is "x" or "y" && now["z"] is not null && JToken.DeepEquals(before, value)))
                result[name] = value;
        return result;
    }

    private static JObject Slider(Figure figure, double from) => new()
    {
        ["active"] = 0,
        ["x"] = from,
        ["len"] = 1 - from,
        ["xanchor"] = "left",
        ["y"] = 0,
        ["yanchor"] = "top",
        ["pad"] = new JObject { ["t"] = ControlsTop, ["b"] = 4 },
        ["currentvalue"] = new JObject { ["prefix"] = figure.FramePrefix, ["xanchor"] = "left", ["font"] = new JObject { ["size"] = 14 } },
        ["steps"] = new JArray(figure.Frames.Select(frame => new JObject
        {
            ["label"] = frame.Name,
            ["method"] = "animate",
            ["args"] = new JArray(new JArray(frame.Name), Animation(0)),
        })),
    };

    private static JObject Buttons(Figure figure) => new()
    {
        ["type"] = "buttons",
        ["direction"] = "left",
        ["showactive"] = false,
        ["x"] = 0,
        ["xanchor"] = "left",
        ["y"] = 0,
        ["yanchor"] = "top",
        ["pad"] = new JObject { ["t"] = ControlsTop + 14, ["r"] = 10 },
        ["buttons"] = new JArray(
            new JObject { ["label"] = "\u25b6 Play", ["method"] = "animate", ["args"] = new JArray(JValue.CreateNull(), Playing(figure.FrameMilliseconds)) },
            new JObject { ["label"] = "Pause", ["method"] = "animate", ["args"] = new JArray(new JArray(JValue.CreateNull()), Animation(0)) }),
    };

    private static JObject Playing(int milliseconds)
    {
        var options = Animation(milliseconds);
        options["fromcurrent"] = true;
        return options;
    }

    private static JObject Animation(int milliseconds) => new()
    {
        ["mode"] = "immediate",
        ["frame"] = new JObject { ["duration"] = milliseconds, ["redraw"] = true },
        ["transition"] = new JObject { ["duration"] = 0 },
    };
}
