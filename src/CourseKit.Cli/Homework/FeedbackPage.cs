using System.Globalization;
using System.Net;
using System.Text;

namespace CourseKit.Cli;

/// <summary>The page that a student gets back. Nothing of a submission is on it but as text.</summary>
internal static class FeedbackPage
{
    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#222}
        table{border-collapse:collapse;width:100%}td,th{padding:.4rem .6rem;border-bottom:1px solid #ddd;text-align:left;vertical-align:top}
        td.n{text-align:right;white-space:nowrap}.no{color:#a11}.yes{color:#171}pre{white-space:pre-wrap;background:#f6f6f6;padding:.6rem}
        """;

    public static string Render(Grade grade)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{Text(grade.Assignment)}: {Text(grade.Student)}</title><style>{Style}</style></head><body>
            <h1>{Text(grade.Assignment)}</h1><p>{Text(grade.Student)}</p>

            """);
        if (grade.Refusal is not null)
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"no\"><b>Not graded:</b> {Text(grade.Refusal)}</p>\n");
        html.Append(CultureInfo.InvariantCulture, $"<p><b>{GraderCell.PointsText(grade.Points)} of {GraderCell.PointsText(grade.Maximum)} points</b> for the code{(grade.Written.Count > 0 ? "; the written questions are graded by a person" : "")}.</p>\n");
        html.Append("<table><tr><th>task</th><th>points</th><th></th></tr>\n");
        foreach (var task in grade.Tasks)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(task.GradeId)}</td><td class=\"n\">{GraderCell.PointsText(task.Points)} / {GraderCell.PointsText(task.Maximum)}</td><td>");
            foreach (var probe in task.Probes)
                html.Append(CultureInfo.InvariantCulture, $"<div class=\"{(probe.Passed ? "yes" : "no")}\">{Text(probe.What)}: {(probe.Passed ? "right" : Text(probe.Hint ?? ""))}</div>");
            html.Append("</td></tr>\n");
        }

        html.Append("</table>\n");
        List(html, "Cells that failed", grade.Faults.Select(fault => $"{fault.Cell}: {fault.Fault}"));
        List(html, "Noticed", grade.Notes);
        foreach (var answer in grade.Written)
            html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(answer.GradeId)} <small>(up to {GraderCell.PointsText(answer.Maximum)} points)</small></h2><pre>{Text(answer.Text ?? "Nothing was written.")}</pre>\n");
        return html.Append("</body></html>\n").ToString();
    }

    private static void List(StringBuilder html, string title, IEnumerable<string> items)
    {
        var all = items.ToList();
        if (all.Count > 0)
            html.Append(CultureInfo.InvariantCulture, $"<h2>{title}</h2><ul>{string.Concat(all.Select(item => $"<li>{Text(item)}</li>"))}</ul>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
