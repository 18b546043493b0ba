using System.Diagnostics;
using System.Globalization;

namespace CourseKit.Kernel.Jupyter;

/// <summary>Ends the kernel when the process that started it is gone: nobody could reach it any more.</summary>
internal static class ParentWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Watches the process named by <c>JPY_PARENT_PID</c>, which Jupyter sets; null where there is none.</summary>
    public static Timer? Start(Action gone)
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable("JPY_PARENT_PID"), CultureInfo.InvariantCulture, out var id) || id <= 1)
            return null;
        DateTime started;
        try
        {
            started = Process.GetProcessById(id).StartTime;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null; // Not visible from here, as in another container: it cannot be watched.
        }

        return new Timer(
            _ =>
            {
                try
                {
                    using var parent = Process.GetProcessById(id);
                    if (parent.StartTime == started)
                        return;
                }
                catch (Exception error) when (error is ArgumentException or InvalidOperationException)
                {
                    // Gone.
                }

                gone();
            },
            null, Interval, Interval);
    }
}
