using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;

namespace CourseKit.Kernel;

internal sealed partial class CSharpSession
{
    private readonly string folder;

    /// <summary>Runs a cell with magics, part by part, up to the first that fails.</summary>
    private ExecutionOutcome ExecuteParts(string code, string place, IOutput output)
    {
        Stopwatch? clock = null;
        ExecutionOutcome outcome = new(null, null);
        try
        {
            foreach (var part in Magics.Split(code))
            {
                if (outcome.Result is { } value)
                    output.Display(value, null); // only the last one is the cell's result
                outcome = new ExecutionOutcome(null, null);
                if (part.Name == "#!time")
                    clock ??= Stopwatch.StartNew();
                else
                    outcome = Execute(part, place, output);
                if (outcome.Error is not null)
                    return outcome;
            }
        }
        catch (Exception error) when (error is MagicException or NotebookException or IOException or UnauthorizedAccessException)
        {
            var message = $"{place}, {error.Message}";
            return new ExecutionOutcome(null, new ExecutionError("MagicError", message, [message]));
        }

        if (clock is not null)
            Show(output, "text/plain", FormattableString.Invariant($"Wall time: {clock.Elapsed.TotalMilliseconds:0.###} ms"));
        return outcome;
    }

    private ExecutionOutcome Execute(Magics.Part part, string place, IOutput output)
    {
        switch (part.Name)
        {
            case "#!csharp":
                return ExecuteCSharp(part.Text, place, output);
            case "#!import":
                return Import(part, place, output);
            case "#!markdown":
                Show(output, "text/markdown", part.Text);
                break;
            case "#!html":
                Show(output, "text/html", part.Text);
                break;
            case "#!who":
                Show(output, "text/plain", string.Join('\n', Variables().Select(variable => variable.Name)));
                break;
            case "#!whos":
                ShowVariables(output);
                break;
            default:
                Show(output, "text/plain", $"{Jupyter.KernelInfo.Banner}\n{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");
                break;
        }

        return new ExecutionOutcome(null, null);
    }

    /// <summary>Runs the file that an <c>#!import</c> names, as if it stood in the cell.</summary>
    private ExecutionOutcome Import(Magics.Part part, string place, IOutput output)
    {
        var name = part.Text.Trim('"');
        if (name.Length == 0)
            throw new MagicException($"line {part.Line}: expected is #!import FILE");
        var path = Path.GetFullPath(name, folder);
        if (!File.Exists(path))
            throw new MagicException($"line {part.Line}: {path} is not there");
        var file = Path.GetFileName(path);
        IEnumerable<(string Code, string Place)> cells = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".cs" or ".csx" => [(File.ReadAllText(path), file)],
            ".ipynb" => Notebook.Load(path).Cells.Where(cell => cell.Kind == NotebookCellKind.Code).Select((cell, i) => (cell.Source, FormattableString.Invariant($"{file}, code cell {i + 1}"))),
            var other => throw new MagicException($"line {part.Line}: a {other} file cannot be imported; .cs, .csx and .ipynb can"),
        };
        foreach (var cell in cells)
            if (Execute(cell.Code, $"{place}, {cell.Place}", output) is { Error: not null } failed)
                return failed;
        return new ExecutionOutcome(null, null);
    }

    /// <summary>The variables of all cells; of two with one name, the later.</summary>
    private IEnumerable<(string Name, Type Type, object? Value)> Variables() => states.Take(stateCount).Skip(1).Reverse()
        .SelectMany(state => state!.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(field => !field.Name.Contains('<') && field.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null)
            .Select(field => (field.Name, field.FieldType, field.GetValue(state))))
        .DistinctBy(variable => variable.Name)
        .OrderBy(variable => variable.Name, StringComparer.Ordinal);

    private void ShowVariables(IOutput output)
    {
        var rows = Variables().Select(variable => (variable.Name, Type: variable.Type.Name, Value: Shortened((string?)Values.Format(variable.Value, ["text/plain"])["text/plain"] ?? ""))).ToList();
        var encoder = HtmlEncoder.Default;
        output.Display(
            new JsonObject
            {
                ["text/html"] = "<table><thead><tr><th>Variable</th><th>Type</th><th>Value</th></tr></thead><tbody>"
                    + string.Concat(rows.Select(row => $"<tr><td>{encoder.Encode(row.Name)}</td><td>{encoder.Encode(row.Type)}</td><td>{encoder.Encode(row.Value)}</td></tr>"))
                    + "</tbody></table>",
                ["text/plain"] = string.Join('\n', rows.Select(row => $"{row.Name}  {row.Type}  {row.Value}")),
            },
            null);

        static string Shortened(string text) => text.ReplaceLineEndings(" ") is { Length: > 80 } line ? line[..79] + "…" : text.ReplaceLineEndings(" ");
    }

    private static void Show(IOutput output, string mimeType, string text) => output.Display(new JsonObject { [mimeType] = text }, null);
}
