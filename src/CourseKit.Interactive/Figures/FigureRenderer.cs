using System.Reflection;
using System.Runtime.Loader;

namespace CourseKit.Interactive;

/// <summary>
/// Finds CourseKit.Plotly in the kit and loads it with all that it needs into a load context of its own.
/// </summary>
/// <remarks>
/// Plotly.NET asks for a newer FSharp.Core than .NET Interactive's process holds; loaded beside it, it fails. In a context of its own it gets
/// its own. Only this assembly and CourseKit are shared, so that a <see cref="Figure"/> is the same type on both sides.
/// </remarks>
internal static class FigureRenderer
{
    private const string AssemblyName = "CourseKit.Plotly";
    private static readonly Lazy<IFigureRenderer> Loaded = new(() => Load(FindFolder(typeof(Figure).Assembly.Location)));

    public static IFigureRenderer Current => Loaded.Value;

    /// <summary>The folder <c>plotly</c> beside this assembly, as in the kit; for a program built in the repository, the kit's.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    internal static string FindFolder(string assemblyPath)
    {
        var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(assemblyPath))!, "plotly");
        if (Holds(beside))
            return beside;
        for (var folder = Path.GetDirectoryName(beside); folder is not null; folder = Path.GetDirectoryName(folder))
            if (Path.Combine(folder, "kit", "plotly") is var inKit && Holds(inKit))
                return inKit;
        throw new FileNotFoundException(
            $"Figures are drawn by {AssemblyName}.dll, which is expected in {beside} and is not there. " +
            "Build the whole solution (dotnet build in the repository's root), which fills artifacts/kit, and load CourseKit.Interactive.dll from there.");
    }

    internal static IFigureRenderer Load(string folder)
    {
        var context = new PlotlyLoadContext(Path.Combine(folder, AssemblyName + ".dll"));
        var type = context.LoadFromAssemblyName(new AssemblyName(AssemblyName)).GetType(AssemblyName + ".PlotlyRenderer", throwOnError: true)!;
        return (IFigureRenderer)Activator.CreateInstance(type)!;
    }

    private static bool Holds(string folder) => File.Exists(Path.Combine(folder, AssemblyName + ".dll"));

    private sealed class PlotlyLoadContext(string path) : AssemblyLoadContext(AssemblyName)
    {
        private static readonly Assembly[] Shared = [typeof(Figure).Assembly, typeof(Tensor).Assembly];
        private readonly AssemblyDependencyResolver resolver = new(path);

        protected override Assembly? Load(AssemblyName name) =>
            Shared.FirstOrDefault(assembly => assembly.GetName().Name == name.Name)
            ?? (resolver.ResolveAssemblyToPath(name) is { } file ? LoadFromAssemblyPath(file) : null);

        protected override nint LoadUnmanagedDll(string name) =>
            resolver.ResolveUnmanagedDllToPath(name) is { } file ? LoadUnmanagedDllFromPath(file) : 0;
    }
}
