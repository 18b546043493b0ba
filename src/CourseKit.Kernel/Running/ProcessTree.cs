using System.Globalization;

namespace CourseKit.Kernel;

/// <summary>What a process and all that it has started hold, from <c>/proc</c>.</summary>
internal static class ProcessTree
{
    /// <summary>How many processes there are, and how much memory they hold together; nothing where there is no <c>/proc</c>.</summary>
    public static (int Processes, long MemoryBytes) Measure(int root)
    {
        if (!Directory.Exists("/proc/self"))
            return default;
        var all = new List<(int Id, int Parent, long Pages)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Read(folder) is { } read)
                all.Add((id, read.Parent, read.Pages));
        var children = all.ToLookup(process => process.Parent);
        var (count, pages) = (0, 0L);
        var waiting = new Stack<(int Id, int Parent, long Pages)>(all.Where(process => process.Id == root));
        while (waiting.TryPop(out var next))
        {
            count++;
            pages += next.Pages;
            foreach (var child in children[next.Id])
                waiting.Push(child);
        }

        return (count, pages * Environment.SystemPageSize);
    }

    private static (int Parent, long Pages)? Read(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // the name in brackets may hold anything
            return (int.Parse(fields[1], CultureInfo.InvariantCulture), long.Parse(fields[21], CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            return null; // it has ended meanwhile
        }
    }
}
