using System.CommandLine;
using System.Diagnostics;

namespace CourseKit.Cli;

/// <summary><c>coursekit kernel</c>: makes our C# kernel known to Jupyter and VS Code.</summary>
internal static class KernelCommand
{
    public static Command Create(CommandContext context) => new("kernel", "Make CourseKit's C# kernel known to Jupyter, JupyterLab and VS Code.")
    {
        Install(context), Uninstall(context), List(context), Run(context),
    };

    private static Command Install(CommandContext context)
    {
        var place = new KernelPlace();
        var name = new Option<string?>("--name") { HelpName = "NAME", Description = $"The kernel's name. Default: {KernelInstaller.NotebooksName}, or {KernelInstaller.OwnName} where another kernel has that." };
        var force = new Option<bool>("--force") { Description = "Take the name even if another kernel has it." };
        var command = new Subcommand("install", "Install the kernel, for this user unless told otherwise. Python is not needed.", """
            Examples:
              coursekit kernel install                        for this user
              coursekit kernel install --sys-prefix           for the Python environment that is active
              sudo coursekit kernel install --prefix /usr/local    for everybody

            The kernel stays in the course's folder (artifacts/kernel): after moving the folder, install it again.
            """) { name, force };
        place.AddTo(command);
        command.SetAction((parsed, _) => context.GuardAsync(() =>
        {
            var installed = new KernelInstaller(context.Machine, place.Folder(parsed, context.Machine)).Install(KernelFile(context), parsed.GetValue(name), parsed.GetValue(force));
            context.Out.WriteLine($"{installed.Name} is installed: {installed.File}");
            if (installed.Name == KernelInstaller.OwnName)
                context.Out.WriteLine($"Another kernel has the name {KernelInstaller.NotebooksName} that the notebooks ask for: choose '{installed.Name}' in the notebook, or take the name over with --force.");
            return Task.FromResult(ExitCodes.Success);
        }));
        return command;
    }

    private static Command Uninstall(CommandContext context)
    {
        var place = new KernelPlace();
        var name = new Option<string?>("--name") { HelpName = "NAME", Description = "Only the kernel of this name. Default: all of CourseKit's in the folder." };
        var command = new Subcommand("uninstall", "Take the kernel away; another's is never touched.", "The options say where, as with install.") { name };
        place.AddTo(command);
        command.SetAction((parsed, _) => context.GuardAsync(() =>
        {
            foreach (var file in new KernelInstaller(context.Machine, place.Folder(parsed, context.Machine)).Uninstall(parsed.GetValue(name)))
                context.Out.WriteLine($"Removed {file}");
            return Task.FromResult(ExitCodes.Success);
        }));
        return command;
    }

    private static Command List(CommandContext context)
    {
        var command = new Command("list", "Show the C# kernels that Jupyter and VS Code find, and whose they are.");
        command.SetAction((_, _) => context.GuardAsync(() =>
        {
            var seen = new HashSet<string>();
            var found = Kernelspec.All(context.Machine).Where(spec => spec.IsCSharp).ToList();
            foreach (var spec in found)
            {
                var missing = spec.IsOurs ? spec.Start.FirstOrDefault(word => Path.GetFileName(word) == Kernelspec.KernelAssembly && !context.Machine.FileExists(word)) : null;
                var note = !seen.Add(spec.Name) ? "  (hidden by the one above)" : missing is null ? "" : $"  (broken: {missing} is not there; build, then install again)";
                context.Out.WriteLine($"{spec.Name}  {spec.Owner}  {spec.File}{note}");
            }

            if (found.Count == 0)
                context.Out.WriteLine("There is no C# kernel: coursekit kernel install");
            return Task.FromResult(ExitCodes.Success);
        }));
        return command;
    }

    private static Command Run(CommandContext context)
    {
        var file = new Argument<string>("CONNECTION_FILE") { Description = "The file in which a front end says where the kernel is to listen." };
        var command = new Subcommand("run", "Run the kernel until the front end ends it, or Ctrl+C.", "Front ends do this by themselves; it is for trying things out.") { file };
        command.SetAction((parsed, ct) => context.GuardAsync(async () =>
        {
            using var kernel = Process.Start(new ProcessStartInfo("dotnet", ["exec", KernelFile(context), "jupyter", parsed.GetValue(file)!]) { UseShellExecute = false })
                ?? throw new CommandException("The kernel's process could not be started.");
            try
            {
                await kernel.WaitForExitAsync(ct);
            }
            catch (OperationCanceledException)
            {
                kernel.Kill(entireProcessTree: true);
                throw;
            }

            return kernel.ExitCode;
        }));
        return command;
    }

    /// <summary>The kernel that the build has put into the course's folder.</summary>
    private static string KernelFile(CommandContext context)
    {
        var file = Path.Combine(context.Repository is { } course ? Path.Combine(course.Artifacts, "kernel") : AppContext.BaseDirectory, Kernelspec.KernelAssembly);
        return context.Machine.FileExists(file) ? file : throw new CommandException($"{file} is not there: run 'dotnet build' in the course's folder.");
    }
}
