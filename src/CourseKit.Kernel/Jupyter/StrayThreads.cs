using System.Runtime.ExceptionServices;

namespace CourseKit.Kernel.Jupyter;

/// <summary>Keeps an exception in a thread that a cell started from ending the process, and with it all that the person has computed.</summary>
internal static class StrayThreads
{
    /// <summary>From now on such an exception ends its thread alone and is told on <c>stderr</c>. To be called once, on the main thread.</summary>
    public static void Survive()
    {
        var main = Environment.CurrentManagedThreadId;
        ExceptionHandling.SetUnhandledExceptionHandler(error =>
        {
            if (Environment.CurrentManagedThreadId == main || Thread.CurrentThread.Name == JupyterKernel.RequestsThread)
                return false; // the kernel itself is broken

            // A loop that an interrupt ended has ended as it was meant to.
            if (!(CellContext.Interrupted && error is OperationCanceledException or ThreadInterruptedException))
                CellContext.Output.Stream("stderr", $"A thread that a cell started was ended by an exception:\n{string.Join('\n', Tracebacks.Of(error).Traceback)}\n");
            return true;
        });
    }
}
