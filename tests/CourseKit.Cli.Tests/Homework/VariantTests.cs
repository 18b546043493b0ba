using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using CourseKit.Interactive;
using CourseKit.Kernel;
using CourseKit.Testing;

namespace CourseKit.Cli.Tests.Homework;

/// <summary>
/// Every task of the course's homework: other correct styles get the points, and what students get wrong is rejected with the hint that
/// names it. All variants of a notebook run one after the other in one process, and the judge decides as it does for a submission.
/// </summary>
public class VariantTests
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<Outcome>>>> Runs = new();

    public static TheoryData<string> Homework => [.. HomeworkNotebooks.OfTheCourse.Select(path => Path.GetFileNameWithoutExtension(path))];

    [Fact]
    public void There_is_a_homework_for_each_chapter() => Assert.Equal(6, HomeworkNotebooks.OfTheCourse.Count());

    [LongTheory, MemberData(nameof(Homework))]
    public async Task The_reference_solutions_get_full_marks(string homework) =>
        Nothing((await Outcomes(homework)).Where(outcome => outcome.Variant.Name == "reference" && outcome.Fault is not null));

    [LongTheory, MemberData(nameof(Homework))]
    public async Task Other_correct_styles_get_full_marks_and_pass_the_public_checks(string homework)
    {
        var outcomes = (await Outcomes(homework)).Where(outcome => outcome.Variant is { Hint: null, Name: not "reference" }).ToList();
        Nothing(outcomes.Where(outcome => outcome.Fault is not null || outcome.PublicFault is not null));
    }

    [LongTheory, MemberData(nameof(Homework))]
    public async Task Wrong_solutions_get_nothing_and_the_hint_that_names_the_mistake(string homework)
    {
        var outcomes = (await Outcomes(homework)).Where(outcome => outcome.Variant.Hint is not null).ToList();
        Nothing(outcomes.Where(outcome => outcome.Fault is null || !outcome.Fault.Contains(outcome.Variant.Hint!, StringComparison.Ordinal)));
    }

    [LongTheory, MemberData(nameof(Homework))]
    public async Task The_public_checks_reject_most_of_the_wrong_solutions(string homework)
    {
        foreach (var task in (await Outcomes(homework)).Where(outcome => outcome.Variant.Hint is not null).GroupBy(outcome => outcome.Variant.Solution))
            Assert.True(2 * task.Count(outcome => outcome.PublicFault is not null) > task.Count(), $"{homework}, {task.Key}: {string.Join("; ", task.Where(outcome => outcome.PublicFault is null).Select(outcome => outcome.Variant.Name))}");
    }

    [LongTheory, MemberData(nameof(Homework))]
    public async Task Each_task_is_tried_in_three_styles_and_eight_wrong_ways(string homework)
    {
        var tasks = (await Outcomes(homework)).GroupBy(outcome => outcome.Variant.Solution).ToList();
        Assert.InRange(tasks.Count, 4, 6);
        Assert.All(tasks, task =>
        {
            Assert.True(task.Count(outcome => outcome.Variant.Hint is null) >= 3, $"{homework}, {task.Key}: fewer than 3 styles");
            Assert.True(task.Count(outcome => outcome.Variant.Hint is not null) >= 8, $"{homework}, {task.Key}: fewer than 8 wrong ways");
        });
    }

    [Theory, MemberData(nameof(Homework))]
    public void A_notebook_has_ten_points_and_two_written_questions(string homework)
    {
        var assignment = Assignment.Load(HomeworkNotebooks.OfTheCourse.Single(path => Path.GetFileNameWithoutExtension(path) == homework));
        Assert.Equal(10, assignment.Maximum + assignment.Written.Sum(question => question.Points));
        Assert.Equal(2, assignment.Written.Count);
        Assert.InRange(assignment.Tasks.Count, 4, 6);
    }

    private static void Nothing(IEnumerable<Outcome> outcomes) => Assert.True(!outcomes.Any(), string.Join('\n', outcomes));

    private static Task<IReadOnlyList<Outcome>> Outcomes(string homework) => Runs.GetOrAdd(homework, name => new(() => RunAsync(name))).Value;

    private static async Task<IReadOnlyList<Outcome>> RunAsync(string homework)
    {
        var assignment = Assignment.Load(HomeworkNotebooks.OfTheCourse.Single(path => Path.GetFileNameWithoutExtension(path) == homework));
        var cells = assignment.Notebook.Cells.Select(cell => (cell.Source, Mark: GraderCell.Read(cell.Metadata))).Where(cell => cell.Mark is { IsWritten: false }).ToList();
        var reference = cells.Where(cell => cell.Mark!.Solution).ToDictionary(cell => cell.Mark!.GradeId, cell => cell.Source);
        var variants = VariantFile.Read(VariantFile.Path(homework), reference).ToLookup(variant => variant.Solution);
        Assert.Empty(variants.Select(group => group.Key).Except(reference.Keys));
        int[] seeds = [7, 20]; // what is told must not hang on what was drawn
        using var instructor = await ReferenceHost.StartAsync(assignment, HomeworkNotebooks.Place, CancellationToken.None);
        var right = new List<IReadOnlyList<IReadOnlyList<Reference>>>();
        foreach (var seed in seeds)
            right.Add(await instructor.AnswersAsync(seed, CancellationToken.None));
        using var folder = new TemporaryFolder();
        using var host = HomeworkNotebooks.Place.Start(null, folder.Path, new CellLimits { MemoryBytes = 2L << 30, OutputBytes = 64 << 20, ProcessorTime = TimeSpan.FromHours(1) });
        var outcomes = new List<Outcome>();
        foreach (var (source, mark) in cells)
        {
            if (mark!.IsGiven)
                Assert.Null((await host.RunAsync(source, TimeSpan.FromMinutes(1))).Message);
            if (!mark.Solution)
                continue;
            var test = cells[cells.FindIndex(cell => cell.Mark == mark) + 1];
            var task = assignment.Tasks.Single(one => one.GradeId == test.Mark!.GradeId);
            var answers = right.SelectMany(ofSeed => ofSeed[assignment.Tasks.ToList().IndexOf(task)]).ToList();
            var check = Regions.Take(test.Source, Regions.HiddenTests).Kept;
            foreach (var variant in variants[mark.GradeId].Append(new Variant(mark.GradeId, "reference", source, null)))
            {
                // All in one cell: to compile is what takes the time.
                var asked = string.Concat(seeds.SelectMany(seed => task.Probes.Select((_, p) => string.Create(CultureInfo.InvariantCulture, $", CoursekitAsk{p}({seed})"))));
                var probes = string.Join('\n', task.Probes.Select((probe, p) => string.Create(CultureInfo.InvariantCulture, $"string CoursekitAsk{p}(int seed) => global::CourseKit.Interactive.Probe.Ask(seed, {probe.Draw}, {probe.Ask});")));
                var reply = await host.RunAsync($$"""
                    {{variant.Code}}
                    {{probes}}
                    var coursekitSaid = "";
                    try
                    {
                    {{check}}
                    }
                    catch (Exception error)
                    {
                        coursekitSaid = error.Message;
                    }

                    System.Text.Json.JsonSerializer.Serialize(new[] { coursekitSaid{{asked}} })
                    """, TimeSpan.FromSeconds(20));
                Assert.True(reply.Value is not null, $"{homework}, {variant.Name}: {reply.Message}");
                var said = JsonSerializer.Deserialize<string[]>(reply.Value)!;
                var faults = answers.Select((answer, p) => Diagnosis.Of(answer.Expected, Answer.Parse(said[1 + p]), answer.Mistakes)).Chunk(task.Probes.Count).Select(ofSeed => ofSeed.FirstOrDefault(found => found is not null)).ToList();
                var fault = variant.Hint is null ? faults.Find(found => found is not null) : faults.Find(found => found?.Contains(variant.Hint, StringComparison.Ordinal) is not true) ?? (faults.Contains(null) ? null : faults[0]);
                outcomes.Add(new Outcome(variant, fault, said[0].Length > 0 ? said[0] : null));
            }
        }

        return outcomes;
    }

    private sealed record Outcome(Variant Variant, string? Fault, string? PublicFault)
    {
        public override string ToString() => $"{Variant.Name}: wanted {Variant.Hint ?? "full marks"}, got {Fault ?? "full marks"}; the public check said {PublicFault ?? "passed"}";
    }
}
