using System.Globalization;
using System.Text.Json;
using CourseKit.Interactive;
using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>What a probe should answer, and what usual mistakes would.</summary>
/// <param name="Expected">The answer of the instructor's solution.</param>
/// <param name="Mistakes">Hints, each with its wrong answer.</param>
public sealed record Reference(Answer Expected, IReadOnlyList<(string Hint, Answer Answer)> Mistakes);

/// <summary>The instructor's solutions in a process of their own, which answers the probes for any seed. It outlives many submissions.</summary>
public sealed class ReferenceHost : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Assignment assignment;
    private readonly CellHost host;
    private readonly string scratch;
    private readonly SemaphoreSlim one = new(1);

    private ReferenceHost(Assignment assignment, CellHost host, string scratch) => (this.assignment, this.host, this.scratch) = (assignment, host, scratch);

    /// <summary>Runs the instructor's solutions.</summary>
    /// <exception cref="CommandException">One of them fails.</exception>
    public static async Task<ReferenceHost> StartAsync(Assignment assignment, HomeworkPlace place, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        ArgumentNullException.ThrowIfNull(place);
        var scratch = Directory.CreateTempSubdirectory("coursekit-reference-").FullName;
        var started = new ReferenceHost(assignment, place.Start(null, scratch, new CellLimits { MemoryBytes = 2L << 30, OutputBytes = 64 << 20 }), scratch);
        try
        {
            foreach (var code in (string[])[.. assignment.Given, .. assignment.Reference, started.Definitions()])
                await started.RunAsync(code, ct);
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
            var said = await RunAsync(string.Create(CultureInfo.InvariantCulture, $"System.Text.Json.JsonSerializer.Serialize(coursekitProbes.Select(probe => probe({seed})).ToArray())"), CancellationToken.None); // short; to stop in it would end the process for all
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
        host.Dispose();
        one.Dispose();
        Directory.Delete(scratch, recursive: true);
    }

    private async Task<string?> RunAsync(string code, CancellationToken ct)
    {
        var reply = await host.RunAsync(code, Patience, ct);
        return reply.End == CellEnd.Succeeded ? reply.Value : throw new CommandException($"{assignment.Path}: the instructor's copy fails: {reply.Message}");
    }

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
