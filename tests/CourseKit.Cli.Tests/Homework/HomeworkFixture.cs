using System.Text.Json.Nodes;
using CourseKit.Testing;

namespace CourseKit.Cli.Tests.Homework;

/// <summary>The course's own homework, and one small enough to be written again and again in tests.</summary>
internal static class HomeworkNotebooks
{
    /// <summary>Where the kit lies that the notebooks load.</summary>
    public static HomeworkPlace Place => new(RepositoryPaths.Kit);

    /// <summary>The six of the course.</summary>
    public static IEnumerable<string> OfTheCourse =>
        Directory.GetFiles(Path.Combine(RepositoryPaths.Root, "notebooks", "en"), "*-homework.ipynb").Order(StringComparer.Ordinal);

    /// <summary>A locked cell that loads the kit.</summary>
    public const string Load = """
        #r "../../artifacts/kit/CourseKit.Interactive.dll"
        #r "../../artifacts/kit/CourseKit.dll"
        #r "../../artifacts/kit/MathNet.Numerics.dll"
        using CourseKit;
        using CourseKit.Interactive;
        """;

    /// <summary>The small homework's solutions, by grade_id.</summary>
    public static IReadOnlyDictionary<string, string> Solutions { get; } = new Dictionary<string, string>
    {
        ["cube"] = "double Cube(double x)\n{\n    // BEGIN SOLUTION\n    var square = x * x;\n    return square * x;\n    // END SOLUTION\n}",
        ["sums"] = "double[] Sums(double[] x)\n{\n    // BEGIN SOLUTION\n    var total = 0.0;\n    return [.. x.Select(value => total += value)];\n    // END SOLUTION\n}",
    };

    /// <summary>The small homework: two tasks of one and two points, and a question.</summary>
    public static JsonObject[] Small() =>
    [
        Cell("markdown", "title", "# A small homework", null),
        Cell("code", "load", Load, new GraderCell("load", false, false, true, 0)),
        Cell("code", "cube", Solutions["cube"], new GraderCell("cube", false, true, false, 0)),
        Cell("code", "check-cube", """
            global::CourseKit.Interactive.Check.Value("Cube(2)", () => Cube(2), 8.0, ("this is the square", 4.0));
            // BEGIN HIDDEN TESTS
            global::CourseKit.Interactive.Check.Hidden("cubes", random => Draw.Numbers(random, 3), xs => xs.Select(x => Cube(x)), -1.3449013,
                ("this is the square", xs => xs.Select(x => x * x)));
            // END HIDDEN TESTS
            """, new GraderCell("check-cube", true, false, true, 1)),
        Cell("code", "sums", Solutions["sums"], new GraderCell("sums", false, true, false, 0)),
        Cell("code", "check-sums", """
            global::CourseKit.Interactive.Check.Value("Sums([1, 2, 3])", () => Sums([1, 2, 3]), new[] { 1.0, 3, 6 });
            // BEGIN HIDDEN TESTS
            global::CourseKit.Interactive.Check.Hidden("running sums", random => Draw.Numbers(random, 5), x => Sums([.. x]), 3.828964,
                ("these are the products", xs => { var p = 1.0; return xs.Select(x => p *= x).ToArray(); }));
            // END HIDDEN TESTS
            """, new GraderCell("check-sums", true, false, true, 2)),
        Cell("markdown", "why", "Because it is so.", new GraderCell("why", true, true, false, 1)),
    ];

    /// <summary>A submission of the small homework: the released cells with the given code in the place of the solutions.</summary>
    public static List<JsonObject> Submitted(string? cube, string? sums, string why = "I think so.")
    {
        var cells = Small().ToList();
        foreach (var cell in cells)
            cell["source"] = (string?)cell["id"] switch
            {
                "cube" => cube ?? "double Cube(double x) => throw new System.NotImplementedException();",
                "sums" => sums ?? "double[] Sums(double[] x) => throw new System.NotImplementedException();",
                "why" => why,
                _ => Regions.Take((string)cell["source"]!, Regions.HiddenTests).Kept,
            };
        return cells;
    }

    /// <summary>A cell.</summary>
    public static JsonObject Cell(string kind, string id, string source, GraderCell? mark)
    {
        var metadata = new JsonObject();
        if (mark is not null)
            metadata["nbgrader"] = mark.ToJson();
        var cell = new JsonObject { ["cell_type"] = kind, ["id"] = id, ["metadata"] = metadata, ["source"] = source };
        if (kind == "code")
            (cell["outputs"], cell["execution_count"]) = (new JsonArray(), null);
        return cell;
    }

    /// <summary>The text of a notebook.</summary>
    public static string Json(IEnumerable<JsonObject> cells) => new JsonObject
    {
        ["cells"] = new JsonArray([.. cells.Select(cell => cell.DeepClone())]), ["nbformat"] = 4, ["nbformat_minor"] = 5,
        ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = ".net-csharp", ["language"] = "C#", ["display_name"] = ".NET (C#)" } },
    }.ToJsonString();
}
