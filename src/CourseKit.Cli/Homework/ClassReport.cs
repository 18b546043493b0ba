using System.Globalization;
using System.Net;
using System.Text;
using Spectre.Console;

namespace CourseKit.Cli;

/// <summary>What a task did to a class.</summary>
/// <param name="GradeId">The task.</param>
/// <param name="Solved">How many solved it.</param>
/// <param name="Of">How many were graded.</param>
/// <param name="Hint">The hint that was given most; null where none was.</param>
/// <param name="Times">How often.</param>
public sealed record TaskStatistics(string GradeId, int Solved, int Of, string? Hint, int Times);

/// <summary>A class's grades, summed up.</summary>
internal sealed class ClassReport
{
    private readonly string name;

    private ClassReport(string name, IReadOnlyList<Grade> grades)
    {
        this.name = name;
        Refused = [.. grades.Where(grade => grade.Refusal is not null)];
        var graded = grades.Where(grade => grade.Refusal is null).ToList();
        Graded = graded.Count;
        Maximum = grades.Max(grade => grade.Maximum);
        Mean = graded.Count > 0 ? graded.Average(grade => grade.Points) : 0;
        Median = graded.Count > 0 ? MiddleOf([.. graded.Select(grade => grade.Points).Order()]) : 0;
        Histogram = [.. Enumerable.Range(0, (int)Math.Ceiling(Maximum) + 1).Select(points => graded.Count(grade => (int)Math.Floor(grade.Points) == points))];
        Tasks = [.. graded.SelectMany(grade => grade.Tasks).GroupBy(task => task.GradeId).Select(task =>
        {
            var hint = task.SelectMany(one => one.Probes.Select(probe => probe.Hint).OfType<string>().Distinct()).GroupBy(text => text).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).FirstOrDefault();
            return new TaskStatistics(task.Key, task.Count(one => one.Points >= one.Maximum), task.Count(), hint?.Key, hint?.Count() ?? 0);
        })];
        Alike = Similarity.Pairs(graded);
    }

    public int Graded { get; }

    public IReadOnlyList<Grade> Refused { get; }

    public double Maximum { get; }

    public double Mean { get; }

    public double Median { get; }

    /// <summary>How many have 0 points and more, 1 and more, and so on.</summary>
    public IReadOnlyList<int> Histogram { get; }

    public IReadOnlyList<TaskStatistics> Tasks { get; }

    public IReadOnlyList<AlikePair> Alike { get; }

    /// <summary>Reads the grades of a folder that <c>grade</c> has filled.</summary>
    /// <exception cref="CommandException">There are none, or some of another homework.</exception>
    public static ClassReport Read(string folder)
    {
        var details = Path.Combine(folder, "details");
        if (!Directory.Exists(details))
            throw new CommandException($"{folder} holds no grades: it is the folder that 'coursekit homework grade' has written, with details in it.");
        var grades = Directory.GetFiles(details, "*.json").Order(StringComparer.Ordinal).Select(Grade.Load).OfType<Grade>().ToList();
        return grades.Select(grade => grade.Assignment).Distinct().Order(StringComparer.Ordinal).ToList() switch
        {
            [] => throw new CommandException($"{details}: there are no grades in it."),
            [var only] => new ClassReport(only, grades),
            var several => throw new CommandException($"{details} holds grades of {string.Join(" and of ", several)}: give each homework a folder of its own, by --output of 'grade'."),
        };
    }

    /// <summary>Shows it on a terminal.</summary>
    public void Show(IAnsiConsole console)
    {
        console.MarkupLineInterpolated($"[bold]{name}[/]: {Graded} graded, {Refused.Count} refused; mean {GraderCell.PointsText(Mean)}, median {GraderCell.PointsText(Median)} of {GraderCell.PointsText(Maximum)}");
        var tasks = new Table().Border(TableBorder.Rounded).AddColumns("task", "solved", "most frequent hint");
        foreach (var task in Tasks)
            tasks.AddRow(new Text(task.GradeId), new Text(Share(task)), new Text(HintText(task)));
        console.Write(tasks);
        var chart = new BarChart().Width(60).Label("points");
        for (var points = 0; points < Histogram.Count; points++)
            chart.AddItem(points.ToString(CultureInfo.InvariantCulture), Histogram[points], Color.SteelBlue);
        console.Write(chart);
        if (Alike.Count > 0)
        {
            var pairs = new Table().Border(TableBorder.Rounded).AddColumns("look alike", "", "shared");
            foreach (var pair in Alike.Take(20))
                pairs.AddRow(new Text(pair.First), new Text(pair.Second), new Text(Percent(pair.Share)));
            console.Write(pairs);
        }
    }

    /// <summary>The same as a page.</summary>
    public string Html()
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $$"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>{{Encoded(name)}}</title><style>
            body{font:16px/1.5 system-ui,sans-serif;max-width:54rem;margin:2rem auto;padding:0 1rem}td,th{padding:.3rem .6rem;text-align:left;border-bottom:1px solid #ddd}
            .bar{background:#4682b4;height:1rem;display:inline-block;vertical-align:middle}</style></head><body>
            <h1>{{Encoded(name)}}</h1><p>{{Graded}} graded, {{Refused.Count}} refused; mean {{GraderCell.PointsText(Mean)}}, median {{GraderCell.PointsText(Median)}} of {{GraderCell.PointsText(Maximum)}} points.</p>
            <h2>Tasks</h2><table><tr><th>task</th><th>solved</th><th>most frequent hint</th></tr>

            """);
        foreach (var task in Tasks)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Encoded(task.GradeId)}</td><td>{Share(task)}</td><td>{Encoded(HintText(task))}</td></tr>\n");
        html.Append("</table><h2>Points</h2><table>\n");
        for (var points = 0; points < Histogram.Count; points++)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{points}</td><td><span class=\"bar\" style=\"width:{30.0 * Histogram[points] / Math.Max(1, Histogram.Max()):0.##}rem\"></span> {Histogram[points]}</td></tr>\n");
        html.Append("</table><h2>Look alike</h2><p>Names and comments are left out, and what many share. A likeness is a reason to read both, not a proof.</p><table>\n");
        foreach (var pair in Alike)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Encoded(pair.First)}</td><td>{Encoded(pair.Second)}</td><td>{Percent(pair.Share)} of {pair.Pieces} pieces</td></tr>\n");
        html.Append("</table><h2>Refused</h2><table>\n");
        foreach (var grade in Refused)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Encoded(grade.Student)}</td><td>{Encoded(grade.Refusal!)}</td></tr>\n");
        return html.Append("</table></body></html>\n").ToString();
    }

    private static double MiddleOf(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private static string Share(TaskStatistics task) => string.Create(CultureInfo.InvariantCulture, $"{task.Solved} of {task.Of} ({Percent((double)task.Solved / task.Of)})");

    private static string HintText(TaskStatistics task) => task.Hint is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{task.Hint} ({task.Times} times)");

    private static string Percent(double share) => (100 * share).ToString("0", CultureInfo.InvariantCulture) + " %";

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
