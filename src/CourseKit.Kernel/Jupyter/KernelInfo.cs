using System.Text.Json.Nodes;

namespace CourseKit.Kernel.Jupyter;

/// <summary>What the kernel says of itself.</summary>
internal static class KernelInfo
{
    /// <summary>The kernel's version, that of the assembly.</summary>
    public static string Version { get; } = typeof(KernelInfo).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>What the kernel is, in a line.</summary>
    public static string Banner { get; } = $"CourseKit's C# kernel {Version} on .NET {Environment.Version}";

    /// <summary>The content of <c>kernel_info_reply</c>.</summary>
    public static JsonObject Reply() => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = Message.ProtocolVersion,
        ["implementation"] = "coursekit",
        ["implementation_version"] = Version,
        ["language_info"] = new JsonObject
        {
            ["name"] = "C#",
            ["version"] = "14.0",
            ["mimetype"] = "text/x-csharp",
            ["file_extension"] = ".cs",
            ["pygments_lexer"] = "csharp",
            ["codemirror_mode"] = "text/x-csharp",
        },
        ["banner"] = Banner,
        ["help_links"] = new JsonArray(new JsonObject
        {
            ["text"] = "C# language reference", ["url"] = "https://learn.microsoft.com/dotnet/csharp/",
        }),
        ["debugger"] = false,
    };
}
