namespace CourseKit.Cli;

/// <summary>Shows a running batch to whoever waits for it. The calls may come from several threads.</summary>
public interface IRunView
{
    /// <summary>Shows the rows while the work goes on.</summary>
    Task ShowAsync(IReadOnlyList<RunRow> rows, Func<Task> work);

    /// <summary>A notebook was started.</summary>
    void Started(RunRow row);

    /// <summary>A cell was begun.</summary>
    void Changed(RunRow row);

    /// <summary>A notebook ended.</summary>
    void Ended(RunRow row);
}
