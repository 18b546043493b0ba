using System.Globalization;
using System.Text.Json.Nodes;
using CourseKit.Kernel;
using CourseKit.Testing;

namespace CourseKit.Notebooks.Tests;

/// <summary>
/// What the model answers claim of the homework's experiments: each experiment is run with the changes that its question asks for, on the
/// model solutions, and measured.
/// </summary>
public class HomeworkAnswersTests
{
    [Fact]
    public void Homework_1_recall_is_whole_up_to_10_patterns_where_little_is_disturbed_and_fails_with_a_few_where_much_is()
    {
        // overlaps for 2, 5, 8, 10, 12, 15, 20 patterns
        var overlaps = Run("01-homework", "stored.Select(count => Enumerable.Range(1, 5).Average(seed => Overlap(count, seed)))",
            [("disturbed = 0.2", "disturbed = 0.05")], [], [("disturbed = 0.2", "disturbed = 0.4")]);
        foreach (var little in overlaps.Take(2))
        {
            Assert.All(little.Take(4), overlap => Assert.InRange(overlap, 0.95, 1));
            Assert.InRange(little[^1], 0, 0.8);
        }

        Assert.InRange(overlaps[2].Skip(1).Take(2).Min(), 0, 0.9);
        Assert.True(Enumerable.Range(0, 7).All(i => overlaps[2][i] <= overlaps[0][i]));
    }

    [Fact]
    public void Homework_2_mistakes_stay_one_or_two_orders_below_the_bound_and_grow_far_more_slowly_with_a_smaller_margin()
    {
        // the means of the logarithms of bound and mistakes
        var logs = Run("02-homework", "new[] { trials.Average(t => Math.Log10(t.Bound)), trials.Average(t => Math.Log10(t.Mistakes)) }", setup:
            "var trials = Enumerable.Range(1, 40).Select(Trial).Where(trial => trial.Mistakes > 0).ToList();",
            variants: [[("margin = 0.1", "margin = 0.3")], [], [("margin = 0.1", "margin = 0.03")]]);
        Assert.All(logs, log => Assert.InRange(log[0] - log[1], 0.7, 2.3));
        var (bound, mistakes) = (logs[2][0] - logs[0][0], logs[2][1] - logs[0][1]);
        Assert.InRange(bound, 1.2, 2.2); // ten times less margin, a hundred times more; of 40 samples the nearest keeps a little more than was asked for
        Assert.InRange(mistakes, 0.1, 0.7 * bound);
    }

    [Fact]
    public void Homework_3_two_of_five_runs_stay_on_a_plateau_near_0_3_with_2_units_and_none_with_3_or_8()
    {
        var last = Run("03-homework", "runs.Select(run => run[^1])", [("hidden = 3", "hidden = 2")], [], [("hidden = 3", "hidden = 8")]);
        Assert.Equal([2, 0, 0], last.Select(losses => losses.Count(loss => loss > 0.2)));
        Assert.All(last[0].Where(loss => loss > 0.2), loss => Assert.Equal(0.3, loss, 0.06));
        Assert.All(last.SelectMany(losses => losses).Where(loss => loss <= 0.2), loss => Assert.InRange(loss, 0, 0.02)); // no run is in between
    }

    [Fact]
    public void Homework_4_pooling_tolerates_what_stays_in_a_square_and_shifts_by_squares_else()
    {
        // whether the pictures agree; whether the second is the first, so many squares further; bright columns of either; the darkest of either
        const string Measure = """
            new double[]
            {
                before.Equals(after) ? 1 : 0,
                move % size == 0 && after.SubMatrix(0, after.RowCount, move / size, after.ColumnCount - move / size)
                    .Equals(before.SubMatrix(0, before.RowCount, 0, before.ColumnCount - move / size)) ? 1 : 0,
                before.EnumerateColumns().Count(column => column.Max() > 0), after.EnumerateColumns().Count(column => column.Max() > 0),
                before.Enumerate().Min(), after.Enumerate().Min(),
            }
            """;
        (string, string)[] Change(int move, int size) => [("move = 1", $"move = {move}"), ("size = 2", $"size = {size}")];
        var seen = Run("04-homework", Measure, Change(1, 2), Change(2, 2), Change(4, 2), Change(1, 4), Change(2, 4), Change(4, 4));
        Assert.Equal([0, 0, 0, 1, 1, 0], seen.Select(picture => picture[0])); // with squares of 2 never; with squares of 4 moves of 1 and 2 change nothing
        Assert.Equal([1, 1, 1], new[] { seen[1][1], seen[2][1], seen[5][1] }); // one square, two squares, one square further
        Assert.Equal((1, 2), (seen[0][2], seen[0][3])); // the bright edge lies across two squares
        Assert.True(seen[0][4] == 0 && seen[0][5] < 0); // the dark edge shows
    }

