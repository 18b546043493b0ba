using System.Runtime.Intrinsics;

namespace CourseKit;

/// <summary>Which register width the kernels use: the widest that the machine has, unless a test asks for less.</summary>
internal static class LaneWidth
{
    // One a thread, so that tests of different widths can run side by side; 0 where nothing was asked for.
    [ThreadStatic]
    private static int asked;

    /// <summary>512, 256 or 128 bits: the widest that the machine computes with.</summary>
    public static int Widest => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>
    /// What this thread uses, in bits. Tests set it, to run every path that the machine can run; nothing else does. Work that is
    /// shared among threads takes the caller's along.
    /// </summary>
    public static int Current
    {
        get => asked == 0 ? Widest : asked;
        set => asked = value;
    }
}
