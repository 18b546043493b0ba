using System.Text.Encodings.Web;
using System.Text.Json;

namespace CourseKit.Cli;

/// <summary>What was found of one probe.</summary>
/// <param name="What">What was probed.</param>
/// <param name="Passed">Whether the answers were right.</param>
/// <param name="Hint">What is wrong with them, for the student; null where nothing is.</param>
public sealed record ProbeGrade(string What, bool Passed, string? Hint);

/// <summary>The points of one task: all if every probe was passed, else none.</summary>
public sealed record TaskGrade(string GradeId, double Points, double Maximum, IReadOnlyList<ProbeGrade> Probes);

/// <summary>An answer for a person to grade.</summary>
/// <param name="GradeId">The question.</param>
/// <param name="Maximum">The most that it gives.</param>
/// <param name="Text">The answer; null where none was written.</param>
public sealed record WrittenAnswer(string GradeId, double Maximum, string? Text);

/// <summary>A cell that failed.</summary>
public sealed record CellFault(string Cell, string Fault);

/// <summary>All that is known of one graded submission; a file of this is what a batch of them is put together from.</summary>
public sealed record Grade
{
    /// <summary>Files of another format are not taken over.</summary>
    public const int CurrentFormat = 2;

    private static readonly JsonSerializerOptions Layout = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>The file's format.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The homework's name.</summary>
    public required string Assignment { get; init; }

    /// <summary>A hash of everything that the grade depends on: homework, submission, seed, limits.</summary>
    public required string Inputs { get; init; }

    /// <summary>Whose it is.</summary>
    public required string Student { get; init; }

    /// <summary>Why it was refused; null where it was graded.</summary>
    public string? Refusal { get; init; }

    /// <summary>The points that the machine gives.</summary>
    public double Points => Tasks.Sum(task => task.Points);

    /// <summary>The most that the machine gives.</summary>
    public double Maximum { get; init; }

    /// <summary>Each task.</summary>
    public IReadOnlyList<TaskGrade> Tasks { get; init; } = [];

    /// <summary>What a person grades.</summary>
    public IReadOnlyList<WrittenAnswer> Written { get; init; } = [];

    /// <summary>Cells that failed.</summary>
    public IReadOnlyList<CellFault> Faults { get; init; } = [];

    /// <summary>Cells that are missing, twice, or changed.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether it ran in a sandbox.</summary>
    public bool Sandboxed { get; init; }

    /// <summary>How long it took, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>The most memory that it held, in megabytes.</summary>
    public double Megabytes { get; init; }

    /// <summary>Hashes of the code's pieces, by which submissions that look alike are found (<see cref="Similarity"/>).</summary>
    public IReadOnlyList<uint> Pieces { get; init; } = [];

    /// <summary>Writes the file; it is whole or untouched.</summary>
    public void Save(string path) => WholeFile.Write(path, JsonSerializer.Serialize(this, Layout) + "\n");

    /// <summary>Reads a file; null where it is none of this format, or cannot be read.</summary>
    public static Grade? Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Grade>(File.ReadAllBytes(path), Layout) is { Format: CurrentFormat } grade ? grade : null;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }
}

/// <summary>Writes files so that they are whole or untouched.</summary>
internal static class WholeFile
{
    public static void Write(string path, string text)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        try
        {
            File.WriteAllText(temporary, text);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
