using System.Runtime.InteropServices;

namespace CourseKit;

/// <summary>Keeps a thread off another thread's core, where the system lets us: on Linux.</summary>
/// <remarks>
/// Linux likes to wake a thread on the core of the one that wakes it, although another core is idle: on virtual machines that do not tell
/// which cores share a cache it does so every time. Two threads that compute together then take turns on one core, for as long as they
/// go on waking each other; two threads were seen to be no faster than one for whole seconds.
/// </remarks>
internal static unsafe partial class CoreChoice
{
    private const int Words = 16;
    private const int Bits = 64;
    private static readonly ulong[]? Allowed = Read();

    /// <summary>The system's number of the calling thread, or 0 where threads cannot be moved.</summary>
    public static int CurrentThread() => Allowed is null ? 0 : GetThreadId();

    /// <summary>The core on which the calling thread runs now, or -1 where threads cannot be moved.</summary>
    /// <remarks><see cref="Thread.GetCurrentProcessorId"/> may give a number that it remembered some calls ago.</remarks>
    public static int CurrentCore() => Allowed is null ? -1 : GetCore();

    /// <summary>Lets the thread run on every core of the process but one. Nothing happens where that is not possible.</summary>
    /// <param name="thread">The thread's number, from <see cref="CurrentThread"/>.</param>
    /// <param name="core">The core to stay away from.</param>
    public static void KeepOff(int thread, int core)
    {
        if (Allowed is null || thread == 0 || (uint)core >= Words * Bits)
            return;
        var mask = stackalloc ulong[Words];
        Allowed.CopyTo(new Span<ulong>(mask, Words));
        mask[core / Bits] &= ~(1UL << (core % Bits));
        // A refusal (no other core is left, or a sandbox forbids it) leaves the thread where it was, which is merely slower.
        _ = SetAffinity(thread, Words * sizeof(ulong), mask);
    }

    private static ulong[]? Read()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var allowed = new ulong[Words];
        try
        {
            fixed (ulong* mask = allowed)
                return GetAffinity(0, Words * sizeof(ulong), mask) < 0 ? null : allowed;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nint size, ulong* mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nint size, ulong* mask);

    [LibraryImport("libc", EntryPoint = "sched_getcpu")]
    private static partial int GetCore();

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThreadId();
}
