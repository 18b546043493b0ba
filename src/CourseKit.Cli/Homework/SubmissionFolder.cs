using System.Security.Cryptography;
using System.Text;

namespace CourseKit.Cli;

/// <summary>Finds what was handed in: <c>FOLDER/name.ipynb</c>, <c>FOLDER/name/…ipynb</c>, or nbgrader's <c>submitted/name/homework/…ipynb</c>.</summary>
internal static class SubmissionFolder
{
    /// <summary>All entries, by name; one that cannot be graded is there with the reason.</summary>
    /// <exception cref="CommandException">There is no such folder, or nothing in it.</exception>
    public static IReadOnlyList<Submission> Find(string folder, string assignment)
    {
        if (!Directory.Exists(folder))
            throw new CommandException($"{folder}: there is no such folder.");
        var found = new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(entry => !entry.Name.StartsWith('.'))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => Readable(entry, assignment)).OfType<Submission>().ToList();
        var seen = new Dictionary<string, int>();
        for (var i = 0; i < found.Count; i++)
            if ((seen[found[i].Student] = seen.GetValueOrDefault(found[i].Student) + 1) is > 1 and var times)
                found[i] = new Submission($"{found[i].Student} ({times})", null, $"something of {found[i].Student} is there already: a file and a folder of one name");
        return found.Count > 0 ? found : throw new CommandException($"There is nothing handed in in {folder}: a notebook or a folder for each student is expected.");
    }

    /// <summary>A name for files, different for every student: what is not a letter, a digit, a dash or an underscore becomes a dash, and a hash keeps such names apart.</summary>
    public static string Key(string student)
    {
        var safe = string.Concat(student.Take(60).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-')).ToLowerInvariant();
        return safe == student ? safe : $"{safe}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(student)))[..10]}";
    }

    private static Submission? Readable(FileSystemInfo entry, string assignment)
    {
        try
        {
            return Entry(entry, assignment);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Submission(entry.Name, null, $"it cannot be read: {error.Message}");
        }
    }

    private static Submission? Entry(FileSystemInfo entry, string assignment)
    {
        var isNotebook = entry.Name.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase);
        var student = isNotebook ? Path.GetFileNameWithoutExtension(entry.Name) : entry.Name;
        if (entry.LinkTarget is not null)
            return new Submission(student, null, "it is a symbolic link; the file itself is expected");
        if (entry is not DirectoryInfo folder)
            return isNotebook ? new Submission(student, entry.FullName, null)
                : entry.Extension is ".csv" or ".txt" or ".md" or ".json" ? null
                : new Submission(student, null, $"it is a {(entry.Extension.Length > 0 ? entry.Extension : "file without an ending")}, not a notebook");
        var inside = Notebooks(folder);
        var deeper = folder.EnumerateDirectories().FirstOrDefault(sub => sub.Name == assignment && sub.LinkTarget is null);
        if (deeper is not null)
            inside = [.. inside, .. Notebooks(deeper)];
        var named = inside.Where(file => Path.GetFileNameWithoutExtension(file.Name) == assignment).ToList();
        return (named.Count == 1 ? named : inside) switch
        {
            [var only] => new Submission(student, only.FullName, only.LinkTarget is null ? null : "it is a symbolic link; the file itself is expected"),
            [] => new Submission(student, null, "there is no notebook in the folder"),
            _ => new Submission(student, null, $"there are {inside.Count} notebooks in the folder, and not exactly one of them is called {assignment}.ipynb"),
        };
    }

    private static List<FileInfo> Notebooks(DirectoryInfo folder) =>
        [.. folder.EnumerateFiles("*.ipynb").Where(file => !file.Name.StartsWith('.')).OrderBy(file => file.Name, StringComparer.Ordinal)];
}
