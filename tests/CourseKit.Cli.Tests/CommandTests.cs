using CourseKit.Kernel;
using Spectre.Console.Testing;

namespace CourseKit.Cli.Tests;

public sealed class CommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _out = new(), _error = new();
    private readonly FakeExecutor _executor = new();

    public CommandTests()
    {
        _folder.Write("CourseKit.sln", "");
        _folder.Write("notebooks/en/01-a.ipynb", Notebooks.Json(Notebooks.Markdown("m", "# One")));
        _folder.Write("notebooks/en/02-b.ipynb", Notebooks.Json(Notebooks.Markdown("m", "# Two")));
    }

    private string Book => Path.Combine(_folder.Path, "artifacts", "book");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_takes_all_of_the_course_and_returns_0_if_every_cell_ran()
    {
        Assert.Equal(0, await Invoke("run"));
        Assert.Equal(["01-a", "02-b"], _executor.Asked.Select(a => Path.GetFileNameWithoutExtension(a.Path)).Order());
        Assert.Equal("", _error.ToString());
    }

    [Fact]
    public async Task Run_returns_1_and_names_notebook_cell_and_reason()
    {
        _executor.States["02-b"] = RunState.CellFailed;
        Assert.Equal(1, await Invoke("run"));
        Assert.Equal("02-b.ipynb, cell second: divided by zero", _error.ToString().Trim());
    }

    [Fact]
    public async Task Run_passes_its_options_on()
    {
        var output = Path.Combine(_folder.Path, "out");
        Assert.Equal(0, await Invoke("run", Path.Combine(_folder.Path, "notebooks", "en", "01-a.ipynb"), "--timeout", "2.5", "--total-timeout", "60", "--memory", "512", "--output", output));
        var options = Assert.Single(_executor.Asked).Options;
        Assert.Equal(TimeSpan.FromSeconds(2.5), options.CellTimeout);
        Assert.Equal(TimeSpan.FromSeconds(60), options.TotalTimeout);
        Assert.Equal(512L << 20, options.MemoryLimitBytes);
        Assert.Equal(Path.Combine(output, "01-a.ipynb"), options.OutputPath);
    }

    [Fact]
    public async Task Ctrl_C_returns_130()
    {
        using var stop = new CancellationTokenSource();
        var executor = new FakeExecutor { Work = ct => { stop.Cancel(); return Task.Delay(Timeout.Infinite, ct); } };
        Assert.Equal(130, await CourseKitCommand.InvokeAsync(["run"], Context(executor), stop.Token));
    }

    [Fact]
    public async Task Book_writes_the_book_and_says_where()
    {
        Assert.Equal(0, await Invoke("book"));
        Assert.Contains(Path.Combine(Book, "index.html"), _out.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Book, "02-b.html")));
    }

    [Fact]
    public async Task Book_leaves_out_the_homework_which_holds_the_solutions()
    {
        _folder.Write("notebooks/en/01-homework.ipynb", Notebooks.Json(Notebooks.Markdown("m", "# Solutions")));
        Assert.Equal(0, await Invoke("book"));
        Assert.Equal(["01-a", "02-b"], _executor.Asked.Select(a => Path.GetFileNameWithoutExtension(a.Path)).Order());
    }

    [Fact]
    public async Task Book_returns_1_names_the_notebook_and_writes_nothing_if_one_fails()
    {
        _executor.States["02-b"] = RunState.TimedOut;
        Assert.Equal(1, await Invoke("book"));
        Assert.Contains("The book was not written: 02-b.ipynb", _error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Book));
    }

    [Fact]
    public async Task Book_runs_again_only_what_would_run_differently()
    {
        _folder.Write("notebooks/zh/01-a.ipynb", Notebooks.Json(Notebooks.Markdown("m", "# 一")));
        _folder.Write("notebooks/en/02-b.ipynb", Notebooks.Json(Notebooks.Markdown("m", "# Two"), Notebooks.Code("c", "1 + 1")));
        Assert.Equal(0, await Invoke("book"));
        Assert.Equal(["01-a", "02-b"], Ran()); // the Chinese edition has the same code and is not run
        Assert.True(File.Exists(Path.Combine(Book, "zh", "01-a.html")));

        _folder.Write("notebooks/en/02-b.ipynb", Notebooks.Json(Notebooks.Markdown("m", "# Two, in other words"), Notebooks.Code("c", "1 + 1")));
        Assert.Equal(0, await Invoke("book"));
        Assert.Empty(Ran());
        Assert.Contains("in other words", File.ReadAllText(Path.Combine(Book, "02-b.html")), StringComparison.Ordinal);

        _folder.Write("notebooks/en/02-b.ipynb", Notebooks.Json(Notebooks.Markdown("m", "# Two"), Notebooks.Code("c", "1 + 2")));
        Assert.Equal(0, await Invoke("book"));
        Assert.Equal(["02-b"], Ran());

        _folder.Write("data/new.csv", "a,b");
        Assert.Equal(0, await Invoke("book"));
        Assert.Equal(["01-a", "02-b"], Ran());

        _folder.Write("artifacts/kit/CourseKit.dll", "another kit");
        Assert.Equal(0, await Invoke("book"));
        Assert.Equal(["01-a", "02-b"], Ran());

        Assert.Equal(0, await Invoke("book", "--fresh"));
        Assert.Equal(["01-a", "02-b"], Ran());

        IEnumerable<string> Ran()
        {
            string[] ran = [.. _executor.Asked.Select(a => Path.GetFileNameWithoutExtension(a.Path)!).Order()];
            _executor.Asked.Clear();
            return ran;
        }
    }

    [Fact]
    public async Task Book_refuses_a_folder_of_other_things_before_it_runs_anything()
    {
        Assert.Equal(1, await Invoke("book", "--output", Path.Combine(_folder.Path, "notebooks")));
        Assert.Empty(_executor.Asked);
    }

    [Theory]
    [InlineData("--timeout", "0")]
    [InlineData("--timeout", "soon")]
    [InlineData("--memory", "-1")]
    [InlineData("--jobs", "none")]
    public async Task A_number_that_makes_no_sense_is_refused_with_its_option(string option, string value)
    {
        Assert.Equal(1, await Invoke("run", option, value));
        Assert.Contains(option, _error.ToString(), StringComparison.Ordinal);
        Assert.Contains($"'{value}'", _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_executor.Asked);
    }

    [Fact]
    public async Task A_mistyped_command_is_answered_with_the_one_that_was_meant()
    {
        Assert.Equal(1, await Invoke("bok"));
        Assert.Contains("book", _out.ToString(), StringComparison.Ordinal);
        Assert.Contains("bok", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_the_command_by_its_own_name_and_shows_examples()
    {
        Assert.Equal(0, await Invoke());
        Assert.Contains("coursekit [command]", _out.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await Invoke("run", "--help"));
        Assert.Contains("Examples:", _out.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("testhost", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_course_a_command_says_what_to_do()
    {
        Assert.Equal(1, await CourseKitCommand.InvokeAsync(["run"], Context(_executor) with { Repository = null }));
        Assert.Contains("go to the course's folder", _error.ToString(), StringComparison.Ordinal);
    }

    private Task<int> Invoke(params string[] arguments) => CourseKitCommand.InvokeAsync(arguments, Context(_executor));

    private CommandContext Context(INotebookExecutor executor) =>
        new(new TestConsole(), _out, _error, executor, new FakeMachine(), new Repository(_folder.Path));
}
