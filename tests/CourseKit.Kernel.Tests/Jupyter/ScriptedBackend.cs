using System.Text;
using System.Text.Json.Nodes;
using CourseKit.Kernel.Jupyter;

namespace CourseKit.Kernel.Tests.Jupyter;

/// <summary>A backend for the protocol's tests: a cell is a list of commands such as <c>print a; sleep 100; value 42</c>.</summary>
internal sealed class ScriptedBackend : IBackend
{
    private volatile CancellationTokenSource? cell;

    public ExecutionOutcome Execute(string code, int executionCount, IOutput output)
    {
        using var interrupted = new CancellationTokenSource();
        cell = interrupted;
        JsonObject? result = null;
        try
        {
            foreach (var command in code.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var words = command.Split(' ');
                switch (words[0])
                {
                    case "print":
                        output.Stream("stdout", words[1]);
                        if (code.Contains("forever", StringComparison.Ordinal))
                            output.Stream("stderr", ""); // nothing: an empty text must not be published
                        break;
                    case "err":
                        output.Stream("stderr", words[1]);
                        break;
                    case "lines":
                        for (var i = 0; i < int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture); i++)
                            output.Stream("stdout", $"line {i}\n");
                        break;
                    case "display":
                        output.Display(Plain(words[1]), words[2]);
                        break;
                    case "update":
                        output.Update(Plain(words[1]), words[2]);
                        break;
                    case "clear":
                        output.Clear(wait: true);
                        break;
                    case "ask":
                        result = Plain(output.Ask(words[1], password: false));
                        break;
                    case "sleep":
                        Thread.Sleep(int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture));
                        break;
                    case "forever":
                        interrupted.Token.WaitHandle.WaitOne();
                        return new ExecutionOutcome(null, new ExecutionError("KeyboardInterrupt", "interrupted", []));
                    case "fail":
                        return new ExecutionOutcome(null, new ExecutionError("Failure", "it failed", ["line 1"]));
                    default:
                        result = Plain(words[1]);
                        break;
                }
            }

            return new ExecutionOutcome(result, null);
        }
        catch (Exception error) when (error is OperationCanceledException or InvalidOperationException)
        {
            return new ExecutionOutcome(null, new ExecutionError(error.GetType().Name, error.Message, []));
        }
        finally
        {
            cell = null;
        }
    }

    public void Interrupt()
    {
        try
        {
            cell?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The cell ended at this very moment.
        }
    }

    public Completions Complete(string code, int position) => new(position - 3, position, [("Console", "class")]);

    public string? Inspect(string code, int position) => code.Length > 0 ? $"about {code}" : null;

    public Completeness IsComplete(string code) => code.Contains('{') ? Completeness.Incomplete : Completeness.Complete;

    public void Dispose()
    {
    }

    private static JsonObject Plain(string text) => new() { ["text/plain"] = text };
}
