namespace CourseKit.Cli;

/// <summary>Which C# kernels Jupyter and VS Code would find, and whose the name is that the notebooks ask for.</summary>
internal sealed class KernelspecCheck(IMachine machine)
{
    private const string Wanted = KernelInstaller.NotebooksName;

    public IEnumerable<Finding> Findings()
    {
        var found = Kernelspec.All(machine).Where(spec => spec.IsCSharp).DistinctBy(spec => spec.Name).ToArray();
        if (Array.Find(found, spec => spec.Name == Wanted) is { } named)
            yield return new("kernelspec", FindingState.Good, $"{Wanted} is {named.Owner}, {named.File}");
        else
            yield return new("kernelspec", FindingState.Optional, $"no kernel has the name {Wanted} that the notebooks ask for",
                "Only for Jupyter and VS Code: 'coursekit kernel install'. The other commands need none.");
        foreach (var other in found.Where(spec => spec.Name != Wanted))
            yield return new("kernelspec", FindingState.Good, $"{other.Name} is {other.Owner}, {other.File}");
    }
}
