using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>Grades submissions of one homework.</summary>
public sealed class Grader : IDisposable
{
    private readonly Assignment assignment;
    private readonly HomeworkPlace place;
    private readonly Sandbox? sandbox;
    private readonly GradeLimits limits;
    private readonly byte[] secret;
    private readonly ReferenceHost reference;

    private Grader(Assignment assignment, HomeworkPlace place, Sandbox? sandbox, GradeLimits limits, byte[] secret, ReferenceHost reference) =>
        (this.assignment, this.place, this.sandbox, this.limits, this.secret, this.reference) = (assignment, place, sandbox, limits, secret, reference);

    /// <summary>Starts the instructor's process.</summary>
    /// <param name="assignment">The homework.</param>
    /// <param name="place">Where cells run.</param>
    /// <param name="sandbox">The sandbox; null for none.</param>
    /// <param name="limits">What a submission may use.</param>
    /// <param name="secret">What the seeds are made from besides the homework's file; null for nothing more.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="CommandException">The instructor's copy fails.</exception>
    public static async Task<Grader> StartAsync(Assignment assignment, HomeworkPlace place, Sandbox? sandbox, GradeLimits limits, string? secret, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        var key = SHA256.HashData(Encoding.UTF8.GetBytes($"{assignment.Hash}\n{secret}"));
        return new Grader(assignment, place, sandbox, limits, key, await ReferenceHost.StartAsync(assignment, place, ct));
    }

    /// <summary>Grades one submission. Whatever it is, there is a grade.</summary>
    /// <param name="submission">The submission.</param>
    /// <param name="earlier">A grade of an earlier run; it is returned where nothing that it depends on has changed, unless only the earlier run had no sandbox.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Grade> GradeAsync(Submission submission, Grade? earlier, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(submission);
        var clock = Stopwatch.StartNew();
        byte[] bytes = [];
        Grade Empty(string? refusal) => Refused(submission, refusal, bytes);
        try
        {
            bytes = submission.ReadBytes();
            if (earlier is not null && (earlier.Sandboxed || sandbox is null) && earlier.Inputs == Inputs(bytes, submission.Student) && earlier.Student == submission.Student)
                return earlier;
            var work = Submission.Understand(bytes, assignment);
            var seed = BinaryPrimitives.ReadInt32LittleEndian(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(Inputs(bytes, submission.Student)))) & int.MaxValue;
            var right = await reference.AnswersAsync(seed, ct);
            var run = await new SubmissionRun(assignment, place, sandbox, limits).ToEndAsync(work, seed, ct);
            return Empty(null) with
            {
                Tasks = Judge.Decide(assignment, right, run.Answers),
                Written = [.. assignment.Written.Select(question => new WrittenAnswer(question.GradeId, question.Points, work.Written.GetValueOrDefault(question.GradeId)))],
                Faults = [.. run.Faults.Select(fault => new CellFault(fault.Cell, fault.Fault))],
                Notes = work.Notes,
                Seconds = Math.Round(clock.Elapsed.TotalSeconds, 2),
                Megabytes = Math.Round(run.PeakMemoryBytes / 1048576.0, 1),
                Pieces = Similarity.Pieces(string.Join('\n', work.Cells.Select(cell => cell.Code))),
            };
        }
        catch (NotebookException error)
        {
            return Empty(error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException && bytes.Length == 0)
        {
            return Empty($"it cannot be read: {error.Message}");
        }
    }

    /// <summary>The grade of a submission that was not run.</summary>
    /// <param name="submission">The submission.</param>
    /// <param name="refusal">Why it was not.</param>
    public Grade Refused(Submission submission, string? refusal) => Refused(submission, refusal, []);

    private Grade Refused(Submission submission, string? refusal, byte[] bytes) => new()
    {
        Assignment = assignment.Name, Student = submission.Student, Refusal = refusal, Maximum = assignment.Maximum, Inputs = Inputs(bytes, submission.Student), Sandboxed = sandbox is not null,
        Tasks = [.. assignment.Tasks.Select(task => new TaskGrade(task.GradeId, 0, task.Points, []))],
        Written = [.. assignment.Written.Select(question => new WrittenAnswer(question.GradeId, question.Points, null))],
    };

    /// <inheritdoc/>
    public void Dispose() => reference.Dispose();

    private string Inputs(byte[] bytes, string student) =>
        Submission.Hash(Encoding.UTF8.GetBytes($"{Grade.CurrentFormat}\n{Convert.ToHexStringLower(secret)}\n{student}\n{Submission.Hash(bytes)}\n{limits}"));
}
