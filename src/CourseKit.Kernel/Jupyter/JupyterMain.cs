namespace CourseKit.Kernel.Jupyter;

/// <summary>The kernel as Jupyter starts it.</summary>
internal static class JupyterMain
{
    /// <summary>Serves until Jupyter asks for a shutdown.</summary>
    /// <param name="connectionFile">The file that Jupyter wrote for this kernel.</param>
    public static int Run(string connectionFile)
    {
        var connection = ConnectionFile.Read(connectionFile);
        ChildMain.UseInvariantCulture();
        ConsoleCapture.Install();
        StrayThreads.Survive();
        using (var kernel = new JupyterKernel(connection, new CSharpSession(Directory.GetCurrentDirectory())))
            kernel.Run();
        NetMQ.NetMQConfig.Cleanup(block: true);
        Environment.Exit(0); // a thread that a cell left running must not keep the process
        return 0;
    }
}
