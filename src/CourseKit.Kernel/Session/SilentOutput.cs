using System.Text.Json.Nodes;

namespace CourseKit.Kernel;

/// <summary>Where the outputs of a <c>user_expression</c> go: nowhere. Only its value counts.</summary>
internal sealed class SilentOutput : IOutput
{
    /// <summary>The only one.</summary>
    public static SilentOutput Instance { get; } = new();

    /// <inheritdoc/>
    public void Stream(string name, string text)
    {
    }

    /// <inheritdoc/>
    public void Display(JsonObject data, string? displayId)
    {
    }

    /// <inheritdoc/>
    public void Update(JsonObject data, string displayId)
    {
    }

    /// <inheritdoc/>
    public void Clear(bool wait)
    {
    }

    /// <inheritdoc/>
    public string Ask(string prompt, bool password) => throw new InvalidOperationException("An expression cannot ask for input.");
}
