using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace CourseKit.Kernel;

/// <summary>What an assembly's documentation file says of its members, read when somebody asks for one.</summary>
/// <remarks>
/// A file is searched as bytes and not parsed: the framework's own is 7 MB, and a person looks at one member at a time. The framework's
/// files come with the SDK, under the assemblies' reference names; where there is no SDK, there is no text.
/// </remarks>
/// <param name="assembly">Where the assembly lies.</param>
internal sealed class Documentation(string assembly) : DocumentationProvider
{
    private readonly Lazy<string[]> files = new(() => [.. Candidates(assembly).Where(File.Exists)]);

    /// <inheritdoc/>
    public override bool Equals(object? other) => other is Documentation documentation && documentation.Assembly == Assembly;

    /// <inheritdoc/>
    public override int GetHashCode() => Assembly.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override string? GetDocumentationForSymbol(string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken)
    {
        var start = Encoding.UTF8.GetBytes($"<member name=\"{documentationMemberID.Replace("&", "&amp;", StringComparison.Ordinal)}\"");
        foreach (var file in files.Value)
        {
            ReadOnlySpan<byte> text = Read(file);
            var from = text.IndexOf(start);
            if (from < 0)
                continue;
            var length = text[from..].IndexOf("</member>"u8);
            if (length > 0)
                return Encoding.UTF8.GetString(text.Slice(from, length + "</member>"u8.Length));
        }

        return "";
    }

    private string Assembly { get; } = assembly;

    private static byte[] Read(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return []; // being rebuilt, say: no text now, and perhaps the next time
        }
    }

    private static IEnumerable<string> Candidates(string assembly)
    {
        yield return Path.ChangeExtension(assembly, ".xml");
        if (Path.GetDirectoryName(assembly) is not { } folder || folder != Path.GetDirectoryName(typeof(object).Assembly.Location))
            yield break;

        // shared/Microsoft.NETCore.App/10.0.1 has the assemblies, packs/Microsoft.NETCore.App.Ref/10.0.1/ref/net10.0 their texts.
        var packs = Path.GetFullPath(Path.Combine(folder, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        if (!Directory.Exists(packs))
            yield break;
        var framework = FormattableString.Invariant($"net{Environment.Version.Major}.0");
        foreach (var pack in Directory.GetDirectories(packs).OrderDescending())
            foreach (var name in (string[])[Path.GetFileNameWithoutExtension(assembly), "System.Runtime", "System.Collections", "System.Threading", "System.Memory"])
                yield return Path.Combine(pack, "ref", framework, name + ".xml");
    }
}
