using CourseKit.Kernel;
using CourseKit.Kernel.Jupyter;

// The kernel's executable. People use the command coursekit; these verbs are how it, and Jupyter, start a kernel.
try
{
    switch (args)
    {
        case ["run-cells", var requests, var replies, var folder]:
            return ChildMain.Run(requests, replies, folder, limits: null);
        case ["run-cells", var requests, var replies, var folder, var limits]:
            return ChildMain.Run(requests, replies, folder, limits);
        case ["jupyter", var connectionFile]:
            return JupyterMain.Run(connectionFile);
        case ["benchmark"]:
            return KernelBenchmark.Run();
        default:
            Console.Error.WriteLine("usage: CourseKit.Kernel jupyter CONNECTION_FILE | benchmark");
            return 2;
    }
}
catch (KernelStartException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
