using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace CourseKit.Kernel;

/// <summary>Tells of errors in terms of cells and lines.</summary>
internal static partial class Tracebacks
{
    /// <summary>The name under which a cell is compiled, which is where an exception's stack says it was.</summary>
    public static string CellPath(int number) => $"cell {number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>What did not compile, each with its line.</summary>
    public static ExecutionError Of(IReadOnlyList<Diagnostic> errors, string code)
    {
        var lines = code.Split('\n');
        var traceback = new List<string>();
        foreach (var error in errors)
        {
            traceback.Add(Describe(error));
            var line = error.Location.GetLineSpan().StartLinePosition;
            if (error.Location.IsInSource && IsCell(error.Location.GetLineSpan().Path) && line.Line < lines.Length)
            {
                var text = lines[line.Line].TrimEnd('\r');
                traceback.Add("    " + text);
                traceback.Add("    " + new string([.. text.Take(line.Character).Select(c => c == '\t' ? '\t' : ' ')]) + "^");
            }
        }

        return new ExecutionError("CompileError", Describe(errors[0]), traceback);
    }

    /// <summary>A compiler's message with its place, such as <c>cell 3, line 2, column 5: error CS0103: ...</c>.</summary>
    public static string Describe(Diagnostic diagnostic)
    {
        var message = $"{(diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning")} {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
        if (!diagnostic.Location.IsInSource)
            return message;
        var span = diagnostic.Location.GetLineSpan();
        var start = span.StartLinePosition;
        return FormattableString.Invariant($"{span.Path}, line {start.Line + 1}, column {start.Character + 1}: {message}");
    }

    /// <summary>What was thrown, where in which cell, with the exceptions inside it.</summary>
    public static ExecutionError Of(Exception exception)
    {
        var traceback = new List<string>();
        Tell(exception, "", traceback);
        return new ExecutionError(exception.GetType().FullName ?? exception.GetType().Name, Message(exception), traceback);
    }

    private static void Tell(Exception exception, string introduction, List<string> traceback)
    {
        const int Most = 500;
        if (traceback.Count > Most)
        {
            if (traceback[^1] != "...")
                traceback.Add("...");
            return;
        }

        traceback.Add($"{introduction}{exception.GetType().FullName}: {Message(exception)}");
        traceback.AddRange(Folded(Frames(exception)));
        if (exception is AggregateException several)
            foreach (var inner in several.InnerExceptions)
                Tell(inner, "caused by ", traceback);
        else if (exception.InnerException is { } inner)
            Tell(inner, "caused by ", traceback);
    }

    /// <summary>What an exception says; a student's own may throw when it is asked.</summary>
    private static string Message(Exception exception)
    {
        try
        {
            return exception.Message ?? "";
        }
        catch (Exception error)
        {
            return $"(its Message throws {error.GetType().FullName})";
        }
    }

    /// <summary>Symbols hold the cell's name with the notebook's folder in front of it; behind it may stand what the cell imports.</summary>
    private static bool IsCell(string? path) => CellName().IsMatch(Path.GetFileName(path) ?? "");

    /// <summary>A frame's place, if it is in a cell or in a script that one loads; elsewhere the lines would be those of the machine that built a library.</summary>
    private static string Place(StackFrame frame) =>
        Path.GetFileName(frame.GetFileName()) is { } name && (IsCell(name) || IsSubmission(Outermost(frame.GetMethod()?.DeclaringType)))
            ? FormattableString.Invariant($"{name}, line {frame.GetFileLineNumber()}")
            : "";

    private static Type? Outermost(Type? type)
    {
        while (type?.DeclaringType is { } outer)
            type = outer;
        return type;
    }

    /// <summary>The frames down to the cell's own; what lies below is the kernel's business.</summary>
    private static List<string> Frames(Exception exception)
    {
        var frames = new StackTrace(exception, fNeedFileInfo: true).GetFrames();
        var last = Array.FindLastIndex(frames, frame => IsCell(frame.GetFileName()));
        var lines = new List<string>();
        foreach (var frame in frames.Take(last + 1))
        {
            var method = frame.GetMethod();
            if (method?.DeclaringType?.Namespace is "System.Runtime.CompilerServices" or "System.Runtime.ExceptionServices" or "CourseKit.Kernel.Dialect")
                continue;
            if (method?.GetCustomAttribute<StackTraceHiddenAttribute>() is not null)
                continue;
            var name = Name(method);
            var place = Place(frame);
            lines.Add(place == "" ? $"   at {name}" : name == "" ? $"   at {place}" : $"   at {name} in {place}");
        }

        return lines;
    }

    /// <summary>A recursion's frames, told once, also where several functions call each other; of what is still too long, the beginning and the end.</summary>
    private static IEnumerable<string> Folded(List<string> frames)
    {
        const int LongestPeriod = 8, Beginning = 40, End = 20;
        var lines = new List<string>();
        for (var i = 0; i < frames.Count;)
        {
            var (period, times) = (1, 1);
            for (var p = 1; p <= LongestPeriod && times == 1; p++)
            {
                var same = 0;
                while (i + p + same < frames.Count && frames[i + same] == frames[i + p + same])
                    same++;
                if (same >= (p == 1 ? 1 : 2 * p)) // of several, three times at least
                    (period, times) = (p, 1 + same / p);
            }

            lines.AddRange(frames.Skip(i).Take(period));
            if (times > 1)
                lines.Add(FormattableString.Invariant($"   ... and {times - 1} times more{(period > 1 ? FormattableString.Invariant($", all {period} of them") : "")}"));
            i += period * times;
        }

        return lines.Count <= Beginning + End
            ? lines
            : [.. lines.Take(Beginning), FormattableString.Invariant($"   ... {lines.Count - Beginning - End} lines left out ..."), .. lines.Skip(lines.Count - End)];
    }

    /// <summary>A method's name as its author wrote it; empty for the top level of a cell.</summary>
    private static string Name(MethodBase? method)
    {
        if (method is null)
            return "";
        var (name, type) = (method.Name, method.DeclaringType);
        if (name == "MoveNext" && type is not null && GeneratedName().Match(type.Name) is { Success: true } machine)
            (name, type) = (machine.Groups[1].Value, type.DeclaringType); // an async method or an iterator
        if (name is "<Initialize>" or "<Factory>" or ".ctor" && IsSubmission(type))
            return "";
        if (LocalFunction().Match(name) is { Success: true } local)
            name = local.Groups[1].Value;
        else if (name.Contains(">b__", StringComparison.Ordinal))
            name = "a lambda";
        while (type is not null && (type.Name.StartsWith('<') || IsSubmission(type)))
            type = type.DeclaringType;
        var parameters = string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType.Name));
        var plain = type is null || type.FullName is null ? name : $"{NestedInSubmission().Replace(type.FullName, "")}.{name}";
        return name == "a lambda" || method.Name == "MoveNext" ? plain : $"{plain}({parameters})";
    }

    private static bool IsSubmission(Type? type) => type is not null && type.Name.StartsWith("Submission#", StringComparison.Ordinal);

    [GeneratedRegex(@"^cell \d+(, .*)?$")]
    private static partial Regex CellName();

    [GeneratedRegex(@"^Submission#\d+\+")]
    private static partial Regex NestedInSubmission();

    [GeneratedRegex("^<(.+)>d__")]
    private static partial Regex GeneratedName();

    [GeneratedRegex("^<.*>g__([^|]+)")]
    private static partial Regex LocalFunction();
}
