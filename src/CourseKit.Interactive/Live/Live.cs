namespace CourseKit.Interactive;

/// <summary>Shows what changes, wherever the code runs: in a notebook on either kernel, or in a console program.</summary>
public static class Live
{
    /// <summary>Shows a value that <see cref="ILiveDisplay.Update"/> can change.</summary>
    /// <param name="value">What to show first.</param>
    /// <exception cref="ArgumentNullException">There is no value.</exception>
    /// <example>
    /// <code>
    /// var shown = Live.Show("starting");
    /// for (var epoch = 1; epoch &lt;= 10; epoch++)
    ///     shown.Update($"epoch {epoch}");
    /// </code>
    /// </example>
    public static ILiveDisplay Show(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Show(value, CourseKitHost.Find(), InteractiveHost.Find(), Console.Out);
    }

    /// <summary>Shows a value in the first host that is there and has a cell running; in the console otherwise.</summary>
    internal static ILiveDisplay Show(object value, CourseKitHost? courseKit, InteractiveHost? interactive, TextWriter console) =>
        courseKit?.Show(value) ?? interactive?.Show(value) ?? new ConsoleDisplay(value, console);
}
