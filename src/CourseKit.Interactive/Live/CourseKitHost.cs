using System.Reflection;

namespace CourseKit.Interactive;

/// <summary>CourseKit's own kernel, found at run time: this library has no reference to it.</summary>
/// <param name="dialect">The kernel's type with the functions of a cell: <c>DisplayedValue display(object, params string[])</c>.</param>
/// <param name="guard">The kernel's type that tells whether a cell runs, <c>bool HasCell</c>, and hears of interrupts, <c>void OnInterrupt(Action)</c>.</param>
internal sealed class CourseKitHost(Type dialect, Type guard)
{
    private readonly MethodInfo? display = dialect.GetMethod("display", [typeof(object), typeof(string[])]);
    private readonly PropertyInfo? hasCell = guard.GetProperty("HasCell", BindingFlags.Public | BindingFlags.Static);

    private readonly MethodInfo? onInterrupt = guard.GetMethod("OnInterrupt", [typeof(Action)]);

    /// <summary>The kernel of this process; null where it is another or none.</summary>
    public static CourseKitHost? Find() =>
        HostDisplay.Loaded("CourseKit.Kernel", "CourseKit.Kernel.Dialect.Kernel") is { } dialect
        && dialect.Assembly.GetType("CourseKit.Kernel.Dialect.Guard") is { } guard ? new CourseKitHost(dialect, guard) : null;

    /// <summary>Shows a value in the running cell; null where none runs, as when the command loads the kernel to start others.</summary>
    public ILiveDisplay? Show(object value) =>
        display is not null && hasCell?.GetValue(null) is true ? HostDisplay.Of(HostDisplay.Call(display, value, Array.Empty<string>())) : null;

    /// <summary>Has the next interrupt call this instead of ending the cell; null takes it back.</summary>
    public void OnInterrupt(Action? stop) => onInterrupt?.Invoke(null, [stop]);
}
