using System.Text.Json.Nodes;
using Spectre.Console.Testing;

namespace CourseKit.Cli.Tests;

public sealed class KernelCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _out = new(), _error = new();
    private readonly DiskMachine _machine;
    private readonly string _kernel;

    public KernelCommandTests()
    {
        _folder.Write("course/CourseKit.sln", "");
        _kernel = _folder.Write("course/artifacts/kernel/CourseKit.Kernel.dll", "");
        _machine = new DiskMachine(_folder.Path);
        _machine.Variables["JUPYTER_DATA_DIR"] = Path.Combine(_folder.Path, "data");
    }

    private string Kernels => Path.Combine(_folder.Path, "data", "kernels");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Install_writes_what_Jupyter_starts()
    {
        Assert.Equal(0, await Invoke("install"));
        var description = JsonNode.Parse(File.ReadAllText(Path.Combine(Kernels, ".net-csharp", "kernel.json")))!;
        var start = description["argv"]!.AsArray().Select(word => (string)word!).ToArray();
        Assert.Equal(["exec", _kernel, "jupyter", "{connection_file}"], start[1..]);
        Assert.Equal((".NET (C#)", "C#", "message"), ((string)description["display_name"]!, (string)description["language"]!, (string)description["interrupt_mode"]!));
        Assert.Equal(["kernel.json"], Directory.GetFiles(Path.Combine(Kernels, ".net-csharp")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Install_leaves_the_name_to_another_kernel_and_says_so()
    {
        var others = Other(".net-csharp");
        Assert.Equal(0, await Invoke("install"));
        Assert.Contains("dotnet-interactive", File.ReadAllText(others), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Kernels, "coursekit-csharp", "kernel.json")));
        Assert.Contains("--force", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_another_has_anywhere_Jupyter_looks_is_taken_only_by_force()
    {
        _machine.Variables["JUPYTER_PATH"] = Path.Combine(_folder.Path, "elsewhere");
        var others = _folder.Write("elsewhere/kernels/mine/kernel.json", Interactive);
        Assert.Equal(1, await Invoke("install", "--name", "mine"));
        Assert.Contains(others, _error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Kernels));
        Assert.Equal(0, await Invoke("install", "--name", "mine", "--force"));
    }

    [Fact]
    public async Task Force_takes_the_notebooks_name_over()
    {
        var others = Other(".net-csharp");
        Assert.Equal(0, await Invoke("install", "--force"));
        Assert.Contains("CourseKit.Kernel.dll", File.ReadAllText(others), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"argv\": [")]
    public async Task A_description_that_cannot_be_read_is_not_ours_to_overwrite(string text)
    {
        var broken = _folder.Write("data/kernels/mine/kernel.json", text);
        Assert.Equal(1, await Invoke("install", "--name", "mine"));
        Assert.Equal(text, File.ReadAllText(broken));
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a b")]
    [InlineData("..")]
    [InlineData("")]
    public async Task A_name_that_is_none_is_refused(string name)
    {
        Assert.Equal(1, await Invoke("install", "--name", name));
        Assert.Contains($"'{name}'", _error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Kernels));
    }

    [Fact]
    public async Task Installing_twice_is_installing_once()
    {
        Assert.Equal(0, await Invoke("install"));
        Assert.Equal(0, await Invoke("install"));
        Assert.Equal([".net-csharp"], Directory.GetDirectories(Kernels).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Prefix_and_environment_choose_the_folder()
    {
        var prefix = Path.Combine(_folder.Path, "prefix");
        Assert.Equal(0, await Invoke("install", "--prefix", prefix));
        Assert.True(File.Exists(Path.Combine(prefix, "share", "jupyter", "kernels", ".net-csharp", "kernel.json")));
        Assert.Equal(1, await Invoke("install", "--sys-prefix"));
        Assert.Contains("VIRTUAL_ENV", _error.ToString(), StringComparison.Ordinal);
        _machine.Variables["VIRTUAL_ENV"] = Path.Combine(_folder.Path, "venv");
        Assert.Equal(0, await Invoke("install", "--sys-prefix"));
        Assert.True(File.Exists(Path.Combine(_folder.Path, "venv", "share", "jupyter", "kernels", ".net-csharp", "kernel.json")));
        Assert.Equal(1, await Invoke("install", "--sys-prefix", "--prefix", prefix));
    }

    [Fact]
    public async Task Uninstall_removes_ours_and_nothing_else()
    {
        var others = Other(".net-csharp");
        await Invoke("install");
        Assert.Equal(0, await Invoke("uninstall"));
        Assert.Equal([".net-csharp"], Directory.GetDirectories(Kernels).Select(Path.GetFileName));
        Assert.Equal(1, await Invoke("uninstall", "--name", ".net-csharp"));
        Assert.Equal(1, await Invoke("uninstall"));
        Assert.True(File.Exists(others));
    }

    [Fact]
    public async Task List_names_owners_and_what_is_broken()
    {
        Other("interactive");
        await Invoke("install");
        await Invoke("install", "--name", "second");
        Assert.Equal(0, await Invoke("list"));
        var lines = Lines();
        Assert.Contains(lines, line => line.StartsWith("interactive  .NET Interactive", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("second  CourseKit's kernel", StringComparison.Ordinal) && !line.Contains("broken", StringComparison.Ordinal));
        File.Delete(_kernel);
        Assert.Equal(0, await Invoke("list"));
        Assert.Contains(Lines(), line => line.StartsWith("second", StringComparison.Ordinal) && line.Contains("broken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_kernel_that_is_not_built_is_not_installed()
    {
        File.Delete(_kernel);
        Assert.Equal(1, await Invoke("install"));
        Assert.Contains("dotnet build", _error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Kernels));
    }

    private const string Interactive = """{"argv": ["dotnet", "interactive", "/x/coursekit/dotnet-interactive"], "display_name": ".NET (C#)", "language": "C#"}""";

    private string Other(string name) => _folder.Write($"data/kernels/{name}/kernel.json", Interactive);

    private string[] Lines()
    {
        var lines = _out.ToString().Split('\n');
        _out.GetStringBuilder().Clear();
        return lines;
    }

    private Task<int> Invoke(params string[] arguments) => CourseKitCommand.InvokeAsync(
        ["kernel", .. arguments],
        new CommandContext(new TestConsole(), _out, _error, new FakeExecutor(), _machine, new Repository(Path.Combine(_folder.Path, "course"))));

    /// <summary>A machine of which nothing is seen but one folder.</summary>
    private sealed class DiskMachine(string root) : IMachine
    {
        private readonly ThisMachine real = new();

        public Dictionary<string, string> Variables { get; } = [];

        public string Home => root;

        public long FreeMemory => 1L << 40;

        public string? Variable(string name) => Variables.GetValueOrDefault(name);

        public bool FileExists(string path) => Inside(path) && real.FileExists(path);

        public IReadOnlyList<string> Folders(string path) => Inside(path) ? real.Folders(path) : [];

        public string? Text(string path) => Inside(path) ? real.Text(path) : null;

        public string? FirstLineOf(string program, params string[] arguments) => null;

        public long FreeDisk(string folder) => 1L << 40;

        private bool Inside(string path) => path.StartsWith(root, StringComparison.Ordinal);
    }
}
