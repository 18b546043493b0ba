using System.CommandLine;
using Spectre.Console;

namespace CourseKit.Cli;

/// <summary><c>coursekit data</c>: lists, installs, checks and removes the published sets.</summary>
public static class DataCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="console">The terminal, for the table and the progress bar.</param>
    /// <param name="output">Where results go; plain lines, so that they can be searched.</param>
    /// <param name="error">Where failures go.</param>
    public static Command Create(IAnsiConsole console, TextWriter output, TextWriter error)
    {
        var actions = new DataActions(console, output, error);
        return new Command("data", "The data sets that are downloaded: MNIST and Fashion-MNIST. The course runs without them.")
        {
            List(actions),
            Get(actions),
            Verify(actions),
            Remove(actions),
        };
    }

    private static Command List(DataActions actions)
    {
        var folder = FolderOption();
        var command = new Command("list", "Show the sets, and which are installed.") { folder };
        command.SetAction(result => actions.List(result.GetValue(folder)));
        return command;
    }

    private static Command Get(DataActions actions)
    {
        var name = NameArgument();
        var folder = FolderOption();
        var from = new Option<string?>("--from") { Description = "A folder that holds the files, or the address of a mirror, in place of the known mirrors.", HelpName = "FOLDER|URL" };
        var proxy = new Option<string?>("--proxy") { Description = "The proxy to go through. Default: the system's.", HelpName = "URL" };
        proxy.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<string?>() is { } text && !IsHttp(text))
                given.AddError($"--proxy {text}: an address such as http://proxy.example:8080 is expected.");
        });
        var command = new Command("get", "Download a set, check it and install it. What a broken connection left is taken up again.") { name, folder, from, proxy };
        command.SetAction((result, cancellation) => actions.GetAsync(
            DataSets.Find(result.GetValue(name)!),
            result.GetValue(folder),
            result.GetValue(from),
            result.GetValue(proxy) is { } address ? new Uri(address) : null,
            cancellation));
        return command;
    }

    private static Command Verify(DataActions actions)
    {
        var name = NameArgument(ArgumentArity.ZeroOrOne);
        var folder = FolderOption();
        var command = new Command("verify", "Read installed sets through and compare their checksums.") { name, folder };
        command.SetAction(result => actions.Verify(result.GetValue(name) is { } given ? DataSets.Find(given) : null, result.GetValue(folder)));
        return command;
    }

    private static Command Remove(DataActions actions)
    {
        var name = NameArgument();
        var folder = FolderOption();
        var command = new Command("remove", "Remove an installed set and what an unfinished download left.") { name, folder };
        command.SetAction(result => actions.Remove(DataSets.Find(result.GetValue(name)!), result.GetValue(folder)));
        return command;
    }

    private static Argument<string> NameArgument(ArgumentArity? arity = null)
    {
        var name = new Argument<string>("NAME") { Description = "The set.", Arity = arity ?? ArgumentArity.ExactlyOne };
        name.AcceptOnlyFromAmong([.. DataSets.All.Select(set => set.Name)]);
        return name;
    }

    private static Option<string?> FolderOption() => new("--folder")
    {
        Description = $"Where the sets are. Default: the folder that {DataFolder.Variable} names, or the course's data folder.",
        HelpName = "FOLDER",
    };

    private static bool IsHttp(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
