namespace CourseKit.Tests;

/// <summary>Tests of the process-wide threads: they run apart from all others, which would find the threads busy.</summary>
[CollectionDefinition("Threads", DisableParallelization = true)]
public class ThreadsCollection;
