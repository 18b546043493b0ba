using Spectre.Console;

namespace CourseKit.Cli;

/// <summary>Shows an installation: a progress bar in a terminal, plain lines where the output goes into a file.</summary>
internal static class DownloadDisplay
{
    /// <summary>Runs an installation and shows how far it is.</summary>
    /// <param name="console">The terminal for a bar; null for lines.</param>
    /// <param name="output">Where lines go.</param>
    /// <param name="set">What is installed.</param>
    /// <param name="install">Installs it, reporting progress.</param>
    public static Task<string> RunAsync(IAnsiConsole? console, TextWriter output, DataSetDescription set, Func<IProgress<DownloadProgress>, Task<string>> install)
    {
        if (console is null)
            return install(new Lines(output));
        return console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
            .StartAsync(context => install(new Bar(console, context.AddTask(Markup.Escape(set.Name), maxValue: set.Length))));
    }

    private sealed class Bar(IAnsiConsole console, ProgressTask task) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value)
        {
            task.Value = value.Bytes;
            task.Description = Markup.Escape(value.File);
            if (value.Note is { } note)
                console.MarkupLine(Markup.Escape(note));
        }
    }

    /// <summary>A line for each tenth of the set and each note.</summary>
    private sealed class Lines(TextWriter writer) : IProgress<DownloadProgress>
    {
        private long tenths = -1;

        public void Report(DownloadProgress value)
        {
            if (value.Note is { } note)
                writer.WriteLine(note);
            var now = 10 * value.Bytes / value.TotalBytes;
            if (now <= tenths)
                return;
            tenths = now;
            writer.WriteLine(FormattableString.Invariant($"{10 * now,3} %  {value.Bytes / 1e6,5:0.0} of {value.TotalBytes / 1e6:0.0} MB  {value.File} from {value.Source}"));
        }
    }
}
