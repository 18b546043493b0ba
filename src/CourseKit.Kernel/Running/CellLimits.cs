using System.Globalization;
using System.Runtime.InteropServices;

namespace CourseKit.Kernel;

/// <summary>What the process of a <see cref="CellHost"/> may use.</summary>
public sealed record CellLimits
{
    /// <summary>Memory of the process and of all that it starts, in bytes.</summary>
    public long MemoryBytes { get; init; } = 1L << 30;

    /// <summary>What one cell may show, in bytes; also the longest value that it may hand over.</summary>
    public int OutputBytes { get; init; } = 4 << 20;

    /// <summary>How many processes there may be, the kernel's own counted.</summary>
    public int Processes { get; init; } = 16;

    /// <summary>The largest file, and the room for files in all where a sandbox holds them, in bytes.</summary>
    public long FileBytes { get; init; } = 64 << 20;

    /// <summary>The files that may be open at once.</summary>
    public int OpenFiles { get; init; } = 512;

    /// <summary>The processor's time that the process may use before the system ends it.</summary>
    public TimeSpan ProcessorTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The limits as the kernel's command line has them.</summary>
    /// <param name="tasks">The processes and threads that there may be; null for no limit by the system.</param>
    internal string ToArgument(int? tasks) => string.Create(CultureInfo.InvariantCulture, $"{FileBytes}:{OpenFiles}:{(long)ProcessorTime.TotalSeconds}:{2 * MemoryBytes}:{tasks}");
}

/// <summary>Limits that the operating system enforces on the process that sets them and on all that it starts. Linux only.</summary>
internal static partial class ResourceLimits
{
    private const int ProcessorSeconds = 0, FileSize = 1, Data = 2, Core = 4, Tasks = 6, OpenFiles = 7;

    /// <summary>Sets what <see cref="CellLimits.ToArgument"/> says; they cannot be raised again.</summary>
    public static void Set(string argument)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var numbers = argument.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(text => ulong.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        Set(FileSize, numbers[0]);
        Set(OpenFiles, numbers[1]);
        Set(ProcessorSeconds, numbers[2]);
        Set(Data, numbers[3]);
        Set(Core, 0);
        if (numbers.Length > 4)
            Set(Tasks, numbers[4]);
    }

    private static void Set(int resource, ulong value)
    {
        var limit = new Limit { Soft = value, Hard = value };
        if (setrlimit(resource, in limit) != 0)
            throw new InvalidOperationException($"The operating system did not accept limit {resource} = {value}.");
    }

    private struct Limit
    {
        public ulong Soft, Hard;
    }

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int setrlimit(int resource, in Limit limit);
}
