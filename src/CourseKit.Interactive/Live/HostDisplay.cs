using System.Reflection;
using System.Runtime.ExceptionServices;

namespace CourseKit.Interactive;

/// <summary>A display of a notebook host, which is known by its method <c>Update(object)</c> alone.</summary>
internal sealed class HostDisplay : ILiveDisplay
{
    private readonly Action<object> update;

    private HostDisplay(Action<object> update) => this.update = update;

    /// <summary>Wraps what a host gave; null where it has no such method.</summary>
    public static HostDisplay? Of(object? shown) =>
        shown?.GetType().GetMethod("Update", [typeof(object)]) is { } method ? new HostDisplay(method.CreateDelegate<Action<object>>(shown)) : null;

    /// <inheritdoc/>
    public void Update(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        update(value);
    }

    /// <summary>Calls a host's method, with the exception that it throws and not one around it: an interrupted cell must stop.</summary>
    public static object? Call(MethodInfo method, params object?[] arguments)
    {
        try
        {
            return method.Invoke(null, arguments);
        }
        catch (TargetInvocationException error) when (error.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    /// <summary>A type of an assembly that the process has loaded; null where it has not.</summary>
    public static Type? Loaded(string assembly, string type) =>
        Array.Find(AppDomain.CurrentDomain.GetAssemblies(), loaded => loaded.GetName().Name == assembly)?.GetType(type);
}
