using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CourseKit.Kernel;

namespace CourseKit.Cli.Tests.Homework;

/// <summary>What students get holds no trace of a solution; it runs, and fails every one of its checks.</summary>
public sealed class ReleaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Homework => [.. HomeworkNotebooks.OfTheCourse.Select(path => Path.GetFileNameWithoutExtension(path))];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Homework))]
    public async Task What_students_get_of_the_course_runs_fails_each_check_and_holds_no_trace_of_a_solution(string homework)
    {
        var assignment = Assignment.Load(HomeworkNotebooks.OfTheCourse.Single(path => Path.GetFileNameWithoutExtension(path) == homework));
        var released = ReleaseBuilder.Build(assignment);
        await ReleaseCheck.CheckStudentsAsync(assignment, released, HomeworkNotebooks.Place, CancellationToken.None);
        Assert.DoesNotContain("Check.Hidden", released, StringComparison.Ordinal);
        var cells = Notebook.Read(Encoding.UTF8.GetBytes(released), "released").Cells;
        Assert.All(assignment.Written, question => Assert.Equal(Assignment.AnswerHere, cells.Single(cell => GraderCell.Read(cell.Metadata)?.GradeId == question.GradeId).Source));
        foreach (var cell in cells.Where(cell => GraderCell.Read(cell.Metadata) is { Solution: true, Grade: false }))
            Assert.All(Regex.Matches(cell.Source, @"\{([^{}]*)\}"), body => Assert.Equal("// YOUR CODE HERE throw new System.NotImplementedException();", Regex.Replace(body.Groups[1].Value.Trim(), @"\s+", " ")));
    }

    [Fact]
    public void Outputs_counts_and_foreign_metadata_are_not_taken_over()
    {
        var cells = HomeworkNotebooks.Small();
        cells[2]["outputs"] = new JsonArray(new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "square * x" });
        cells[2]["execution_count"] = 7;
        cells[2]["metadata"]!["history"] = "return square * x;";
        cells[2]["attachments"] = new JsonObject { ["a"] = "return square * x;" };
        var released = ReleaseBuilder.Build(Assignment.Load(_folder.Write("small.ipynb", HomeworkNotebooks.Json(cells))));
        Assert.DoesNotContain("square * x", released, StringComparison.Ordinal);
        var cube = Notebook.Read(Encoding.UTF8.GetBytes(released), "released").Cells.Single(cell => cell.Id == "cube");
        Assert.Equal("double Cube(double x)\n{\n    // YOUR CODE HERE\n    throw new System.NotImplementedException();\n}", cube.Source);
        Assert.Null(cube.ExecutionCount);
    }

    [Fact]
    public void A_piece_of_a_solution_that_stands_elsewhere_as_well_is_found()
    {
        var cells = HomeworkNotebooks.Small();
        cells[0]["source"] = "# A small homework\n\nvar square = x * x;\nreturn square * x;";
        var assignment = Assignment.Load(_folder.Write("small.ipynb", HomeworkNotebooks.Json(cells)));
        Assert.Contains("var square", Assert.Throws<CommandException>(() => ReleaseBuilder.Build(assignment)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("double Cube(double x)\n{\n    // BEGIN SOLUTION\n    return 1;\n}", "no END SOLUTION")]
    [InlineData("double Cube(double x)\n{\n    // END SOLUTION\n}", "no BEGIN SOLUTION")]
    [InlineData("double Cube(double x) => x * x * x;", "has none between")]
    public void A_solution_without_its_delimiters_is_refused_with_the_cell(string source, string reason)
    {
        var cells = HomeworkNotebooks.Small();
        cells[2]["source"] = source;
        var message = Assert.Throws<CommandException>(() => Assignment.Load(_folder.Write("small.ipynb", HomeworkNotebooks.Json(cells)))).Message;
        Assert.Contains("cell cube", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_solution_of_the_instructor_is_not_released()
    {
        var cells = HomeworkNotebooks.Small();
        cells[2]["source"] = ((string)cells[2]["source"]!).Replace("square * x", "square", StringComparison.Ordinal);
        var assignment = Assignment.Load(_folder.Write("small.ipynb", HomeworkNotebooks.Json(cells)));
        var error = await Assert.ThrowsAsync<CommandException>(() => ReleaseCheck.ReleaseAsync(assignment, Path.Combine(_folder.Path, "out"), HomeworkNotebooks.Place, CancellationToken.None));
        Assert.Contains("this is the square", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "out")));
    }
}
