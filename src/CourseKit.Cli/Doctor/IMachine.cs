namespace CourseKit.Cli;

/// <summary>What doctor asks of a machine; tests answer for machines that lack something.</summary>
public interface IMachine
{
    /// <summary>An environment variable; null where it is not set or empty.</summary>
    string? Variable(string name);

    /// <summary>The user's own folder.</summary>
    string Home { get; }

    /// <summary>Whether a file is there.</summary>
    bool FileExists(string path);

    /// <summary>The folders in a folder; none where it is not there.</summary>
    IReadOnlyList<string> Folders(string path);

    /// <summary>A file's text; null where it cannot be read.</summary>
    string? Text(string path);

    /// <summary>The first line that a program prints; null where it is not there or fails.</summary>
    string? FirstLineOf(string program, params string[] arguments);

    /// <summary>Free memory in bytes.</summary>
    long FreeMemory { get; }

    /// <summary>Free bytes on the disk that holds a folder.</summary>
    long FreeDisk(string folder);
}
