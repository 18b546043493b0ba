namespace CourseKit.Tests;

/// <summary>Runs something with the kernels of one register width on this thread.</summary>
internal static class AtWidth
{
    public static void Run(int width, Action test)
    {
        var kept = LaneWidth.Current;
        LaneWidth.Current = width;
        try
        {
            test();
        }
        finally
        {
            LaneWidth.Current = kept;
        }
    }
}
