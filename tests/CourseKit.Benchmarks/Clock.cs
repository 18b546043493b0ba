using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CourseKit.Benchmarks;

/// <summary>Which time a measurement counts.</summary>
internal enum Clock
{
    /// <summary>The time on the wall: the only one for work on several threads.</summary>
    Wall,

    /// <summary>
    /// The calling thread's time on a core, where the system tells it (Linux): what a neighbour takes away does not count. On other
    /// systems the wall's.
    /// </summary>
    Thread,
}

internal static partial class Clocks
{
    private const int ThreadCpuTime = 3;
    private static readonly bool HasThreadTime = OperatingSystem.IsLinux();

    /// <summary>Seconds since some moment.</summary>
    public static double Now(this Clock clock)
    {
        if (clock == Clock.Thread && HasThreadTime && GetTime(ThreadCpuTime, out var time) == 0)
            return time.Seconds + time.Nanoseconds * 1e-9;
        return (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Timespec time);

    private readonly struct Timespec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
