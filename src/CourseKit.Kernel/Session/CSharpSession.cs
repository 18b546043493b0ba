using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CourseKit.Kernel;

/// <summary>A C# session: runs cells one after the other, each of which sees what those before it defined.</summary>
internal sealed partial class CSharpSession : IBackend
{
    private readonly SessionLoadContext context = new();
    private readonly NuGetPackages packages;
    private readonly Lock gate = new();
    private object?[] states = new object?[8]; // [0] stands for globals, which there are none of; then one for each cell that defines something
    private int stateCount = 1;
    private RunningCell? running;
    private CellThread? cells;

    /// <summary>Starts a session.</summary>
    /// <param name="folder">The notebook's folder, from which relative paths start.</param>
    public CSharpSession(string folder)
    {
        this.folder = folder;
        Compiler = new CellCompiler(folder, context);
        AppContext.SetData("CourseKit.IsInterrupted", (Func<bool>)(() => CellContext.IsOver)); // the kit asks between updates
        packages = new NuGetPackages(folder);
    }

    /// <summary>Compiles the cells.</summary>
    public CellCompiler Compiler { get; }

    /// <summary>Turns the value of a cell into what is shown.</summary>
    public Func<object, System.Text.Json.Nodes.JsonObject> FormatResult { get; set; } = value => Values.Format(value);

    /// <inheritdoc/>
    public ExecutionOutcome Execute(string code, int executionCount, IOutput output) => Execute(code, Tracebacks.CellPath(executionCount), output);

    /// <param name="code">The cell's text.</param>
    /// <param name="place">What errors call it (<see cref="Tracebacks.CellPath"/>).</param>
    /// <param name="output">Where what it shows goes.</param>
    private ExecutionOutcome Execute(string code, string place, IOutput output)
    {
        try
        {
            return Magics.AreIn(code) ? ExecuteParts(code, place, output)
                : HelpCell.Subject(code) is { } subject ? Explain(subject, output)
                : ExecuteCSharp(code, place, output);
        }
        catch (Exception error)
        {
            // Such as a type that the runtime does not load. Whatever it is, the person sees it, and the next cell runs.
            return new ExecutionOutcome(null, Tracebacks.Of(error));
        }
    }

    private ExecutionOutcome Explain(string subject, IOutput output)
    {
        if (Inspect(subject, subject.Length) is { } page)
            return new ExecutionOutcome(null, null, page);
        output.Stream("stdout", $"Nothing is known of '{subject}'.\n");
        return new ExecutionOutcome(null, null);
    }

    private ExecutionOutcome ExecuteCSharp(string code, string place, IOutput output)
    {
        cells ??= new CellThread();
        var cell = new RunningCell(cells.Thread);
        lock (gate)
        {
            running = cell;
            CellContext.Interrupted = false;
            CellContext.Stop = null;
        }

        CellContext.Output = output;
        ConsoleCapture.Restore();
        try
        {
            return Run(code, place, output, cell);
        }
        finally
        {
            lock (gate)
                running = null;
            cell.Close();
        }
    }

    private void GiveUpThread()
    {
        cells?.GiveUp();
        cells = null;
    }

    /// <inheritdoc/>
    public void Interrupt()
    {
        lock (gate)
        {
            if (running is null)
                return;
            if (CellContext.TakeStop() is { } stop)
            {
                stop();
                return;
            }

            CellContext.Interrupted = true;
            running.Interrupt();
        }
    }