    [Fact]
    public void Homework_5_at_a_tenth_two_to_four_numbers_are_active_below_it_more_and_above_it_the_error_grows()
    {
        // errors, then active numbers, for λ = 0.001, 0.01, 0.03, 0.1, 0.3
        var measured = Run("05-homework", "trials.Select(trial => trial.Error).Concat(trials.Select(trial => trial.Active))", [[]])[0];
        var (error, active) = (measured[..5], measured[5..]);
        Assert.InRange(active[3], 2, 4);
        Assert.True(active[0] > active[3] + 2 && active[1] > active[3] + 1, string.Join(", ", active));
        Assert.True(error[4] > 2 * error[3] && error[3] < 2 * error[0], string.Join(", ", error));
    }

    [Fact]
    public void Homework_6_the_mean_swings_about_3_the_less_the_larger_k_is()
    {
        // over five seeds: the furthest past 3, and how far from it on average in the second half
        var measured = Run("06-homework", "new[] { runs.Average(run => run.Max()), runs.Average(run => run.Skip(200).Average(m => Math.Abs(m - 3))) }", setup:
            "var runs = Enumerable.Range(1, 5).Select(MeanOf).ToList();",
            variants: [[("k = 5", "k = 1")], [], [("k = 5", "k = 20")]]);
        Assert.All(measured, runs => Assert.True(runs[0] > 3.1, $"{runs[0]}"));
        Assert.True(measured[0][1] > measured[1][1] && measured[1][1] > measured[2][1], string.Join(", ", measured.Select(runs => runs[1])));
    }

    private static double[][] Run(string homework, string measure, params (string Old, string New)[][] variants) => Run(homework, measure, "", variants);

    /// <summary>Runs the experiment once for each variant and returns what the expression gives after it.</summary>
    private static double[][] Run(string homework, string measure, string setup, (string Old, string New)[][] variants)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryPaths.Root, "notebooks", "en", homework + ".ipynb")))!;
        var cells = json["cells"]!.AsArray();
        static string Source(JsonNode cell) => string.Concat(cell["source"]!.AsArray().Select(line => (string?)line));
        var experiment = Source(cells.Single(cell => (string?)cell!["id"] == "experiment")!);
        foreach (var cell in cells.Where(cell => (string?)cell!["cell_type"] != "code" || ((string)cell["id"]!).StartsWith("check-", StringComparison.Ordinal) || (string?)cell["id"] == "experiment").ToList())
            cells.Remove(cell);
        for (var i = 0; i < variants.Length; i++)
        {
            var source = experiment;
            foreach (var (old, changed) in variants[i])
            {
                Assert.Contains(old, source);
                source = source.Replace(old, changed, StringComparison.Ordinal);
            }

            cells.Add(Code($"variant-{i}", source));
            cells.Add(Code($"measure-{i}", $"{setup}\nConsole.WriteLine(string.Join(\" \", ({measure}).Select(x => ((double)x).ToString(\"R\", System.Globalization.CultureInfo.InvariantCulture))));"));
        }

        // Two folders below the root, as the notebooks are, for they load the kit from there.
        var path = Path.Combine(RepositoryPaths.Root, "artifacts", "executed", $"answers-{homework}.ipynb");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, json.ToJsonString());
        var run = NotebookRunner.RunAsync(path, new RunOptions { CellTimeout = TimeSpan.FromMinutes(2) }).GetAwaiter().GetResult();
        Assert.True(run.State == RunState.Succeeded, run.Message);
        return [.. run.Executed!.Cells.Where(cell => cell.Id.StartsWith("measure-", StringComparison.Ordinal)).Select(cell =>
            string.Concat(cell.Outputs.Select(output => output!["text"] is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)output["text"]))
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(x => double.Parse(x, CultureInfo.InvariantCulture)).ToArray())];
    }

    private static JsonObject Code(string id, string source) => new()
    {
        ["cell_type"] = "code", ["id"] = id, ["metadata"] = new JsonObject(), ["execution_count"] = null, ["outputs"] = new JsonArray(), ["source"] = new JsonArray(source),
    };
}
