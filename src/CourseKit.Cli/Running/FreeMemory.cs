using System.Globalization;

namespace CourseKit.Cli;

/// <summary>How much memory is free.</summary>
public static class FreeMemory
{
    /// <summary>Bytes that programs could still take without swapping.</summary>
    public static long Bytes()
    {
        // A container's limit is in the first; what other programs hold only in the second.
        GC.Collect(0);
        var info = GC.GetGCMemoryInfo();
        var ofLimit = Math.Max(0, info.TotalAvailableMemoryBytes - info.MemoryLoadBytes);
        return File.Exists("/proc/meminfo") ? Math.Min(info.TotalAvailableMemoryBytes, Available(File.ReadLines("/proc/meminfo")) ?? ofLimit) : ofLimit;
    }

    internal static long? Available(IEnumerable<string> meminfo) =>
        meminfo.FirstOrDefault(l => l.StartsWith("MemAvailable:", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kilobytes, ..]
        && long.TryParse(kilobytes, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value * 1024 : null;
}
