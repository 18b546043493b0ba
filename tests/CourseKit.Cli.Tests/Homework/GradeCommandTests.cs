using CourseKit.Kernel;
using CourseKit.Testing;
using Spectre.Console.Testing;

namespace CourseKit.Cli.Tests.Homework;

/// <summary>The commands, on a small class.</summary>
public sealed class GradeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _out = new(), _error = new();
    private readonly string _homework, _submitted;

    public GradeCommandTests()
    {
        _homework = _folder.Write("small.ipynb", HomeworkNotebooks.Json(HomeworkNotebooks.Small()));
        _submitted = Path.Combine(_folder.Path, "submitted");
        var (cube, sums) = (HomeworkNotebooks.Solutions["cube"], HomeworkNotebooks.Solutions["sums"]);
        Submit("anna", cube, sums);
        Submit("ben", cube.Replace("square", "s", StringComparison.Ordinal), sums.Replace("total", "t", StringComparison.Ordinal));
        Submit("carl", "double Cube(double x) => x * x;", sums);
        Submit("dora", null, null);
        _folder.Write("submitted/erik.ipynb", "{");
        _folder.Write("submitted/fay/small.ipynb", HomeworkNotebooks.Json(HomeworkNotebooks.Submitted(cube, null)));
        _folder.Write("submitted/gus/small/small.ipynb", HomeworkNotebooks.Json(HomeworkNotebooks.Submitted(null, sums, "YOUR ANSWER HERE")));
    }

    public void Dispose() => _folder.Dispose();

    [LongFact]
    public async Task A_class_is_graded_at_once_or_in_parts_or_one_by_one_and_the_gradebook_is_the_same()
    {
        // At once.
        Assert.True(await Grade("whole") == 0, _error.ToString());
        Assert.Equal("""
            student,points,maximum,check-cube,check-sums,why,state,reason
            anna,3,3,1,2,,graded,
            ben,3,3,1,2,,graded,
            carl,2,3,0,2,,graded,
            dora,0,3,0,0,,graded,
            erik,0,3,0,0,0,refused,"the notebook: not JSON from line 1, byte 2 on; the file is cut off or damaged."
            fay,1,3,1,0,,graded,
            gus,2,3,0,2,0,graded,

            """.ReplaceLineEndings("\n"), File.ReadAllText(Gradebook("whole")));
        Assert.Equal([0xEF, 0xBB, 0xBF], File.ReadAllBytes(Gradebook("whole"))[..3]); // for Excel
        Assert.Contains("this is the square", File.ReadAllText(GradeBatch.FeedbackPath(In("whole"), "carl")), StringComparison.Ordinal);

        // Stopped half-way, damaged, and gone on with.
        var assignment = Assignment.Load(_homework);
        var submissions = SubmissionFolder.Find(_submitted, "small");
        using (var grader = await Grader.StartAsync(assignment, HomeworkNotebooks.Place, Sandbox.Find(out _), new GradeLimits(), null, CancellationToken.None))
        {
            using var stop = new CancellationTokenSource();
            var done = 0;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => GradeBatch.RunAsync(grader, assignment, submissions, In("parts"), 2, (_, _) =>
            {
                if (Interlocked.Increment(ref done) == 2)
                    stop.Cancel();
            }, stop.Token));
            Assert.False(File.Exists(Gradebook("parts")));
            var known = Directory.GetFiles(Path.Combine(In("parts"), "details"));
            Assert.InRange(known.Length, 2, submissions.Count - 1);
            File.WriteAllText(known[0], File.ReadAllText(known[0])[..100]); // as a machine that lost its power leaves it
            File.WriteAllText(Path.Combine(In("parts"), "details", ".anna.json.1234"), "{");
            var again = 0;
            await GradeBatch.RunAsync(grader, assignment, submissions, In("parts"), 2, (_, old) => Interlocked.Add(ref again, old ? 0 : 1), CancellationToken.None);
            Assert.Equal(submissions.Count - known.Length + 1, again);
            Assert.Equal(File.ReadAllBytes(Gradebook("whole")), File.ReadAllBytes(Gradebook("parts")));
        }

        // One by itself, as a batch system does it, in the place of the one that is known.
        File.Delete(GradeBatch.DetailsPath(In("parts"), "anna"));
        Assert.Equal(0, await Invoke("homework", "grade", "--one", Path.Combine(_submitted, "anna.ipynb"), "--homework", _homework, "--output", Path.Combine(In("parts"), "details") + "/"));
        Assert.Equal(0, await Grade("parts"));
        Assert.Contains("7 submissions (7 from an earlier run, 1 refused)", _out.ToString(), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Gradebook("whole")), File.ReadAllBytes(Gradebook("parts")));

        // And summed up.
        Assert.Equal(0, await Invoke("homework", "report", In("parts")));
        var report = File.ReadAllText(Path.Combine(In("parts"), "report.html"));
        Assert.Contains("6 graded, 1 refused", report, StringComparison.Ordinal);
        Assert.Contains("<td>3 of 6 (50 %)</td>", report, StringComparison.Ordinal); // check-cube: anna, ben and fay
        Assert.Contains("nothing is written here yet (it throws NotImplementedException) (2 times)", report, StringComparison.Ordinal); // of check-cube: dora and gus; carl alone has the square
    }

    [Fact]
    public async Task Grades_of_two_homeworks_are_not_mixed()
    {
        new Grade { Assignment = "small", Inputs = "", Student = "anna" }.Save(GradeBatch.DetailsPath(In("mixed"), "anna"));
        new Grade { Assignment = "large", Inputs = "", Student = "ben" }.Save(GradeBatch.DetailsPath(In("mixed"), "ben"));
        Assert.NotEqual(0, await Invoke("homework", "report", In("mixed")));
        Assert.Contains("holds grades of large and of small", _error.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(0, await Grade("mixed"));
        Assert.Contains("holds grades of large, not of small: name another folder by --output", _error.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Gradebook("mixed")));
    }

    [Fact]
    public async Task Validate_says_which_checks_pass_and_what_is_not_answered()
    {
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "artifacts"), Path.Combine(RepositoryPaths.Root, "artifacts"));
        var mine = _folder.Write("notebooks/en/mine.ipynb", HomeworkNotebooks.Json(HomeworkNotebooks.Submitted("double Cube(double x) => x * x;", HomeworkNotebooks.Solutions["sums"], "YOUR ANSWER HERE")));
        Assert.Equal(1, await Invoke("homework", "validate", mine));
        Assert.Equal(["FAILED  check-cube (1): Cube(2): this is the square", "passed  check-sums (2)", "nothing is written to why"], _out.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public void Submissions_that_differ_in_names_and_comments_alone_look_alike()
    {
        var code = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "src", "CourseKit", "Background", "Novikoff.cs"));
        var other = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "src", "CourseKit", "Background", "Gabor.cs"));
        Grade Of(string student, string text) => new() { Assignment = "x", Inputs = "", Student = student, Pieces = Similarity.Pieces(text) };
        var pair = Assert.Single(Similarity.Pairs([Of("anna", code), Of("ben", "// mine\n" + code.Replace("samples", "points", StringComparison.Ordinal).Replace("nearest", "n", StringComparison.Ordinal)), Of("carl", other)]));
        Assert.Equal(("anna", "ben"), (pair.First, pair.Second));
        Assert.InRange(pair.Share, 0.9, 1);
    }

    private void Submit(string name, string? cube, string? sums) => _folder.Write($"submitted/{name}.ipynb", HomeworkNotebooks.Json(HomeworkNotebooks.Submitted(cube, sums)));

    private Task<int> Grade(string output) => Invoke("homework", "grade", _submitted, "--homework", _homework, "--output", Path.Combine(_folder.Path, output));

    private string In(string output) => Path.Combine(_folder.Path, output);

    private string Gradebook(string output) => GradeBatch.GradebookPath(In(output));

    private Task<int> Invoke(params string[] arguments) =>
        CourseKitCommand.InvokeAsync(arguments, new CommandContext(new TestConsole(), _out, _error, new FakeExecutor(), new FakeMachine(), new Repository(RepositoryPaths.Root)));
}
