using CourseKit.Kernel;

namespace CourseKit.Cli.Tests.Homework;

/// <summary>What a run of the grader believes of earlier runs, and of the instructor's process.</summary>
public sealed class GraderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SandboxFact]
    public async Task A_grade_that_was_made_without_a_sandbox_is_not_taken_over_by_a_run_with_one()
    {
        var submission = new Submission("anna", _folder.Write("anna.ipynb", HomeworkNotebooks.Json(HomeworkNotebooks.Submitted(HomeworkNotebooks.Solutions["cube"], null))), null);
        async Task<Grade> GradeAsync(Sandbox? sandbox, Grade? earlier)
        {
            using var grader = await Grader.StartAsync(Small(), HomeworkNotebooks.Place, sandbox, new GradeLimits(), null, CancellationToken.None);
            return await grader.GradeAsync(submission, earlier, CancellationToken.None);
        }

        var open = await GradeAsync(null, null);
        Assert.Same(open, await GradeAsync(null, open));
        var closed = await GradeAsync(Sandbox.Find(out _), open);
        Assert.NotSame(open, closed);
        Assert.True(closed.Sandboxed);
        Assert.Same(closed, await GradeAsync(null, closed));
    }

    [Fact]
    public async Task The_instructors_process_is_begun_again_when_it_has_ended()
    {
        var assignment = Small($$"""static class Tired { static int asked; public static double[] Answer(double[] xs) { if (++asked > {{2 * Interactive.Probe.Draws}}) Environment.Exit(0); return xs; } }""", "this is the input", "Tired.Answer([.. xs])");
        using var reference = await ReferenceHost.StartAsync(assignment, HomeworkNotebooks.Place, CancellationToken.None);
        for (var seed = 1; seed <= 4; seed++)
            Assert.NotEmpty(Assert.Single((await reference.AnswersAsync(seed, CancellationToken.None))[0]).Expected.Draws);
    }

    [Fact]
    public async Task What_goes_wrong_with_one_does_not_end_the_others_grading()
    {
        var work = _folder.Write("work.ipynb", HomeworkNotebooks.Json(HomeworkNotebooks.Submitted(HomeworkNotebooks.Solutions["cube"], null)));
        var output = Path.Combine(_folder.Path, "grades");
        Directory.CreateDirectory(GradeBatch.DetailsPath(output, "anna")); // where her grade should be is something else
        using var grader = await Grader.StartAsync(Small(), HomeworkNotebooks.Place, null, new GradeLimits(), null, CancellationToken.None);
        var grades = await GradeBatch.RunAsync(grader, Small(), [new("anna", work, null), new("ben", work, null)], output, 1, (_, _) => { }, CancellationToken.None);
        Assert.Contains("it could not be graded", grades[0].Refusal, StringComparison.Ordinal);
        Assert.Equal((null, 1.0), (grades[1].Refusal, grades[1].Points));
        Assert.True(File.Exists(GradeBatch.GradebookPath(output)));
    }

    private Assignment Small(string? helper = null, string hint = "this is the square", string mistake = "xs.Select(x => x * x)")
    {
        var cells = HomeworkNotebooks.Small();
        var test = cells.Single(cell => (string?)cell["id"] == "check-cube");
        test["source"] = ((string)test["source"]!).Replace("// BEGIN HIDDEN TESTS", $"// BEGIN HIDDEN TESTS\n{helper}", StringComparison.Ordinal)
            .Replace("(\"this is the square\", xs => xs.Select(x => x * x))", $"(\"{hint}\", xs => {mistake})", StringComparison.Ordinal);
        return Assignment.Load(_folder.Write("small.ipynb", HomeworkNotebooks.Json(cells)));
    }
}
