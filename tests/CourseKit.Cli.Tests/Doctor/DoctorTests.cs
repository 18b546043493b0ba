using Spectre.Console.Testing;

namespace CourseKit.Cli.Tests;

public class DoctorTests
{
    private static readonly Repository Course = new("/course");

    [Fact]
    public async Task A_machine_with_everything_needed_gets_0()
    {
        var machine = Whole();
        Assert.DoesNotContain(Checkup.Run(machine, Course), f => f.State == FindingState.Missing);
        Assert.Equal(0, await Doctor(machine));
    }

    [Fact]
    public async Task What_is_needed_and_missing_gets_1_and_what_to_do()
    {
        var machine = new FakeMachine { FreeMemory = 100, Disk = 100, Programs = { ["dotnet"] = "9.0.100" } };
        var missing = Checkup.Run(machine, Course).Where(f => f.State == FindingState.Missing).ToArray();
        Assert.Equal([".NET SDK", "kit", "kernel", "memory", "disk"], missing.Select(f => f.Subject));
        Assert.All(missing, f => Assert.NotNull(f.Remedy));
        Assert.Equal(1, await Doctor(machine));
    }

    [Theory]
    [InlineData("artifacts/kit/CourseKit.dll", "kit")]
    [InlineData("artifacts/kit/plotly/CourseKit.Plotly.dll", "kit")]
    [InlineData("artifacts/kernel/CourseKit.Kernel.dll", "kernel")]
    public void A_part_that_is_not_built_is_named(string file, string subject)
    {
        var machine = Whole();
        machine.Files.Remove("/course/" + file);
        var finding = Assert.Single(Checkup.Run(machine, Course), f => f.State == FindingState.Missing);
        Assert.Equal(subject, finding.Subject);
        Assert.Contains(Path.GetFileName(file), finding.Found, StringComparison.Ordinal);
        Assert.Contains("dotnet build", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_is_looked_for_where_the_variable_says_then_in_the_course()
    {
        var machine = Whole();
        Assert.All(Data(machine), f => Assert.Equal(FindingState.Optional, f.State));
        Add(machine, "/course/data/mnist");
        Assert.Equal("/course/data/mnist", Data(machine)[0].Found);
        machine.Variables["COURSEKIT_DATA"] = "/shared";
        Add(machine, "/shared/mnist");
        Assert.Equal("/shared/mnist", Data(machine)[0].Found);
        machine.Files.Remove("/shared/mnist/t10k-labels-idx1-ubyte.gz");
        Assert.Equal(FindingState.Optional, Data(machine)[0].State);
        Assert.Contains("lacks t10k-labels-idx1-ubyte", Data(machine)[0].Found, StringComparison.Ordinal);

        static Finding[] Data(FakeMachine machine) => [.. Checkup.Run(machine, Course).Where(f => f.Subject.StartsWith("data", StringComparison.Ordinal))];
        static void Add(FakeMachine machine, string folder)
        {
            foreach (var name in (string[])["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"])
                machine.Files[$"{folder}/{name}-ubyte.gz"] = "";
        }
    }

    [Theory]
    [InlineData("""["/x/dotnet-interactive", "jupyter", "{connection_file}"]""", ".NET Interactive")]
    [InlineData("""["dotnet", "/x/CourseKit.Kernel.dll", "{connection_file}"]""", "CourseKit's kernel")]
    [InlineData("""["other"]""", "another kernel (other)")]
    public void The_owner_of_the_notebooks_kernel_is_named(string argv, string owner)
    {
        var machine = Whole();
        machine.Files["/home/student/.local/share/jupyter/kernels/.net-csharp/kernel.json"] = $$"""{"argv": {{argv}}, "display_name": "x", "language": "C#"}""";
        machine.Files["/usr/share/jupyter/kernels/python3/kernel.json"] = """{"argv": ["python3"], "language": "python"}""";
        machine.Files["/usr/share/jupyter/kernels/broken/kernel.json"] = "{";
        var finding = Assert.Single(Checkup.Run(machine, Course), f => f.Subject == "kernelspec");
        Assert.Equal(FindingState.Good, finding.State);
        Assert.Contains($".net-csharp is {owner},", finding.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Outside_the_course_doctor_says_where_to_go()
    {
        var finding = Checkup.Run(Whole(), null)[^1];
        Assert.Equal((FindingState.Missing, "course"), (finding.State, finding.Subject));
    }

    [Fact]
    public void Available_memory_is_read_from_the_kernels_table()
    {
        Assert.Equal(123L * 1024, FreeMemory.Available(["MemTotal:  999 kB", "MemAvailable:    123 kB"]));
        Assert.Null(FreeMemory.Available(["MemTotal:  999 kB"]));
    }

    private static FakeMachine Whole()
    {
        var machine = new FakeMachine { Programs = { ["dotnet"] = "10.0.401" } };
        foreach (var file in (string[])["kit/CourseKit.dll", "kit/CourseKit.Interactive.dll", "kit/MathNet.Numerics.dll", "kit/plotly/CourseKit.Plotly.dll", "kit/plotly/CourseKit.Plotly.deps.json", "kit/plotly/Plotly.NET.dll", "kernel/CourseKit.Kernel.dll", "kernel/CourseKit.Kernel.runtimeconfig.json", "kernel/Microsoft.CodeAnalysis.CSharp.Scripting.dll"])
            machine.Files["/course/artifacts/" + file] = "";
        return machine;
    }

    private static Task<int> Doctor(IMachine machine) =>
        CourseKitCommand.InvokeAsync(["doctor"], new CommandContext(new TestConsole(), TextWriter.Null, TextWriter.Null, new FakeExecutor(), machine, Course));
}
