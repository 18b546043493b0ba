using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace CourseKit.Benchmarks;

/// <summary>Grades a class in one go with the command itself, then kills it half-way, lets it go on, and compares the gradebooks.</summary>
internal static class GradeClassCommand
{
    public static void Run(bool quick)
    {
        var students = quick ? 20 : 200;
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "CourseKit.sln")))
            root = root.Parent;
        var homework = Path.Combine(root.FullName, "notebooks", "en", "03-homework.ipynb");
        var folder = Directory.CreateTempSubdirectory("coursekit-class-").FullName;
        try
        {
            var submitted = Directory.CreateDirectory(Path.Combine(folder, "submitted")).FullName;
            for (var n = 0; n < students; n++)
                File.WriteAllText(Path.Combine(submitted, string.Create(CultureInfo.InvariantCulture, $"student{n:000}.ipynb")), Submission(homework, n));

            var (whole, halves) = (Path.Combine(folder, "whole"), Path.Combine(folder, "halves"));
            var clock = Stopwatch.StartNew();
            var peak = Grade(root.FullName, submitted, homework, whole, until: null);
            var seconds = clock.Elapsed.TotalSeconds;
            var grades = Directory.GetFiles(Path.Combine(whole, "details")).Select(file => JsonNode.Parse(File.ReadAllText(file))!).ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{students} submissions in {seconds:0.0} s: {seconds / students:0.00} s of the clock each"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a submission, from start to grade: median {Median(grades, "seconds"):0.00} s, {Median(grades, "megabytes"):0} MB; at most {grades.Max(grade => (double)grade["megabytes"]!):0} MB"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the grader itself: {peak >> 20} MB at most"));
            Console.WriteLine($"points: {string.Join(", ", grades.GroupBy(grade => (double)grade["points"]!).OrderBy(group => group.Key).Select(group => $"{group.Key.ToString(CultureInfo.InvariantCulture)}: {group.Count()}"))}");

            Grade(root.FullName, submitted, homework, halves, until: students / 2);
            var kept = Directory.GetFiles(Path.Combine(halves, "details"), "*.json").Length;
            Grade(root.FullName, submitted, homework, halves, until: null);
            var same = File.ReadAllBytes(Path.Combine(whole, "grades.csv")).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(halves, "grades.csv")));
            Console.WriteLine($"killed after {kept} and gone on with: the gradebook is {(same ? "the same, byte for byte" : "ANOTHER ONE")}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The instructor's notebook with some of the solutions taken out, others for each student.</summary>
    private static string Submission(string homework, int student)
    {
        var notebook = JsonNode.Parse(File.ReadAllText(homework))!;
        var task = 0;
        foreach (var cell in notebook["cells"]!.AsArray())
        {
            if ((bool?)cell!["metadata"]!["nbgrader"]?["solution"] is not true || (string?)cell["cell_type"] != "code")
                continue;
            if ((student >> task++ & 3) == 3)
                cell["source"] = "// I had no time";
        }

        return notebook.ToJsonString().Replace("coursekit homework validate", string.Create(CultureInfo.InvariantCulture, $"student {student}"), StringComparison.Ordinal);
    }

    /// <summary>Runs the command to its end, or kills it as soon as so many are graded.</summary>
    /// <returns>The most memory that it held, in bytes.</returns>
    private static long Grade(string root, string submitted, string homework, string output, int? until)
    {
        var command = Path.Combine(AppContext.BaseDirectory, "CourseKit.Cli.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", "--runtimeconfig", Path.ChangeExtension(command, ".runtimeconfig.json"), command, "homework", "grade", submitted, "--homework", homework, "--output", output },
            WorkingDirectory = root, RedirectStandardOutput = true,
        })!;
        var (lines, peak) = (0, 0L);
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith($"{++lines}/", StringComparison.Ordinal) && lines == until)
                process.Kill();
            if (!process.HasExited)
            {
                process.Refresh();
                peak = Math.Max(peak, process.PeakWorkingSet64);
            }
        }

        process.WaitForExit();
        return peak;
    }

    private static double Median(List<JsonNode> grades, string what) => grades.Select(grade => (double)grade[what]!).Order().ElementAt(grades.Count / 2);
}
