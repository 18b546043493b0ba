using System.Diagnostics;
using System.Globalization;
using CourseKit.Interactive;
using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>What came out of a submission's process.</summary>
/// <param name="Answers">For each task, for each probe, the answer.</param>
/// <param name="Faults">Cells that failed, each with the reason.</param>
/// <param name="PeakMemoryBytes">The most memory that was held.</param>
public sealed record RunAnswers(IReadOnlyList<IReadOnlyList<Answer>> Answers, IReadOnlyList<(string Cell, string Fault)> Faults, long PeakMemoryBytes);

/// <summary>Runs a submission in a process of its own and asks it the probes.</summary>
/// <remarks>
/// A cell that ends the process, or has to be ended with it, costs its own task and not the others: the submission is begun again without
/// it. The process gets the student's code, the instructor's given code and the probes; no expected value and no solution is ever in it.
/// </remarks>
internal sealed class SubmissionRun(Assignment assignment, HomeworkPlace place, Sandbox? sandbox, GradeLimits limits)
{
    private const int Beginnings = 6;

    /// <summary>Runs it.</summary>
    /// <param name="work">The student's code.</param>
    /// <param name="seed">From which the probes draw their inputs.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<RunAnswers> ToEndAsync(SubmittedWork work, int seed, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var probes = assignment.Tasks.SelectMany(task => task.Probes).ToArray();
        var tasks = assignment.Tasks.SelectMany((task, t) => task.Probes.Select(_ => t)).ToArray();
        var answers = new Answer?[probes.Length];
        var faults = new Dictionary<int, string>();
        var ended = new HashSet<int>();
        var peak = 0L;
        var scratch = Directory.CreateTempSubdirectory("coursekit-submission-").FullName;
        try
        {
            for (var beginning = 0; beginning < Beginnings && answers.Contains(null) && clock.Elapsed < limits.Total; beginning++)
            {
                using var host = place.Start(sandbox, scratch, limits.Process);
                await BeginAsync(host);
                peak = Math.Max(peak, host.PeakMemoryBytes);
            }
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }

        var late = new Answer([], clock.Elapsed >= limits.Total
            ? string.Create(CultureInfo.InvariantCulture, $"it was not reached: all together took longer than {limits.Total.TotalSeconds:0.#} s")
            : "it was not reached: the process ended too often");
        var all = new Queue<Answer>(answers.Select(answer => answer ?? late));
        return new RunAnswers(
            [.. assignment.Tasks.Select(IReadOnlyList<Answer> (task) => [.. task.Probes.Select(_ => all.Dequeue())])],
            [.. faults.OrderBy(fault => fault.Key).Select(fault => (work.Cells[fault.Key].Id, fault.Value))], peak);

        async Task BeginAsync(CellHost host)
        {
            // The process starts in the first of them, on a busy machine for long, and nobody's marks shall hang on that: only the total counts.
            foreach (var code in assignment.Given)
                if ((await AskAsync(host, code, limits.Total)).End != CellEnd.Succeeded)
                    return;
            for (var i = 0; i < work.Cells.Count; i++)
            {
                if (ended.Contains(i))
                    continue;
                var reply = await AskAsync(host, work.Cells[i].Code, limits.Cell);
                if (reply.Message is not null)
                    faults[i] = Answer.Shorten(reply.Message);
                if (!host.IsAlive)
                {
                    ended.Add(i);
                    return;
                }
            }

            for (var i = 0; i < probes.Length; i++)
            {
                if (answers[i] is not null)
                    continue;
                answers[i] = Read(await AskAsync(host, string.Create(CultureInfo.InvariantCulture, $"global::CourseKit.Interactive.Probe.Ask({seed}, {probes[i].Draw}, {probes[i].Ask})"), limits.Cell));
                if (host.IsAlive)
                    continue;
                for (var j = i + 1; j < probes.Length && tasks[j] == tasks[i]; j++)
                    answers[j] = answers[i]; // the task is lost; it shall not cost the others their time
                return;
            }
        }

        Task<CellReply> AskAsync(CellHost host, string code, TimeSpan limit)
        {
            var left = limits.Total - clock.Elapsed;
            return host.RunAsync(code, left < limit ? (left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1)) : limit, ct);
        }
    }

    private static Answer Read(CellReply reply)
    {
        if (reply.End != CellEnd.Succeeded)
            return new Answer([], Answer.Shorten(reply.Message ?? "it fails"));
        try
        {
            return Answer.Parse(reply.Value ?? "");
        }
        catch (ArgumentException)
        {
            return new Answer([], "the answer is not numbers");
        }
    }
}
