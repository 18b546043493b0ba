namespace CourseKit;

/// <summary>A file of weights that cannot be believed: not there, cut off, corrupt, or of another network.</summary>
/// <param name="path">The file.</param>
/// <param name="reason">What is wrong with it.</param>
/// <param name="inner">What was thrown while reading it.</param>
public sealed class SafetensorsException(string path, string reason, Exception? inner = null) : IOException($"{path}: {reason}", inner)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
