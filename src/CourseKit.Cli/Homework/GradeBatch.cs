using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>Grades all that was handed in, several at once, and can be stopped and gone on with at any time.</summary>
/// <remarks>Each grade is a file of its own as soon as it is known; the gradebook is put together from the files at the end.</remarks>
public static class GradeBatch
{
    /// <summary>Where a student's grade is kept.</summary>
    public static string DetailsPath(string output, string student) => Path.Combine(output, "details", SubmissionFolder.Key(student) + ".json");

    /// <summary>Where a student's page is.</summary>
    public static string FeedbackPath(string output, string student) => Path.Combine(output, "feedback", SubmissionFolder.Key(student) + ".html");

    /// <summary>The gradebook.</summary>
    public static string GradebookPath(string output) => Path.Combine(output, "grades.csv");

    /// <summary>Grades them.</summary>
    /// <param name="grader">Grades one.</param>
    /// <param name="assignment">The homework.</param>
    /// <param name="submissions">What was handed in.</param>
    /// <param name="output">The folder of the results.</param>
    /// <param name="width">How many at once.</param>
    /// <param name="graded">Is told of each, with whether it was taken over from an earlier run.</param>
    /// <param name="ct">Stops it; what is known by then is kept.</param>
    /// <returns>The grades, in the order of the submissions.</returns>
    public static async Task<IReadOnlyList<Grade>> RunAsync(
        Grader grader, Assignment assignment, IReadOnlyList<Submission> submissions, string output, int width, Action<Grade, bool> graded, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(grader);
        ArgumentNullException.ThrowIfNull(submissions);
        ArgumentNullException.ThrowIfNull(graded);
        var grades = new Grade[submissions.Count];
        await Parallel.ForAsync(0, submissions.Count, new ParallelOptions { MaxDegreeOfParallelism = width, CancellationToken = ct }, async (i, stop) =>
        {
            var path = DetailsPath(output, submissions[i].Student);
            Grade? earlier = null;
            Grade grade;
            try
            {
                earlier = Grade.Load(path);
                grade = await grader.GradeAsync(submissions[i], earlier, stop);
                if (!ReferenceEquals(grade, earlier))
                    grade.Save(path);
                WriteFeedback(grade);
            }
            catch (Exception error) when (error is not (OperationCanceledException or CommandException))
            {
                // Most likely the machine's fault: it is said, not kept, and tried again by the next run. Whatever it is, the others are graded.
                grade = grader.Refused(submissions[i], $"it could not be graded, run the command again: {error.Message}");
                WriteFeedback(grade);
            }

            grades[i] = grade;
            graded(grade, ReferenceEquals(grade, earlier));
        });
        WholeFile.Write(GradebookPath(output), "\uFEFF" + Gradebook.Csv(assignment, grades)); // without the mark Excel takes Chinese names for another encoding
        return grades;

        void WriteFeedback(Grade grade) => WholeFile.Write(FeedbackPath(output, grade.Student), FeedbackPage.Render(grade));
    }

    /// <summary>How many fit this machine at once.</summary>
    public static int Width(GradeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return NotebookBatch.Width(Environment.ProcessorCount, FreeMemory.Bytes(), limits.Process.MemoryBytes);
    }
}

/// <summary>The table that goes into a gradebook.</summary>
internal static class Gradebook
{
    /// <summary>One line a student: the machine's points, each task's, each question's (0 where nothing was written, else empty), and the reason of a refusal.</summary>
    public static string Csv(Assignment assignment, IReadOnlyList<Grade> grades)
    {
        var lines = new List<string>
        {
            Line(["student", "points", "maximum", .. assignment.Tasks.Select(task => task.GradeId), .. assignment.Written.Select(question => question.GradeId), "state", "reason"]),
        };
        lines.AddRange(grades.OrderBy(grade => grade.Student, StringComparer.Ordinal).Select(grade => Line(
        [
            grade.Student, GraderCell.PointsText(grade.Points), GraderCell.PointsText(grade.Maximum), .. grade.Tasks.Select(task => GraderCell.PointsText(task.Points)),
            .. grade.Written.Select(answer => answer.Text is null ? "0" : ""), grade.Refusal is null ? "graded" : "refused", grade.Refusal ?? "",
        ])));
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static string Line(IEnumerable<string> fields) => string.Join(',', fields.Select(Field));

    /// <summary>A field of RFC 4180; one that a spreadsheet would take for a formula gets an apostrophe.</summary>
    private static string Field(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\n\r") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
