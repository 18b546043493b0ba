using System.CommandLine;

namespace CourseKit.Cli;

/// <summary>The options that say where a kernel is installed.</summary>
internal sealed class KernelPlace
{
    private readonly Option<bool> user = new("--user") { Description = "For this user (what happens without an option)." };
    private readonly Option<string?> prefix = new("--prefix") { HelpName = "DIR", Description = "Into DIR/share/jupyter, such as /usr/local for everybody." };
    private readonly Option<bool> environment = new("--sys-prefix") { Description = "Into the Python environment that is active (VIRTUAL_ENV or CONDA_PREFIX)." };

    /// <summary>Adds the options to a command; at most one of them may be given.</summary>
    public void AddTo(Command command)
    {
        command.Add(user);
        command.Add(prefix);
        command.Add(environment);
        command.Validators.Add(given =>
        {
            if ((given.GetValue(user) ? 1 : 0) + (given.GetValue(prefix) is null ? 0 : 1) + (given.GetValue(environment) ? 1 : 0) > 1)
                given.AddError("--user, --prefix and --sys-prefix exclude each other.");
        });
    }

    /// <summary>The folder of kernels that was asked for.</summary>
    public string Folder(ParseResult parsed, IMachine machine) =>
        parsed.GetValue(prefix) is { } given ? JupyterFolders.OfPrefix(given)
        : parsed.GetValue(environment) ? JupyterFolders.OfEnvironment(machine)
        : JupyterFolders.OfUser(machine);
}
