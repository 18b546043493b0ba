using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace CourseKit.Kernel;

/// <summary>Loads what cells are compiled to, and the assemblies they refer to with <c>#r</c>; everything else is the kernel's own.</summary>
internal sealed class SessionLoadContext() : AssemblyLoadContext("notebook")
{
    private readonly ConcurrentDictionary<string, Assembly> cells = new();
    private readonly ConcurrentDictionary<string, string> referenced = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, byte> folders = new();
    private readonly ConcurrentDictionary<string, string> native = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Loads a compiled cell.</summary>
    public Assembly LoadCell(string name, Stream code, Stream symbols) => cells[name] = LoadFromStream(code, symbols);

    /// <summary>An assembly that a cell names: it is loaded when one of its types is first used, with what lies beside it.</summary>
    public void Know(string path)
    {
        referenced[Path.GetFileNameWithoutExtension(path)] = path;
        folders[Path.GetDirectoryName(path)!] = 0;
    }

    /// <summary>A native library of a package.</summary>
    public void KnowNative(string path) => native[Path.GetFileNameWithoutExtension(path)] = path;

    /// <summary>Where an assembly lies that was named or lies beside one that was; null where there is none.</summary>
    public string? Find(string name)
    {
        if (referenced.TryGetValue(name, out var path))
            return path;
        return folders.Keys.Select(folder => Path.Combine(folder, name + ".dll")).FirstOrDefault(File.Exists);
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName name)
    {
        if (cells.TryGetValue(name.Name!, out var cell))
            return cell;

        // What the kernel itself runs on must be one: a second copy of the formatters would be asked by nobody.
        if (KernelAssemblies.Has(name.Name!))
            return null;
        return Find(name.Name!) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string name)
    {
        foreach (var candidate in (string[])[name, Path.GetFileNameWithoutExtension(name), "lib" + name])
            if (native.TryGetValue(candidate, out var path))
                return LoadUnmanagedDllFromPath(path);
        return IntPtr.Zero;
    }
}
