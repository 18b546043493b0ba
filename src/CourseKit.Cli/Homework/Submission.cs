using System.Security.Cryptography;
using System.Text;
using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>A submission's code as it will be run, and what was written to the questions.</summary>
/// <param name="Cells">The student's code cells, without those of which the instructor's copy counts. All of them are compared with those of others: what is marked as a
/// solution is for the student to say, and what all have in common does not count.</param>
/// <param name="Written">Answers by grade_id.</param>
/// <param name="Notes">What a grader should know: cells that are missing, twice, or changed.</param>
public sealed record SubmittedWork(IReadOnlyList<(string Id, string Code)> Cells, IReadOnlyDictionary<string, string> Written, IReadOnlyList<string> Notes);

/// <summary>A file that a student handed in; nothing in it is believed.</summary>
/// <param name="Student">The student's name, as the folder or file is called.</param>
/// <param name="Path">The notebook; null where the entry has none.</param>
/// <param name="Refusal">Why it is not looked at; null where it is.</param>
public sealed record Submission(string Student, string? Path, string? Refusal)
{
    /// <summary>The largest file that is read.</summary>
    public const long SizeLimit = 20 << 20;

    /// <summary>Reads the file once; what happens to it later does not matter.</summary>
    /// <exception cref="NotebookException">Why it is refused.</exception>
    public byte[] ReadBytes()
    {
        if (Refusal is not null || Path is null)
            throw new NotebookException(Refusal ?? "there is no notebook");
        var file = new FileInfo(Path);
        if (file.LinkTarget is not null)
            throw new NotebookException("it is a symbolic link; the file itself is expected");
        if (!file.Exists)
            throw new NotebookException("there is no such file");
        if (file.Length == 0)
            throw new NotebookException("the file is empty"); // so are pipes, which would never end
        if (file.Length > SizeLimit)
            throw new NotebookException($"the file has {file.Length >> 20} MB, more than {SizeLimit >> 20}: clear its outputs and save it again");
        using var stream = file.OpenRead();
        var bytes = new byte[Math.Min(stream.Length, SizeLimit)];
        stream.ReadExactly(bytes);
        return bytes switch
        {
            [0xFF, 0xFE, ..] => Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(bytes.AsSpan(2))),
            [0xFE, 0xFF, ..] => Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2))),
            _ => bytes,
        };
    }

    /// <summary>Finds what is to be run in the bytes of a notebook.</summary>
    /// <exception cref="NotebookException">Why it is refused.</exception>
    public static SubmittedWork Understand(byte[] bytes, Assignment assignment)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        if (bytes is [(byte)'P', (byte)'K', 3, 4, ..])
            throw new NotebookException("it is a zip archive, not a notebook: unpack it");
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new NotebookException("it is not in UTF-8 but in another encoding; Jupyter and VS Code save notebooks in UTF-8");
        }

        try
        {
            return Sort(Read(bytes), assignment);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or FormatException)
        {
            // A key that is there twice, or half a surrogate pair, shows only when the place is looked at.
            throw new NotebookException($"not a notebook: {Interactive.Answer.Shorten(error.Message)}");
        }
    }

    /// <summary>SHA-256 of a submission's bytes.</summary>
    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static Notebook Read(byte[] bytes)
    {
        var notebook = Notebook.Read(bytes, "the notebook");
        if (notebook.Cells.Count == 0)
            throw new NotebookException("the notebook has no cells");
        if ((notebook.Metadata["kernelspec"] as System.Text.Json.Nodes.JsonObject)?["language"] is System.Text.Json.Nodes.JsonValue language
            && language.TryGetValue(out string? name) && !name.Equals("C#", StringComparison.OrdinalIgnoreCase) && !name.Equals("csharp", StringComparison.OrdinalIgnoreCase))
            throw new NotebookException($"the notebook is for a kernel of the language {Interactive.Answer.Shorten(name)}, not for C#");
        return notebook;
    }

    private static SubmittedWork Sort(Notebook notebook, Assignment assignment)
    {
        var instructors = assignment.Notebook.Cells.Select(cell => (cell.Id, cell.Kind, Mark: GraderCell.Read(cell.Metadata), cell)).Where(cell => cell.Mark is { Solution: false })
            .ToDictionary(cell => cell.Mark!.GradeId, cell => ReleaseBuilder.Source(cell.cell, cell.Mark!));
        var questions = assignment.Written.ToDictionary(question => question.GradeId);
        var (cells, written, notes, seen) = (new List<(string, string)>(), new Dictionary<string, string>(), new List<string>(), new HashSet<string>());
        foreach (var cell in notebook.Cells)
        {
            var mark = GraderCell.Read(cell.Metadata);
            if (mark is not null && !seen.Add(mark.GradeId))
                notes.Add($"the cell {Interactive.Answer.Shorten(mark.GradeId)} is there more than once");
            if (mark is not null && instructors.TryGetValue(mark.GradeId, out var original))
            {
                if (cell.Source.Trim() != original.Trim())
                    notes.Add($"the instructor's cell {mark.GradeId} was changed; the original counts");
                continue;
            }

            if (mark is not null && questions.TryGetValue(mark.GradeId, out var question))
            {
                var answered = cell.Source.Trim();
                if (answered.Length > 0 && answered != question.Asked.Trim() && answered != Assignment.AnswerHere)
                    written.TryAdd(mark.GradeId, cell.Source.Length > 20_000 ? cell.Source[..20_000] : cell.Source);
                continue;
            }

            if (cell.Kind != NotebookCellKind.Code || cell.Source.Trim().Length == 0)
                continue;
            if (cell.Tags.Contains("skip-execution"))
                continue;
            cells.Add((Interactive.Answer.Shorten(cell.Id), cell.Source));
        }

        notes.AddRange(instructors.Keys.Concat(questions.Keys).Concat(assignment.Solutions).Where(id => !seen.Contains(id)).Select(id => $"the cell {id} is missing"));
        return new SubmittedWork(cells, written, notes);
    }
}