    /// <inheritdoc/>
    public Completeness IsComplete(string code)
    {
        if (HelpCell.Subject(code) is not null)
            return Completeness.Complete;
        var tree = CSharpSyntaxTree.ParseText(Directives.Blank(Magics.Blank(code)), CellCompiler.Parsing);
        if (!tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            return Completeness.Complete;
        return SyntaxFactory.IsCompleteSubmission(tree) ? Completeness.Invalid : Completeness.Incomplete;
    }

    /// <inheritdoc/>
    public void Dispose() => GiveUpThread();

    private ExecutionOutcome Run(string code, string place, IOutput output, RunningCell cell)
    {
        var directives = Directives.Read(code);
        if (directives.Fault is { } fault)
            return new ExecutionOutcome(null, new ExecutionError("CompileError", $"{place}, {fault}", [$"{place}, {fault}"]));
        if (directives.Packages.Count + directives.Sources.Count > 0)
        {
            try
            {
                cell.Awaits = true;
                var added = packages.Add(directives.Packages, directives.Sources, context, text => output.Stream("stdout", text), cell.WaitingEnds);
                cell.Awaits = false;
                if (cell.IsInterrupted)
                    return Interrupted(isOver: true); // as the last of them came
                Compiler.AddReferences(added.References);
                foreach (var extension in added.Extensions)
                    Run(extension, place, output, cell);
            }
            catch (NuGetException error)
            {
                return new ExecutionOutcome(null, new ExecutionError("NuGetError", error.Message, [error.Message]));
            }
            catch (OperationCanceledException)
            {
                return Interrupted(isOver: true);
            }
        }

        var compiled = Compiler.Compile(directives.Code, place);
        if (compiled.Errors.Count > 0)
            return new ExecutionOutcome(null, Tracebacks.Of(compiled.Errors, code));
        foreach (var warning in compiled.Warnings)
            output.Stream("stderr", Tracebacks.Describe(warning) + "\n");
        if (cell.IsInterruptedForLong)
            return Interrupted(isOver: true); // while it was compiled
        if (!compiled.IsEmitted)
        {
            Compiler.Accept(compiled);
            return new ExecutionOutcome(null, null); // nothing but usings: they count from here on, and there is nothing to run
        }

        var factory = compiled.Load(context);
        if (states.Length <= stateCount)
            Array.Resize(ref states, 2 * states.Length);
        try
        {
            return Call(factory, cell);
        }
        finally
        {
            Compiler.Accept(compiled);
            if (states[stateCount] is not null)
                stateCount++; // a cell that defines nothing takes no place
        }
    }

    /// <summary>Runs the script of a package. One that was written for another kernel alone must not keep the package from being used.</summary>
    private void Run(PackageExtension extension, string place, IOutput output, RunningCell cell)
    {
        foreach (var part in extension.Read())
        {
            if (Run(part, place, output, cell).Error is not { } error)
                continue;
            output.Stream("stdout", $"Package {extension.Package}: its extension script does not run on this kernel ({error.Value}); the package itself can be used.\n");
            return;
        }
    }

    /// <summary>Runs a cell on the thread for cells and waits for its end, or until it is left to itself.</summary>
    private ExecutionOutcome Call(Func<object?[], Task<object?>> factory, RunningCell cell)
    {
        ExecutionOutcome? outcome = null;
        var ended = new ManualResetEventSlim(); // not disposed: a cell that is left to itself sets it when nobody waits any more
        cells!.Post(() =>
        {
            try
            {
                outcome = CallHere(factory, cell);
            }
            catch (Exception error) // an interrupt that came while another error was told
            {
                outcome = cell.IsInterrupted ? Interrupted(isOver: true) : new ExecutionOutcome(null, Tracebacks.Of(error));
            }

            ended.Set();
            if (cell.IsLeft)
                CellContext.Ended(cell);
        });
        if (cell.Wait(ended))
            return outcome!;
        CellContext.Leave(cell);
        if (ended.IsSet)
            CellContext.Ended(cell); // at this very moment
        GiveUpThread();
        return Interrupted(isOver: false);
    }

    private ExecutionOutcome CallHere(Func<object?[], Task<object?>> factory, RunningCell cell)
    {
        Task<object?>? task = null;
        System.Text.Json.Nodes.JsonObject? shown = null;
        cell.Begin();
        CellContext.Enter(cell);
        try
        {
            task = factory(states); // up to its first await that has to wait, or to its end
            cell.Awaits = true;
            task.Wait(cell.WaitingEnds);
            cell.Awaits = false;
            var asked = cell.IsInterrupted; // and went on all the same
            if (task.Result is { } value) // to show it is the student's code again: a ToString, or a sequence without end
                shown = FormatResult(value);
            return cell.IsInterrupted && !asked ? Interrupted(task, cell) : new ExecutionOutcome(shown, null);
        }
        catch (Exception) when (cell.IsInterrupted)
        {
            // Whatever a library made of it: Parallel.For, say, wraps it in an exception of its own.
            return Interrupted(task, cell);
        }
        catch (AggregateException error) when (error.InnerExceptions.Count == 1)
        {
            return new ExecutionOutcome(null, Tracebacks.Of(error.InnerException!));
        }
        catch (Exception error)
        {
            return new ExecutionOutcome(null, Tracebacks.Of(error));
        }
        finally
        {
            cell.End();
        }
    }

    private static ExecutionOutcome Interrupted(Task? task, RunningCell cell)
    {
        // What runs behind an await gets a moment to notice; what does not is left to itself, and the session goes on.
        if (task is null || Task.WaitAny([task], TimeSpan.FromMilliseconds(500)) == 0)
            return Interrupted(isOver: true);
        CellContext.Leave(cell);
        task.ContinueWith(_ => CellContext.Ended(cell), TaskScheduler.Default);
        return Interrupted(isOver: false);
    }

    private static ExecutionOutcome Interrupted(bool isOver)
    {
        var message = "The cell was interrupted; variables keep the values they had."
            + (isOver ? "" : " What it called or waits for still runs in the background, and the cell ends with that; a restart of the kernel ends both.");
        return new ExecutionOutcome(null, new ExecutionError("KeyboardInterrupt", message, [message]));
    }
}
