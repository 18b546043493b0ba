using System.Text.RegularExpressions;

namespace CourseKit.Notebooks.Tests;

/// <summary>
/// Holds the cells to the dialect that runs on .NET Interactive unchanged. Each rule is something that was seen to fail there, or to fail
/// in a C# script anywhere.
/// </summary>
public partial class DialectTests
{
    public static TheoryData<string> Notebooks => CourseNotebooks.Theory;

    [Theory, MemberData(nameof(Notebooks))]
    public void Every_cell_keeps_to_what_runs_on_NET_Interactive(string notebook) =>
        Assert.Empty(CourseNotebooks.CodeCells(notebook).SelectMany(cell => Faults(cell.Source).Select(fault => $"{notebook}, cell {cell.Id}: {fault}")));

    [Theory]
    [InlineData("namespace A { }", "namespace")]
    [InlineData("#!javascript\nalert(1)", "magic")]
    [InlineData("var x = 1;\nusing System.IO;", "using directive after other code")]
    [InlineData("static class E { public static int Twice(this int x) => 2 * x; }", "extension method in a static class")]
    [InlineData("Span<int> s = stackalloc int[3];", "Span at the top level")]
    [InlineData("using var file = Open();", "using var at the top level")]
    [InlineData("file class A { }", "file type")]
    [InlineData("extension(int x) { }", "extension block")]
    [InlineData("display(x).Update(y);", "display(...).Update")]
    [InlineData("var d = display(x);\nd.Update(y);", "display(...).Update")]
    [InlineData("HTML(\"<b>x</b>\")", "HTML(...)")]
    [InlineData("File.ReadAllText(\"x\")", "System.IO")]
    [InlineData("#r \"nuget: Plotly.NET, 6.0.0\"", "Plotly.NET")]
    [InlineData("Console.Error.WriteLine(1);", "Console.Error")]
    public void The_rules_catch_what_they_are_for(string source, string expected) =>
        Assert.Contains(Faults(source), fault => fault.Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("#r \"../../artifacts/kit/CourseKit.dll\"\nusing CourseKit;\nvar x = 1;")]
    [InlineData("static int Twice(this int x) => 2 * x;")]
    [InlineData("using System.IO;\nFile.ReadAllText(\"x\")")]
    [InlineData("void F()\n{\n    using var s = Open();\n    Span<int> t = [1];\n}")]
    [InlineData("record Point(int X);\nvar text = \"\"\"\n    namespace\n    \"\"\";")]
    public void The_rules_let_pass_what_runs(string source) => Assert.Empty(Faults(source));

    private static IEnumerable<string> Faults(string source)
    {
        var code = StringsAndComments().Replace(source, match => match.Value.StartsWith('/') ? "" : "\"\"");
        var topLevel = Blocks(code);
        if (Regex.IsMatch(code, @"(?m)^\s*namespace\b")) yield return "a namespace cannot stand in a script";
        if (Regex.IsMatch(source, "(?m)^#!")) yield return "a magic command: some block headless, and other kernels do not know them";
        if (Regex.IsMatch(code, @"\bstatic\s+class\b[^{]*\{[\s\S]*\(\s*this\b")) yield return "an extension method in a static class cannot stand in a script";
        if (Regex.IsMatch(code, @"\bextension\s*(<[^>]*>)?\s*\(")) yield return "an extension block cannot stand in a script";
        if (Regex.IsMatch(topLevel, @"(?m)^\s*(ReadOnly)?Span<[^>]*>\s+\w+\s*=|stackalloc")) yield return "a Span at the top level would have to be a field";
        if (Regex.IsMatch(topLevel, @"(?m)^\s*using\s+(var|\w[\w<>.]*)\s+\w+\s*=")) yield return "using var at the top level is not possible in a script";
        if (Regex.IsMatch(code, @"(?m)^\s*file\s+(sealed\s+|static\s+|abstract\s+)*(class|record|struct|interface|enum)\b")) yield return "a file type cannot stand in a script";
        if (UsingAfterCode(code)) yield return "a using directive after other code of the same cell";
        if (Regex.IsMatch(code, @"display\s*\([\s\S]*\.Update\s*\(")) yield return "display(...).Update(...) does nothing on .NET Interactive since June 2025";
        if (Regex.IsMatch(code, @"(?<![\w.])HTML\s*\(")) yield return "HTML(...) warns on stderr; return an object that has a formatter";
        if (Regex.IsMatch(code, @"(?<![\w.])(File|Path|Directory|StreamReader|StreamWriter)\s*[.(]") && !code.Contains("using System.IO", StringComparison.Ordinal))
            yield return "System.IO is not imported there; name it with a using";
        if (source.Contains("Plotly.NET", StringComparison.Ordinal)) yield return "Plotly.NET does not load there; draw with Plot";
        if (code.Contains("Console.Error", StringComparison.Ordinal)) yield return "Console.Error: graders take what is on stderr for failure";
    }

    private static bool UsingAfterCode(string code)
    {
        var seenCode = false;
        foreach (var line in code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            var isUsing = Regex.IsMatch(line, @"^using\s+(static\s+)?[\w.]+(\s*=\s*[^;]+)?;(\s*using\s.*;)?$") && !Regex.IsMatch(line, @"^using\s+var\b");
            if (isUsing && seenCode)
                return true;
            seenCode |= !isUsing && !line.StartsWith('#');
        }

        return false;
    }

    /// <summary>The code outside of all braces.</summary>
    private static string Blocks(string code)
    {
        var (depth, kept) = (0, new System.Text.StringBuilder());
        foreach (var c in code)
        {
            if (c == '{') depth++;
            if (depth == 0) kept.Append(c);
            if (c == '}') depth--;
        }

        return kept.ToString();
    }

    [GeneratedRegex("\"\"\"[\\s\\S]*?\"\"\"|@\"(?:[^\"]|\"\")*\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"|//[^\\n]*|/\\*[\\s\\S]*?\\*/")]
    private static partial Regex StringsAndComments();
}
