namespace CourseKit.Testing;

/// <summary>A test that needs a file of the real data sets; skipped with the reason where <c>COURSEKIT_DATA</c> does not hold it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealDataFactAttribute : FactAttribute
{
    /// <param name="relativePath">The file or folder under <c>COURSEKIT_DATA</c>, such as <c>mnist/train-images-idx3-ubyte.gz</c>.</param>
    /// <param name="isLong">Whether it takes many seconds, and waits until the long tests are asked for.</param>
    public RealDataFactAttribute(string relativePath, bool isLong = false)
    {
        var folder = RepositoryPaths.RealData;
        if (isLong && !LongTests.Run)
            Skip = LongTests.SkipReason;
        else if (folder is null)
            Skip = "COURSEKIT_DATA names no folder: the real data sets are not on this machine.";
        else if (!Path.Exists(Path.Combine(folder, relativePath)))
            Skip = $"COURSEKIT_DATA has no {relativePath}.";
    }
}
