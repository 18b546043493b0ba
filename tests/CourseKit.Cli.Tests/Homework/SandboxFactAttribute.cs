using CourseKit.Kernel;

namespace CourseKit.Cli.Tests.Homework;

/// <summary>A test that needs bubblewrap.</summary>
internal sealed class SandboxFactAttribute : FactAttribute
{
    public SandboxFactAttribute() => Skip = Missing;

    /// <summary>Why there is no sandbox on this machine; null where there is one.</summary>
    public static string? Missing { get; } = Sandbox.Find(out var reason) is null ? $"There is no sandbox: {reason}." : null;
}
