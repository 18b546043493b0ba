using System.Diagnostics;
using Spectre.Console;

namespace CourseKit.Cli;

/// <summary>What the subcommands of <c>coursekit data</c> do; each returns the exit code.</summary>
internal sealed class DataActions(IAnsiConsole console, TextWriter output, TextWriter error)
{
    private const int Success = 0;
    private const int Failed = 1;

    // As shells count a program that Ctrl+C stopped.
    private const int Cancelled = 130;

    private bool OnTerminal => console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal;

    /// <summary>The sets as a table, or a line each where the output goes into a file.</summary>
    public int List(string? folder)
    {
        if (!OnTerminal)
        {
            foreach (var set in DataSets.All)
                Line($"{set.Name}  {Megabytes(set.Length)}  {Place(set, folder) ?? $"not installed: coursekit data get {set.Name}"}");
            return Success;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("set", "what it is", "size", "installed");
        foreach (var set in DataSets.All)
        {
            var place = Place(set, folder);
            table.AddRow(
                Markup.Escape(set.Name),
                Markup.Escape(set.Title),
                Megabytes(set.Length),
                place is null ? $"no: coursekit data get {Markup.Escape(set.Name)}" : Markup.Escape(place));
        }

        console.Write(table);
        return Success;
    }

    /// <summary>Installs a set.</summary>
    public async Task<int> GetAsync(DataSetDescription set, string? folder, string? source, Uri? proxy, CancellationToken cancellation)
    {
        try
        {
            var installer = new Installer { Folder = folder ?? DataFolder.ForDownloads, Source = source, Proxy = proxy };
            Line(set.Title);
            Line($"Licence: {set.Licence}");
            Line($"Cite: {set.Citation}");
            var path = await DownloadDisplay.RunAsync(OnTerminal ? console : null, output, set, progress => installer.InstallAsync(set, progress, cancellation)).ConfigureAwait(false);
            Line($"{set.Name} is installed and whole: {path}");
            return Success;
        }
        catch (Exception failure) when (failure is DownloadException or DirectoryNotFoundException)
        {
            return Fail(failure.Message);
        }
        catch (OperationCanceledException)
        {
            error.WriteLine($"Stopped. Nothing was installed; `coursekit data get {set.Name}` goes on from here.");
            return Cancelled;
        }
    }

    /// <summary>Checks one set, or all that are installed.</summary>
    public int Verify(DataSetDescription? set, string? folder)
    {
        var whole = true;
        var any = false;
        foreach (var candidate in set is null ? DataSets.All : [set])
        {
            // A folder with one damaged file is to be found as well, so its files are looked for and not their lengths.
            var place = Places(candidate, folder).FirstOrDefault(path => candidate.Files.Any(file => File.Exists(Path.Combine(path, file.Name))));
            if (place is null)
                continue;
            any = true;
            var found = candidate.Check(place);
            foreach (var (file, state) in found)
                Line($"{candidate.Name}/{file.Name}: {Say(state)}");
            if (found.All(pair => pair.State == DataFileState.Whole))
            {
                Line(TimeReading(candidate, place));
                continue;
            }

            whole = false;
            error.WriteLine($"{place} is not whole: `coursekit data get {candidate.Name}` repairs it.");
        }

        if (!any)
            return set is null ? Say("No set is installed.") : Fail($"{set.Name} is not installed: `coursekit data get {set.Name}` downloads it.");
        return whole ? Success : Failed;
    }

    /// <summary>Removes a set.</summary>
    public int Remove(DataSetDescription set, string? folder)
    {
        try
        {
            var place = folder ?? DataFolder.ForDownloads;
            return Say(new Installer { Folder = place }.Remove(set)
                ? $"{set.Name} is removed from {place}."
                : $"{set.Name} is not installed in {place}; there is nothing to remove.");
        }
        catch (Exception failure) when (failure is DownloadException or DirectoryNotFoundException)
        {
            return Fail(failure.Message);
        }
    }

    private static IEnumerable<string> Places(DataSetDescription set, string? folder) =>
        (folder is null ? DataFolder.Searched : [Path.GetFullPath(folder)]).Select(place => Path.Combine(place, set.Name));

    // What a notebook's first cell pays, the reader's compilation included. On a busy machine only the processor's time tells something.
    private static string TimeReading(DataSetDescription set, string place)
    {
        var watch = Stopwatch.StartNew();
        var before = Environment.CpuUsage.TotalTime;
        var (train, _) = set.ReadFrom(place);
        var (test, _) = set.ReadFrom(place, test: true);
        return FormattableString.Invariant($"{set.Name}: {train.Shape[0]} + {test.Shape[0]} pictures read in {watch.Elapsed.TotalSeconds:0.00} s ({(Environment.CpuUsage.TotalTime - before).TotalSeconds:0.00} s of processor time)");
    }

    private static string? Place(DataSetDescription set, string? folder) =>
        Places(set, folder).FirstOrDefault(place => set.Files.All(file => file.Check(Path.Combine(place, file.Name), checksums: false) == DataFileState.Whole));

    private static string Say(DataFileState state) => state switch
    {
        DataFileState.Whole => "whole",
        DataFileState.Missing => "missing",
        DataFileState.WrongLength => "another length than the published file",
        _ => "another checksum than the published file",
    };

    private static string Megabytes(long bytes) => FormattableString.Invariant($"{bytes / 1e6:0.0} MB");

    private int Say(string text)
    {
        Line(text);
        return Success;
    }

    private int Fail(string text)
    {
        error.WriteLine(text);
        return Failed;
    }

    private void Line(string text) => output.WriteLine(text);
}
