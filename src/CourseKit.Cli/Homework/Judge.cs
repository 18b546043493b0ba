using CourseKit.Interactive;

namespace CourseKit.Cli;

/// <summary>Forms the verdict, on numbers alone, in a process that runs no code of a student.</summary>
internal static class Judge
{
    /// <summary>Compares a submission's answers with the right ones.</summary>
    public static IReadOnlyList<TaskGrade> Decide(Assignment assignment, IReadOnlyList<IReadOnlyList<Reference>> right, IReadOnlyList<IReadOnlyList<Answer>> given) =>
    [
        .. assignment.Tasks.Select((task, t) =>
        {
            ProbeGrade[] probes = [.. task.Probes.Select((probe, p) =>
            {
                var hint = Diagnosis.Of(right[t][p].Expected, given[t][p], right[t][p].Mistakes);
                return new ProbeGrade(probe.What, hint is null, hint);
            })];
            return new TaskGrade(task.GradeId, probes.All(probe => probe.Passed) ? task.Points : 0, task.Points, probes);
        }),
    ];
}
