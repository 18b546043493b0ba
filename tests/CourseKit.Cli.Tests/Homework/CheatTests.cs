using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using CourseKit.Kernel;
using CourseKit.Testing;

namespace CourseKit.Cli.Tests.Homework;

/// <summary>A test of the class of cheats: it needs bubblewrap, and time to grade them all.</summary>
internal sealed class CheatTheoryAttribute : TheoryAttribute
{
    public CheatTheoryAttribute() => Skip = SandboxFactAttribute.Missing ?? LongTests.SkipReason;
}

/// <summary>A test of the class of cheats: it needs bubblewrap, and time to grade them all.</summary>
internal sealed class CheatFactAttribute : FactAttribute
{
    public CheatFactAttribute() => Skip = SandboxFactAttribute.Missing ?? LongTests.SkipReason;
}

/// <summary>A class of honest students, of cheats, and of files that are no notebooks, graded in one go.</summary>
public sealed class CheatClass : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly TcpListener _port = new(IPAddress.Loopback, 0);
    private string _kit = "";

    /// <summary>Honest submissions, which must get all points whatever the others do.</summary>
    public static IReadOnlyList<string> Honest { get; } =
        ["a-honest", "honest-with-byte-order-mark", "honest-in-utf-16", "honest-with-more-cells", "honest-beside-an-endless-loop", "honest-without-metadata", "honest-in-another-culture", "李雷的作业", "=1+1", "x..%2F..\u2215evil", "z-honest"];

    internal IReadOnlyDictionary<string, Grade> Grades { get; private set; } = new Dictionary<string, Grade>();

    internal string Output => Path.Combine(_folder.Path, "grades");

    internal string KitBefore => _kit;

    /// <summary>Whether anything has asked the port of this machine that answers.</summary>
    internal bool IsAsked { get; private set; }

    internal string Csv => File.ReadAllText(GradeBatch.GradebookPath(Output));

    public async Task InitializeAsync()
    {
        if (Sandbox.Find(out _) is not { } sandbox || !LongTests.Run)
            return;
        var instructor = _folder.Write("instructor/small.ipynb", HomeworkNotebooks.Json(HomeworkNotebooks.Small()));
        var submitted = Directory.CreateDirectory(Path.Combine(_folder.Path, "submitted")).FullName;
        _port.Start();
        using (var outside = new TcpClient()) // whoever has the network is answered
        {
            await outside.ConnectAsync((IPEndPoint)_port.LocalEndpoint);
            using var answered = await _port.AcceptTcpClientAsync();
        }

        foreach (var name in CheatBank.Names)
            File.WriteAllText(Path.Combine(submitted, name + ".ipynb"), CheatBank.Notebook(name, ((IPEndPoint)_port.LocalEndpoint).Port));
        CheatBank.WriteOdd(submitted, instructor);
        WriteHonest(submitted);
        _kit = KitHash();
        var assignment = Assignment.Load(instructor);
        // Of the clock: on a machine that also runs every other test, what takes 0.4 s alone was seen to take 5.
        var limits = new GradeLimits
        {
            Cell = TimeSpan.FromSeconds(12), Total = TimeSpan.FromSeconds(40),
            Process = new CellLimits { MemoryBytes = 400 << 20, OutputBytes = 1 << 20, FileBytes = 16 << 20, Processes = 12 },
        };
        using var grader = await Grader.StartAsync(assignment, HomeworkNotebooks.Place, sandbox, limits, null, CancellationToken.None);
        var grades = await GradeBatch.RunAsync(grader, assignment, SubmissionFolder.Find(submitted, "small"), Output, Math.Max(2, Environment.ProcessorCount), (_, _) => { }, CancellationToken.None);
        Grades = grades.ToDictionary(grade => grade.Student);
        IsAsked = _port.Pending();
    }

    public Task DisposeAsync()
    {
        _port.Dispose();
        _folder.Dispose();
        return Task.CompletedTask;
    }

    internal static string KitHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.GetFiles(RepositoryPaths.Kit).Order(StringComparer.Ordinal))
            hash.AppendData(File.ReadAllBytes(file));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void WriteHonest(string folder)
    {
        var (cube, sums) = (HomeworkNotebooks.Solutions["cube"], HomeworkNotebooks.Solutions["sums"]);
        var plain = HomeworkNotebooks.Json(HomeworkNotebooks.Submitted(cube, sums, "因为它是这样的。<script>alert(1)</script>"));
        void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(folder, name + ".ipynb"), bytes);
        foreach (var name in (string[])["a-honest", "z-honest", "李雷的作业", "=1+1", "x..%2F..\u2215evil"])
            Write(name, Encoding.UTF8.GetBytes(plain));
        Write("honest-with-byte-order-mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(plain)]);
        Write("honest-in-utf-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(plain)]);
        var more = HomeworkNotebooks.Submitted("double Cube(double x) => Square(x) * x;", sums);
        more.Insert(2, HomeworkNotebooks.Cell("code", "helper", "double Square(double x) => x * x;", null));
        Write("honest-with-more-cells", Encoding.UTF8.GetBytes(HomeworkNotebooks.Json(more)));
        var endless = HomeworkNotebooks.Submitted(cube, sums);
        endless.Insert(3, HomeworkNotebooks.Cell("code", "mine", "while (true) { }", null));
        Write("honest-beside-an-endless-loop", Encoding.UTF8.GetBytes(HomeworkNotebooks.Json(endless)));
        var bare = HomeworkNotebooks.Submitted(cube, sums);
        foreach (var cell in bare)
            cell["metadata"] = new System.Text.Json.Nodes.JsonObject();
        Write("honest-without-metadata", Encoding.UTF8.GetBytes(HomeworkNotebooks.Json(bare)));
        var culture = HomeworkNotebooks.Submitted(cube, sums);
        culture.Insert(2, HomeworkNotebooks.Cell("code", "mine", "System.Globalization.CultureInfo.CurrentCulture = new(\"de-DE\"); System.Globalization.CultureInfo.DefaultThreadCurrentCulture = new(\"de-DE\");", null));
        Write("honest-in-another-culture", Encoding.UTF8.GetBytes(HomeworkNotebooks.Json(culture)));
    }
}

