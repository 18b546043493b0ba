using System.Globalization;
using System.Text.Json;
using CourseKit.Interactive;
using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>What a probe should answer, and what usual mistakes would.</summary>
/// <param name="Expected">The answer of the instructor's solution.</param>
/// <param name="Mistakes">Hints, each with its wrong answer.</param>
public sealed record Reference(Answer Expected, IReadOnlyList<(string Hint, Answer Answer)> Mistakes);

/// <summary>The instructor's solutions in a process of their own, which answers the probes for any seed. One process outlives many submissions, not all of a large class.</summary>
public sealed class ReferenceHost : IDisposable
{
    private const int AnswersOfOneProcess = 200; // each leaves a little behind: an assembly for its cell, and what solutions keep
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly CellLimits Limits = new() { MemoryBytes = 2L << 30, OutputBytes = 64 << 20, ProcessorTime = TimeSpan.FromDays(7) };
    private readonly Assignment assignment;
    private readonly HomeworkPlace place;
    private readonly string scratch = Directory.CreateTempSubdirectory("coursekit-reference-").FullName;
    private readonly SemaphoreSlim one = new(1);
    private CellHost? host;
    private int answered;

    private ReferenceHost(Assignment assignment, HomeworkPlace place) => (this.assignment, this.place) = (assignment, place);

    /// <summary>Runs the instructor's solutions.</summary>
    /// <exception cref="CommandException">One of them fails.</exception>
    public static async Task<ReferenceHost> StartAsync(Assignment assignment, HomeworkPlace place, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        ArgumentNullException.ThrowIfNull(place);
        var started = new ReferenceHost(assignment, place);
        try
        {
            await started.BeginAsync(ct);
            return started;
        }
        catch
        {
            started.Dispose();
            throw;
        }
    }

    /// <summary>The right answers, and those of mistakes, to all probes of all tasks, in order.</summary>
    /// <exception cref="CommandException">A solution or a mistake fails.</exception>
    public async Task<IReadOnlyList<IReadOnlyList<Reference>>> AnswersAsync(int seed, CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            var said = await AskAsync(string.Create(CultureInfo.InvariantCulture, $"System.Text.Json.JsonSerializer.Serialize(coursekitProbes.Select(probe => probe({seed})).ToArray())"), ct);
            var answers = new Queue<Answer>(JsonSerializer.Deserialize<string[]>(said!)!.Select(Answer.Parse));
            return [.. assignment.Tasks.Select(IReadOnlyList<Reference> (task) => [.. task.Probes.Select(probe =>
            {
                var expected = answers.Dequeue();
                if (expected.Fault is { } fault)
                    throw new CommandException($"{assignment.Path}: the solution fails at \"{probe.What}\": {fault}");
                return new Reference(expected, [.. probe.Mistakes.Select(mistake => (mistake.Hint, answers.Dequeue()))]);
            })])];
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        host?.Dispose();
        one.Dispose();
        Directory.Delete(scratch, recursive: true);
    }

    private async Task<string?> AskAsync(string question, CancellationToken ct)
    {
        if (host is not { IsAlive: true } || answered >= AnswersOfOneProcess)
            await BeginAsync(ct);
        answered++;
        var reply = await host!.RunAsync(question, Patience, CancellationToken.None); // short; to stop in it would end the process for all
        if (!host.IsAlive)
        {
            await BeginAsync(ct); // what ended it may be what earlier answers left behind
            reply = await host.RunAsync(question, Patience, CancellationToken.None);
        }

        return Value(reply);
    }

    private async Task BeginAsync(CancellationToken ct)
    {
        host?.Dispose();
        (host, answered) = (null, 0);
        var begun = place.Start(null, scratch, Limits);
        try
        {
            foreach (var code in (string[])[.. assignment.Given, .. assignment.Reference, Definitions()])
                Value(await begun.RunAsync(code, Patience, ct));
            host = begun;
        }
        finally
        {
            if (host is null)
                begun.Dispose();
        }
    }

    private string? Value(CellReply reply) =>
        reply.End == CellEnd.Succeeded ? reply.Value : throw new CommandException($"{assignment.Path}: the instructor's copy fails: {reply.Message}");

    /// <summary>All probes and mistakes as functions of the seed, compiled once.</summary>
    private string Definitions()
    {
        var lambdas = assignment.Tasks.SelectMany(task => task.Probes).SelectMany(probe => (string[])[$"{probe.Draw}, {probe.Ask}", .. probe.Mistakes.Select(mistake => $"{probe.Draw}, {mistake.Ask}")]);
        return $$"""
            var coursekitProbes = new Func<int, string>[]
            {
            {{string.Join(",\n", lambdas.Select(lambda => $"seed => global::CourseKit.Interactive.Probe.Ask(seed, {lambda})"))}}
            };
            """;
    }
}
