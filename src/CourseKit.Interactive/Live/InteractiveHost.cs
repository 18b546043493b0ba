using System.Reflection;

namespace CourseKit.Interactive;

/// <summary>.NET Interactive, found at run time: its package is not in every registry.</summary>
/// <remarks>
/// <c>display(x).Update(y)</c> has been broken there since June 2025: the two use different ids. What the running command's context shows
/// can be updated, so it is asked.
/// </remarks>
/// <param name="context">The type with the static property <c>Current</c>.</param>
/// <param name="extensions">The type with <c>DisplayedValue Display(context, object, params string[])</c>.</param>
internal sealed class InteractiveHost(Type context, Type extensions)
{
    private readonly PropertyInfo? current = context.GetProperty("Current", BindingFlags.Public | BindingFlags.Static);
    private readonly MethodInfo? display = extensions.GetMethod("Display", [context, typeof(object), typeof(string[])]);

    private readonly PropertyInfo? cancellation = context.GetProperty("CancellationToken", typeof(CancellationToken));

    /// <summary>Is cancelled where the person stops the running cell.</summary>
    public CancellationToken Cancellation =>
        current?.GetValue(null) is { } running && cancellation?.GetValue(running) is CancellationToken token ? token : default;

    /// <summary>.NET Interactive in this process; null where it is another host or none.</summary>
    public static InteractiveHost? Find() =>
        HostDisplay.Loaded("Microsoft.DotNet.Interactive", "Microsoft.DotNet.Interactive.KernelInvocationContext") is { } context
        && context.Assembly.GetType("Microsoft.DotNet.Interactive.KernelInvocationContextExtensions") is { } extensions ? new InteractiveHost(context, extensions) : null;

    /// <summary>Shows a value in the running cell; null where none runs on this thread.</summary>
    public ILiveDisplay? Show(object value) =>
        display is not null && current?.GetValue(null) is { } running ? HostDisplay.Of(HostDisplay.Call(display, running, value, Array.Empty<string>())) : null;
}
