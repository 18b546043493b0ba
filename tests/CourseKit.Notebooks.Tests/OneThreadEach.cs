using System.Runtime.CompilerServices;

namespace CourseKit.Notebooks.Tests;

/// <summary>
/// These tests keep every core busy with experiments side by side. Were each experiment shared among the cores as well, its threads would
/// wait for each other in loops while others compute; no result depends on their number.
/// </summary>
internal static class OneThreadEach
{
    [ModuleInitializer]
    internal static void Begin()
    {
        Workers.Degree = 1;
        Environment.SetEnvironmentVariable("DOTNET_PROCESSOR_COUNT", "1"); // for the processes that run notebooks
    }
}
