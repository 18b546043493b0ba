using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>Runs what has to be run and writes the book; the command does it once, the server after every change.</summary>
/// <param name="context">The machine.</param>
/// <param name="notebooks">The notebooks, in the book's order.</param>
/// <param name="folder">The book's folder.</param>
/// <param name="isCourse">Whether it is the book of the whole course, with its sources and its glossary.</param>
/// <param name="slides">Whether to write full-screen pages too.</param>
internal sealed class BookMaker(CommandContext context, Func<IReadOnlyList<string>> notebooks, string folder, bool isCourse, bool slides)
{
    /// <summary>Makes the book.</summary>
    /// <param name="options">The limits of a run.</param>
    /// <param name="width">How many notebooks run at once.</param>
    /// <param name="fresh">Whether to run everything again.</param>
    /// <param name="ct">Stops the runs.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> MakeAsync(RunOptions options, int width, bool fresh, CancellationToken ct)
    {
        var paths = notebooks();
        BookBuilder.CheckReplaceable(folder);
        var cache = context.Repository is { } r ? RunCache.Of(r) : null;
        var keys = paths.Select((path, i) => cache?.Key(path) ?? $"none-{i}").ToArray();
        var results = new RunResult?[paths.Count];
        for (var i = 0; i < paths.Count && !fresh; i++)
            results[i] = cache?.Find(keys[i], paths[i]);

        // Of notebooks with the same code one is run; the others take its outputs.
        int[] missing = [.. Enumerable.Range(0, paths.Count).Where(i => results[i] is null).DistinctBy(i => keys[i])];
        if (missing.Length > 0)
        {
            var runs = await NotebookBatch.RunAsync([.. missing.Select(i => paths[i])], null, options, width, context.Executor, context.View(), ct);
            for (var k = 0; k < runs.Count; k++)
                if (runs[k] is { State: RunState.Succeeded, Executed: not null } done)
                {
                    results[missing[k]] = done;
                    if (!keys[missing[k]].StartsWith("none-", StringComparison.Ordinal))
                        cache?.Store(keys[missing[k]], done);
                }
            if (RunCommand.Report(runs, context) is not ExitCodes.Success and var code)
            {
                context.Error.WriteLine($"The book was not written: {string.Join(", ", runs.Where(x => x.State != RunState.Succeeded).Select(x => Path.GetFileName(x.NotebookPath)))} did not run to the end.");
                return code;
            }
            for (var i = 0; i < paths.Count; i++)
                results[i] ??= cache?.Find(keys[i], paths[i]);
        }
        cache?.Tidy();
        var course = isCourse && context.Repository is { } repository ? new CourseSources(repository.Root) : null;
        var index = BookBuilder.Build([.. results.Select(result => result!)], folder, course, slides);
        context.Out.WriteLine($"The book is written ({(missing.Length == 0 ? "no notebook had changed" : $"{missing.Length} of {paths.Count} notebooks run")}). Open {index}");
        return ExitCodes.Success;
    }
}
