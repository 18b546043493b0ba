namespace CourseKit.Cli.Tests;

/// <summary>A machine that has what the test gives it.</summary>
internal sealed class FakeMachine : IMachine
{
    public Dictionary<string, string> Variables { get; } = [];

    public Dictionary<string, string> Files { get; } = [];

    public Dictionary<string, string> Programs { get; } = [];

    public string Home => "/home/student";

    public long FreeMemory { get; set; } = 8L << 30;

    public long Disk { get; set; } = 8L << 30;

    public string? Variable(string name) => Variables.GetValueOrDefault(name);

    public bool FileExists(string path) => Files.ContainsKey(path);

    public IReadOnlyList<string> Folders(string path) =>
        [.. Files.Keys.Where(f => f.StartsWith(path + "/", StringComparison.Ordinal)).Select(f => path + "/" + f[(path.Length + 1)..].Split('/')[0]).Distinct()];

    public string? Text(string path) => Files.GetValueOrDefault(path);

    public string? FirstLineOf(string program, params string[] arguments) => Programs.GetValueOrDefault(program);

    public long FreeDisk(string folder) => Disk;
}
