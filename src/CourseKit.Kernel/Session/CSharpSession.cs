using System.Runtime;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;

namespace CourseKit.Kernel;

/// <summary>A C# session: runs cells one after the other, each of which sees what those before it defined.</summary>
/// <remarks>
/// Cells are compiled as Roslyn's script submissions, but emitted and run here and not by its Script class: guards are written into the
/// code before it is compiled (<see cref="GuardRewriter"/>), and symbols carry the cell's number.
/// </remarks>
internal sealed partial class CSharpSession : IBackend
{
    /// <summary>What is imported without being named: the same as on .NET Interactive, no more.</summary>
    private static readonly string[] Imports =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
    ];

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp14, kind: SourceCodeKind.Script);
    private static readonly EmitOptions Emission = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    /// <summary>Errors that vanish when the assembly of a type or namespace is referenced.</summary>
    private static readonly HashSet<string> MayLackReference = ["CS0103", "CS0234", "CS0246", "CS1061", "CS1069", "CS0012", "CS0117", "CS0518", "CS1929", "CS0656"];

    private readonly SessionLoadContext context = new();
    private readonly ReferenceResolver resolver;
    private readonly NuGetPackages packages;
    private readonly CSharpCompilationOptions options;
    private MetadataReference[] references; // replaced and never changed: completion may read it at any time
    private readonly Lock gate = new();
    private CSharpCompilation? previous;
    private MetadataReference[] inherited = []; // those of the cells up to previous
    private object?[] states = new object?[8]; // [0] stands for globals, which there are none of; then one for each cell that defines something
    private int stateCount = 1;
    private bool hasAllReferences;
    private RunningCell? running;

    /// <summary>Starts a session.</summary>
    /// <param name="folder">The notebook's folder, from which relative paths start.</param>
    public CSharpSession(string folder)
    {
        this.folder = folder;
        resolver = new ReferenceResolver(folder, context);
        packages = new NuGetPackages(folder);
        references = [.. KernelAssemblies.AtFirst.Select(resolver.Reference)];

        // The Script class knows options that are not public (references supersede lower versions); its compilation hands them over.
        var script = CSharpScript.Create("", ScriptOptions.Default.WithReferences(Array.Empty<MetadataReference>()).WithMetadataResolver(resolver));
        options = ((CSharpCompilationOptions)script.GetCompilation().Options)
            .WithUsings((string[])[.. Imports, typeof(Dialect.Kernel).FullName!])
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithMetadataReferenceResolver(resolver)
            .WithSourceReferenceResolver(new SourceFileResolver([], folder))
            .WithConcurrentBuild(false)
            .WithAllowUnsafe(true)
            .WithSpecificDiagnosticOptions(
            [
                new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress), // versions of assemblies: nothing a reader can change
                new("CS7021", ReportDiagnostic.Error),
            ]);
    }

    /// <summary>Turns the value of a cell into what is shown.</summary>
    public Func<object, System.Text.Json.Nodes.JsonObject> FormatResult { get; set; } = value => Values.Format(value);

    /// <inheritdoc/>
    public ExecutionOutcome Execute(string code, int executionCount, IOutput output) =>
        Magics.AreIn(code) ? ExecuteParts(code, executionCount, output)
        : HelpCell.Subject(code) is { } subject ? Explain(subject, output)
        : ExecuteCSharp(code, executionCount, output);

    private ExecutionOutcome Explain(string subject, IOutput output)
    {
        if (Inspect(subject, subject.Length) is { } page)
            return new ExecutionOutcome(null, null, page);
        output.Stream("stdout", $"Nothing is known of '{subject}'.\n");
        return new ExecutionOutcome(null, null);
    }

    private ExecutionOutcome ExecuteCSharp(string code, int executionCount, IOutput output)
    {
        var cell = new RunningCell(Thread.CurrentThread);
        lock (gate)
        {
            running = cell;
            CellContext.Interrupted = false;
            CellContext.Stop = null;
        }

        CellContext.Output = output;
        try
        {
            return Run(code, executionCount, output, cell);
        }
        finally
        {
            lock (gate)
                running = null;
            cell.End();
        }
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
        var tree = CSharpSyntaxTree.ParseText(Directives.Blank(Magics.Blank(code)), Parsing);
        if (!tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            return Completeness.Complete;
        return SyntaxFactory.IsCompleteSubmission(tree) ? Completeness.Invalid : Completeness.Incomplete;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private ExecutionOutcome Run(string code, int number, IOutput output, RunningCell cell)
    {
        var directives = Directives.Read(code);
        if (directives.Fault is { } fault)
            return new ExecutionOutcome(null, new ExecutionError("CompileError", $"{Tracebacks.CellPath(number)}, {fault}", [$"{Tracebacks.CellPath(number)}, {fault}"]));
        if (directives.Packages.Count + directives.Sources.Count > 0)
        {
            try
            {
                var added = packages.Add(directives.Packages, directives.Sources, context, text => output.Stream("stdout", text), cell.Abort);
                references = [.. references, .. added.References.Select(resolver.Reference)];
                foreach (var extension in added.Extensions)
                    Run(extension, number, output, cell);
            }
            catch (NuGetException error)
            {
                return new ExecutionOutcome(null, new ExecutionError("NuGetError", error.Message, [error.Message]));
            }
            catch (OperationCanceledException)
            {
                return Interrupted(null);
            }
        }

        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var (compilation, emitted) = Emit(directives.Code, number, assembly, symbols);
        if (!emitted.Success && !hasAllReferences && emitted.Diagnostics.Any(diagnostic => MayLackReference.Contains(diagnostic.Id)))
        {
            hasAllReferences = true;
            references = [.. references.Union(KernelAssemblies.All.Select(resolver.Reference))];
            (compilation, emitted) = Emit(directives.Code, number, assembly, symbols);
        }

        var errors = emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
            return new ExecutionOutcome(null, Tracebacks.Of(errors, code));
        if (!emitted.Success)
        {
            Accept(compilation); // nothing but usings: they count from here on, and there is nothing to run
            return new ExecutionOutcome(null, null);
        }

        if (emitted.Diagnostics.Any(IsWarning))
        {
            // Guards have moved the columns; the text as it was written has them right.
            var written = Compile(CSharpSyntaxTree.ParseText(SourceText.From(directives.Code, Encoding.UTF8), Parsing, Tracebacks.CellPath(number)));
            foreach (var warning in written.GetDiagnostics().Where(IsWarning))
                output.Stream("stderr", Tracebacks.Describe(warning) + "\n");
        }

        assembly.Position = symbols.Position = 0;
        var loaded = context.LoadCell(compilation.AssemblyName!, assembly, symbols);
        var factory = loaded.GetType(compilation.ScriptClass!.MetadataName, throwOnError: true)!
            .GetMethod("<Factory>", System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)!
            .CreateDelegate<Func<object?[], Task<object?>>>();
        Accept(compilation);
        if (states.Length <= stateCount)
            Array.Resize(ref states, 2 * states.Length);
        try
        {
            return Call(factory, cell);
        }
        finally
        {
            if (states[stateCount] is not null)
                stateCount++; // a cell that defines nothing takes no place
        }
    }

    /// <summary>Runs the script of a package. One that was written for another kernel alone must not keep the package from being used.</summary>
    private void Run(PackageExtension extension, int number, IOutput output, RunningCell cell)
    {
        foreach (var part in extension.Read())
        {
            if (Run(part, number, output, cell).Error is not { } error)
                continue;
            output.Stream("stdout", $"Package {extension.Package}: its extension script does not run on this kernel ({error.Value}); the package itself can be used.\n");
            return;
        }
    }

    private static bool IsWarning(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Warning && !diagnostic.IsSuppressed;

    /// <summary>Compiles a cell, with guards in its loops and functions.</summary>
    private (CSharpCompilation Compilation, EmitResult Result) Emit(string code, int number, MemoryStream assembly, MemoryStream symbols)
    {
        var path = Tracebacks.CellPath(number);
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), Parsing, path);
        var guards = new GuardRewriter(inLambdas: true);
        var compilation = Compile(Guarded(guards));
        var emitted = Write();
        if (!emitted.Success && guards.GuardedLambdas)
        {
            compilation = Compile(Guarded(new GuardRewriter(inLambdas: false)));
            emitted = Write();
        }

        if (!emitted.Success)
        {
            // Errors are reported as the person wrote the code; and should a guard ever be what does not compile, the code runs without.
            compilation = Compile(tree);
            emitted = Write();
        }

        return (compilation, emitted);

        SyntaxTree Guarded(GuardRewriter rewriter) =>
            CSharpSyntaxTree.Create((CSharpSyntaxNode)rewriter.Visit(tree.GetRoot(CancellationToken.None)), Parsing, path, Encoding.UTF8);

        EmitResult Write()
        {
            assembly.SetLength(0);
            symbols.SetLength(0);
            return compilation.Emit(assembly, symbols, options: Emission, cancellationToken: CancellationToken.None);
        }
    }

    /// <remarks>A cell takes over all references of those before it; naming them again would make every cell's list longer by as many.</remarks>
    private CSharpCompilation Compile(SyntaxTree tree) => CSharpCompilation.CreateScriptCompilation(
        $"cell#{Guid.NewGuid():N}", tree, references.Except(inherited), options, previous, typeof(object));

    private void Accept(CSharpCompilation cell) => (previous, inherited) = (cell, references);

    private ExecutionOutcome Call(Func<object?[], Task<object?>> factory, RunningCell cell)
    {
        Task<object?>? task = null;
        try
        {
            // Runs the cell up to its first await that has to wait, or to its end, so that it can be stopped wherever it is, even in a
            // library's loop. Behind an await the guards in its own loops stop it.
#pragma warning disable SYSLIB0046 // the documented way to stop code that does not ask whether it should
            ControlledExecution.Run(() => task = factory(states), cell.Abort);
#pragma warning restore SYSLIB0046
            cell.Awaits();
            task!.Wait(cell.Abort);
            cell.End();
            return new ExecutionOutcome(task.Result is null ? null : FormatResult(task.Result), null);
        }
        catch (Exception) when (cell.IsInterrupted)
        {
            // Whatever a library made of it: Parallel.For, say, wraps an abort in an exception of its own.
            cell.End();
            return Interrupted(task);
        }
        catch (AggregateException error) when (error.InnerExceptions.Count == 1)
        {
            return new ExecutionOutcome(null, Tracebacks.Of(error.InnerException!));
        }
        catch (Exception error)
        {
            return new ExecutionOutcome(null, Tracebacks.Of(error));
        }
    }

    private static ExecutionOutcome Interrupted(Task? task)
    {
        // What runs behind an await gets a moment to notice; what does not is left behind, and the session goes on.
        var over = task is null || Task.WaitAny([task], TimeSpan.FromMilliseconds(500)) == 0;
        var message = "The cell was interrupted; variables keep the values they had." + (over ? "" : " A part of it still runs in the background.");
        return new ExecutionOutcome(null, new ExecutionError("KeyboardInterrupt", message, [message]));
    }
}
