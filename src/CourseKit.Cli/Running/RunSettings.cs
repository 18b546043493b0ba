using System.CommandLine;
using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>The arguments that every command takes that runs notebooks.</summary>
internal sealed class RunSettings
{
    private const long Megabyte = 1024 * 1024;

    public Argument<string[]> Notebooks { get; } = new("notebooks")
    {
        Description = "Notebooks, or folders of them. Without any: all of notebooks/en of the course.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<double> _timeout = Positive("--timeout", "SECONDS", "The most that one cell may take.", 300);
    private readonly Option<double?> _total = Positive("--total-timeout", "SECONDS", "The most that one notebook may take. Without it: no limit but the cells' own.");
    private readonly Option<double> _memory = Positive("--memory", "MB", "The most memory that one notebook may take.", 4096);
    private readonly Option<double?> _jobs = Positive("--jobs", "N", "How many notebooks run at once. Without it: as many as cores and free memory allow.");

    public void AddTo(Command command)
    {
        command.Add(Notebooks);
        command.Add(_timeout);
        command.Add(_total);
        command.Add(_memory);
        command.Add(_jobs);
    }

    public RunOptions Options(ParseResult parsed) => new()
    {
        CellTimeout = TimeSpan.FromSeconds(parsed.GetValue(_timeout)),
        TotalTimeout = parsed.GetValue(_total) is { } total ? TimeSpan.FromSeconds(total) : null,
        MemoryLimitBytes = (long)(parsed.GetValue(_memory) * Megabyte),
        OutputLimitBytes = 50 * Megabyte,
    };

    public int Width(ParseResult parsed, RunOptions options) =>
        parsed.GetValue(_jobs) is { } jobs ? (int)Math.Max(1, jobs) : NotebookBatch.Width(Environment.ProcessorCount, FreeMemory.Bytes(), options.MemoryLimitBytes);

    private static Option<double> Positive(string name, string unit, string description, double standard)
    {
        var option = new Option<double>(name) { HelpName = unit, Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result => CheckPositive(result, name, unit));
        return option;
    }

    private static Option<double?> Positive(string name, string unit, string description)
    {
        var option = new Option<double?>(name) { HelpName = unit, Description = description };
        option.Validators.Add(result => CheckPositive(result, name, unit));
        return option;
    }

    private static void CheckPositive(System.CommandLine.Parsing.OptionResult result, string name, string unit)
    {
        if (result.Tokens is [{ Value: var text }] && !(double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value) && value > 0 && value < 1e7))
            result.AddError($"{name} needs a number of {unit} greater than 0, not '{text}'.");
    }
}
