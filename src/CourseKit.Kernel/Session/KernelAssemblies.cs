namespace CourseKit.Kernel;

/// <summary>The assemblies that the kernel's process shares with cells: the framework and the formatters.</summary>
internal static class KernelAssemblies
{
    /// <summary>What most cells use. Reading all of the framework's assemblies would double the time to the first result.</summary>
    /// <remarks>
    /// And whatever has extensions of the same name as another in a namespace that is imported: without System.Linq.Queryable, a query of a
    /// database would compile all the same, and read the whole table.
    /// </remarks>
    private static readonly string[] Common =
    [
        "System.Private.CoreLib", "System.Private.Uri", "System.Runtime", "System.Collections", "System.Console", "System.Linq",
        "System.Linq.Queryable", "System.Linq.AsyncEnumerable", "System.Linq.Parallel", "System.Memory",
        "System.Threading", "System.Text.RegularExpressions", "System.Collections.Concurrent", "System.Runtime.Numerics",
        "System.Linq.Expressions", "Microsoft.CSharp", "System.ObjectModel", "System.ComponentModel.Primitives",
        "CourseKit.Kernel", "Microsoft.DotNet.Interactive.Formatting", "Microsoft.AspNetCore.Html.Abstractions",
    ];

    private static readonly Dictionary<string, string> Trusted = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .GroupBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);

    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>What a cell is compiled against at first.</summary>
    public static IEnumerable<string> AtFirst => Common.Select(name => Trusted[name]);

    /// <summary>All that the framework has, for a cell that needs more.</summary>
    public static IEnumerable<string> All => Trusted.Where(pair => IsShared(pair.Key, pair.Value)).Select(pair => pair.Value);

    /// <summary>Whether cells take this assembly from the kernel.</summary>
    public static bool Has(string name) => Trusted.TryGetValue(name, out var path) && IsShared(name, path);

    /// <summary>Where it lies.</summary>
    public static string? Find(string name) => Has(name) ? Trusted[name] : null;

    private static bool IsShared(string name, string path) =>
        Path.GetDirectoryName(path) == Framework
        || name is "CourseKit.Kernel" or "Microsoft.DotNet.Interactive.Formatting" or "Microsoft.AspNetCore.Html.Abstractions";
}
