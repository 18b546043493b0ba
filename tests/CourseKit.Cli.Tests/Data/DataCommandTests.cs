using CourseKit.Testing;
using Spectre.Console.Testing;

namespace CourseKit.Cli.Tests.Data;

public sealed class DataCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("coursekit-data-").FullName;
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task List_names_the_sets_and_how_to_get_them()
    {
        Assert.Equal(0, await Run("list", "--folder", folder));
        Assert.Contains("mnist  11.6 MB  not installed: coursekit data get mnist", output.ToString());
        Assert.Contains("fashion-mnist  30.9 MB", output.ToString());
    }

    [Fact]
    public async Task An_unknown_set_is_answered_with_the_known_ones_and_a_code_that_is_not_0()
    {
        Assert.NotEqual(0, await Run("get", "imagenet", "--folder", folder));
        Assert.Contains("'mnist'", error.ToString());
        Assert.Contains("'fashion-mnist'", error.ToString());
    }

    [Fact]
    public async Task A_proxy_that_is_no_address_is_refused()
    {
        Assert.NotEqual(0, await Run("get", "mnist", "--proxy", "nonsense"));
        Assert.Contains("http://proxy.example:8080", error.ToString());
    }

    [Fact]
    public async Task A_source_without_the_files_fails_with_the_reason_and_installs_nothing()
    {
        Assert.Equal(1, await Run("get", "mnist", "--folder", folder, "--from", Path.Combine(folder, "nothing")));
        Assert.Contains("is not there", error.ToString());
        Assert.Contains("Nothing was installed", error.ToString());
        Assert.False(Directory.Exists(Path.Combine(folder, "mnist")));
    }

    [Fact]
    public async Task What_is_not_installed_cannot_be_verified_and_need_not_be_removed()
    {
        Assert.Equal(1, await Run("verify", "mnist", "--folder", folder));
        Assert.Contains("coursekit data get mnist", error.ToString());
        Assert.Equal(0, await Run("remove", "mnist", "--folder", folder));
        Assert.Contains("nothing to remove", output.ToString());
    }

    [RealDataFact("mnist/train-images-idx3-ubyte.gz")]
    public async Task Get_verify_damage_repair_and_remove()
    {
        Assert.Equal(0, await Get());
        Assert.Contains("Licence: CC BY-SA 3.0", output.ToString());
        Assert.Contains("Cite: Y. LeCun", output.ToString());
        Assert.Contains("100 %", output.ToString());
        Assert.Equal(0, await Run("verify", "--folder", folder));
        Assert.DoesNotContain("another", output.ToString());
        Assert.Contains("mnist: 60000 + 10000 pictures read in", output.ToString());

        var labels = Path.Combine(folder, "mnist", "t10k-labels-idx1-ubyte.gz");
        var bytes = File.ReadAllBytes(labels);
        bytes[1000] ^= 1;
        File.WriteAllBytes(labels, bytes);
        Assert.Equal(1, await Run("verify", "mnist", "--folder", folder));
        Assert.Contains("mnist/t10k-labels-idx1-ubyte.gz: another checksum", output.ToString());
        Assert.Contains("repairs it", error.ToString());

        Assert.Equal(0, await Get());
        Assert.Equal(0, await Run("verify", "mnist", "--folder", folder));
        Assert.Equal(0, await Run("remove", "mnist", "--folder", folder));
        Assert.False(Directory.Exists(Path.Combine(folder, "mnist")));
    }

    private Task<int> Get() => Run("get", "mnist", "--folder", folder, "--from", RepositoryPaths.RealData!);

    private Task<int> Run(params string[] arguments) =>
        DataCommand.Create(new TestConsole(), output, error).Parse(arguments).InvokeAsync(new() { Output = output, Error = error });
}