/// <summary>No cheat gains a mark, none harms another submission, and the run goes on whatever is handed in.</summary>
public sealed class CheatTests(CheatClass students) : IClassFixture<CheatClass>
{
    public static TheoryData<string> Cheats => [.. CheatBank.Names];

    public static TheoryData<string, string> Odd
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (name, reason) in CheatBank.Odd)
                data.Add(name, reason);
            return data;
        }
    }

    public static TheoryData<string> Honest => [.. CheatClass.Honest];

    [CheatTheory, MemberData(nameof(Cheats))]
    public void A_cheat_gains_nothing(string cheat)
    {
        var grade = students.Grades[cheat];
        Assert.Null(grade.Refusal);
        Assert.Equal(0, grade.Points);
        Assert.Equal(2, grade.Tasks.Count);
        Assert.Equal(3, grade.Maximum);
        Assert.All(grade.Tasks.SelectMany(task => task.Probes), probe => Assert.False(string.IsNullOrEmpty(probe.Hint)));
        Assert.DoesNotContain(grade.Faults, fault => fault.Fault.Contains("FOUND", StringComparison.Ordinal)); // what cheats say when they see what they must not
    }

    [CheatTheory, MemberData(nameof(Honest))]
    public void An_honest_submission_beside_them_gets_all_its_points(string student)
    {
        var grade = students.Grades[student];
        Assert.Null(grade.Refusal);
        Assert.True(grade.Points == 3, string.Join("; ", grade.Tasks.SelectMany(task => task.Probes).Select(probe => probe.Hint).Concat(grade.Faults.Select(fault => fault.ToString()))));
    }

    [CheatTheory, MemberData(nameof(Odd))]
    public void What_is_no_notebook_is_refused_with_a_reason(string name, string reason)
    {
        var grade = students.Grades[name];
        Assert.Contains(reason, grade.Refusal, StringComparison.Ordinal);
        Assert.Equal(0, grade.Points);
    }

    [Fact]
    public void The_bank_holds_at_least_forty_cheats() => Assert.InRange(CheatBank.Names.Distinct().Count(), 40, 1000);

    [CheatFact]
    public void Every_entry_has_a_line_in_the_gradebook_and_no_formula_is_in_it()
    {
        var lines = students.Csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1 + students.Grades.Count, lines.Length);
        Assert.Contains(lines, line => line.StartsWith("'=1+1,3,3,", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line[0] is '=' or '+' or '-' or '@');
    }

    [CheatFact]
    public void Nothing_but_the_results_is_written()
    {
        var names = Directory.GetFileSystemEntries(students.Output, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(students.Output, path)).ToList();
        Assert.All(names, name => Assert.Matches("^(grades\\.csv|details|feedback|details/[a-z0-9_-]+\\.json|feedback/[a-z0-9_-]+\\.html)$", name));
        Assert.Equal(2 * students.Grades.Count + 3, names.Count);
        Assert.Equal(students.KitBefore, CheatClass.KitHash());
    }

    [CheatFact]
    public void No_process_is_left_behind()
    {
        var commands = Directory.GetDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])).Select(folder =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(folder, "cmdline"));
            }
            catch (IOException)
            {
                return "";
            }
        });
        Assert.DoesNotContain(commands, command => command.Contains(CheatBank.LeftBehind, StringComparison.Ordinal));
    }

    [CheatFact]
    public void Nobody_has_reached_the_port_that_answers_outside() => Assert.False(students.IsAsked);

    [CheatFact]
    public void What_a_student_wrote_is_text_on_the_feedback_page()
    {
        var page = File.ReadAllText(GradeBatch.FeedbackPath(students.Output, "a-honest"));
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [CheatFact]
    public void What_was_done_to_the_instructors_cells_is_noted()
    {
        Assert.Contains(students.Grades["edits the test cells"].Notes, note => note.Contains("check-cube was changed", StringComparison.Ordinal));
        Assert.Contains(students.Grades["deletes the test cells"].Notes, note => note.Contains("check-sums is missing", StringComparison.Ordinal));
        Assert.Contains(students.Grades["doubles the test cells"].Notes, note => note.Contains("more than once", StringComparison.Ordinal));
        Assert.Contains(students.Grades["deletes the marks of its solutions"].Notes, note => note.Contains("cube is missing", StringComparison.Ordinal));
        Assert.Empty(students.Grades["a-honest"].Notes);
    }

    [CheatFact]
    public void Who_deletes_the_marks_of_cells_is_compared_all_the_same() =>
        Assert.NotEmpty(students.Grades["honest-without-metadata"].Pieces.Intersect(students.Grades["a-honest"].Pieces));

    [CheatFact]
    public void A_line_says_which_limit_ended_a_cell()
    {
        // A fork bomb has no line that is sure: the system may refuse its children before anybody counts them.
        Assert.Contains("processes were started", Fault("more processes than it may have"), StringComparison.Ordinal);
        Assert.Contains("still running after 12 s", Fault("an endless loop"), StringComparison.Ordinal);
        Assert.Contains("were shown or returned", Fault("endless output"), StringComparison.Ordinal);
        Assert.Contains("memory", Fault("a memory bomb"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("exit code 0", Fault("leaves with exit code 0"), StringComparison.Ordinal);

        string Fault(string cheat) => Assert.Single(students.Grades[cheat].Faults, fault => fault.Cell == "mine").Fault;
    }
}
