using CourseKit.Interactive;
using Newtonsoft.Json.Linq;

namespace CourseKit.Plotly;

/// <summary>
/// The moments of an animated figure, its slider and its buttons, as plotly.js's own JSON: Plotly.NET has objects for neither a frame's
/// data nor the animate call. A frame holds only what changes in the course of the animation.
/// </summary>
internal static class FrameWriter
{
    private const double ButtonsWidth = 150;

    public static void Merge(JObject whole, Figure figure, FigureBoxes boxes, Func<FigureFrame, JObject> draw)
    {
        JObject[] moments = [.. figure.Frames.Select(draw)];
        int[] replaced = [.. figure.Frames.SelectMany(frame => Replaced(figure, frame)).Distinct().Order()];

        // plotly lays a frame over what is shown, and the slider can jump to any frame: what changes anywhere is said by each.
        var changing = replaced.ToDictionary(k => k, k => Changing([.. moments.Select(moment => (JObject)moment["data"]![k]!)]));
        var layoutChanging = Changing([.. moments.Select(moment => (JObject)moment["layout"]!)]).Intersect(["title", "annotations", "shapes"]).ToArray();
        whole["frames"] = new JArray(moments.Select((moment, i) => new JObject
        {
            ["name"] = figure.Frames[i].Name,
            ["traces"] = new JArray(replaced),
            ["data"] = new JArray(replaced.Select(k => Part((JObject)moment["data"]![k]!, changing[k].Prepend("type")))),
            ["layout"] = Part((JObject)moment["layout"]!, layoutChanging),
        }));
        if (figure.Frames.Count > 1)
        {
            var layout = (JObject)whole["layout"]!;
            layout["sliders"] = new JArray(Slider(figure, boxes));
            layout["updatemenus"] = new JArray(Buttons(figure, boxes));
        }
    }

    /// <summary>The members that are not the same in all the objects.</summary>
    private static string[] Changing(JObject[] objects) =>
        [.. objects.SelectMany(one => one.Properties().Select(property => property.Name)).Distinct()
            .Where(name => objects.Any(one => !JToken.DeepEquals(one[name], objects[0][name])))];

    private static JObject Part(JObject whole, IEnumerable<string> names)
    {
        var part = new JObject();
        foreach (var name in names)
            part[name] = whole[name] ?? (name is "annotations" or "shapes" ? new JArray() : JValue.CreateNull());
        return part;
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

    private static JObject Slider(Figure figure, FigureBoxes boxes) => new()
    {
        ["active"] = 0,
        ["x"] = 0,
        ["len"] = 1,
        ["xanchor"] = "left",
        ["y"] = 0,
        ["yanchor"] = "top",
        // In pixels, as the buttons are: a share of the width would shrink with the page, and the slider would lie over them.
        ["pad"] = new JObject { ["l"] = ButtonsWidth, ["t"] = boxes.AxisRoom + 4, ["b"] = 4 },
        ["currentvalue"] = new JObject { ["prefix"] = figure.FramePrefix, ["xanchor"] = "left", ["font"] = new JObject { ["size"] = 14 } },
        ["steps"] = new JArray(figure.Frames.Select(frame => new JObject
        {
            ["label"] = frame.Name,
            ["method"] = "animate",
            ["args"] = new JArray(new JArray(frame.Name), Animation(0)),
        })),
    };

    private static JObject Buttons(Figure figure, FigureBoxes boxes) => new()
    {
        ["type"] = "buttons",
        ["direction"] = "left",
        ["showactive"] = false,
        ["x"] = 0,
        ["xanchor"] = "left",
        ["y"] = 0,
        ["yanchor"] = "top",
        ["pad"] = new JObject { ["t"] = boxes.AxisRoom + 18, ["r"] = 10 },
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
