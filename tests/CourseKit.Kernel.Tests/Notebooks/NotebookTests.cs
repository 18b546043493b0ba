using System.Text;
using System.Text.Json.Nodes;

namespace CourseKit.Kernel.Tests.Notebooks;

public sealed class NotebookTests : IDisposable
{
    private const string Small = """
        {"cells":[{"cell_type":"markdown","id":"m","metadata":{},"source":["# T\n","text"]},
        {"cell_type":"code","id":"c","metadata":{"tags":["raises-exception"],"own":1},"execution_count":null,"outputs":[],"source":"1 + 1"}],
        "metadata":{"kernelspec":{"name":".net-csharp"},"mine":[1]},"nbformat":4,"nbformat_minor":5,"unknown":"汉字"}
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("notebook-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Cells_are_read_with_ids_sources_and_tags()
    {
        var notebook = Notebook.Load(Write(Small));
        Assert.Equal(["m", "c"], notebook.Cells.Select(cell => cell.Id));
        Assert.Equal("# T\ntext", notebook.Cells[0].Source);
        Assert.Equal("raises-exception", Assert.Single(notebook.Cells[1].Tags));
        Assert.Equal(NotebookCellKind.Markdown, notebook.Cells[0].Kind);
    }

    [Fact]
    public void Saving_keeps_what_is_not_understood_and_leaves_no_other_file()
    {
        var path = Write(Small);
        var notebook = Notebook.Load(path);
        notebook.Cells[1].Outputs.Add(new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "x" });
        notebook.Cells[1].ExecutionCount = 3;
        notebook.Save(path);
        var saved = JsonNode.Parse(File.ReadAllText(path))!;
        Assert.Equal("汉字", (string?)saved["unknown"]);
        Assert.Equal(1, (int?)saved["cells"]![1]!["metadata"]!["own"]);
        Assert.Equal(3, (int?)saved["cells"]![1]!["execution_count"]);
        Assert.Contains("汉字", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("[]", "a JSON object is expected")]
    [InlineData("{}", "no number nbformat")]
    [InlineData("{\"nbformat\":3,\"worksheets\":[]}", "nbformat 3 given, 4 expected")]
    [InlineData("{\"nbformat\":4}", "no list of cells")]
    [InlineData("{\"nbformat\":4,\"cells\":[7]}", "cell 1 is not a JSON object")]
    [InlineData("{\"nbformat\":4,\"cells\":[{\"cell_type\":\"picture\",\"source\":\"\"}]}", "cell_type picture")]
    [InlineData("{\"nbformat\":4,\"cells\":[{\"cell_type\":\"code\"}]}", "no source")]
    [InlineData("{\"nbformat\":4,\"cells\":[{\"cell_type\":\"code\",\"source\":[1]}]}", "not a notebook")]
    public void What_is_no_notebook_is_refused_with_the_reason(string text, string reason)
    {
        var path = Write(text);
        var error = Assert.Throws<NotebookException>(() => Notebook.Load(path));
        Assert.Contains(reason, error.Message);
        Assert.Contains(path, error.Message);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        var bytes = Encoding.UTF8.GetBytes(Small.Trim());
        for (var length = 0; length < bytes.Length; length += 7)
        {
            var path = Path.Combine(folder, "cut.ipynb");
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Throws<NotebookException>(() => Notebook.Load(path));
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains("no such file", Assert.Throws<NotebookException>(() => Notebook.Load(Path.Combine(folder, "none.ipynb"))).Message);

    private string Write(string text)
    {
        var path = Path.Combine(folder, "a.ipynb");
        File.WriteAllText(path, text);
        return path;
    }
}
