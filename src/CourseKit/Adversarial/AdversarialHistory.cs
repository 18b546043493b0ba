using System.Globalization;
using System.Text;

namespace CourseKit;

/// <summary>What happened in an adversarial training, over all calls of Train: a line each iteration, and why the last call ended.</summary>
public sealed class AdversarialHistory
{
    private readonly List<AdversarialStep> steps = [];

    /// <summary>The iterations that were completed.</summary>
    public IReadOnlyList<AdversarialStep> Steps => steps;

    /// <summary>Why the last call of Train ended.</summary>
    public AdversarialStopReason Reason { get; private set; }

    /// <summary>The reason in a sentence: for a collapse what was seen, for how long, and what to try.</summary>
    public string Message { get; private set; } = "";

    /// <summary>How long all calls took together.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>The mean of V, D(x), D(G(z)) and the generator's loss over the last iterations: a single batch says little.</summary>
    /// <param name="iterations">How many of the last, at least 1; fewer where there are not so many.</param>
    /// <exception cref="InvalidOperationException">There is no iteration yet.</exception>
    public AdversarialStep Recent(int iterations = 100)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        if (steps.Count == 0)
            throw new InvalidOperationException("No iteration was made yet: call Train first.");
        var last = steps[^Math.Min(iterations, steps.Count)..];
        return new(
            steps[^1].Iteration, last.Average(step => step.V), last.Average(step => step.DOnData), last.Average(step => step.DOnSamples),
            last.Average(step => step.GeneratorLoss));
    }

    /// <summary>Ten lines evenly over the iterations, each the mean of those since the line before, and the reason for the end.</summary>
    public override string ToString()
    {
        const int lines = 10;
        var text = new StringBuilder("iteration         V      D(x)   D(G(z))    G's loss\n");
        for (var line = 0; line < lines; line++)
        {
            var part = steps[(int)((long)steps.Count * line / lines)..(int)((long)steps.Count * (line + 1) / lines)];
            if (part.Count == 0)
                continue;
            text.Append(CultureInfo.InvariantCulture, $"{part[^1].Iteration,9}  {part.Average(s => s.V),8:F3}  {part.Average(s => s.DOnData),8:F3}  {part.Average(s => s.DOnSamples),8:F3}  {part.Average(s => s.GeneratorLoss),10:F3}\n");
        }

        return text.Append(Message).ToString();
    }

    internal void Expect(int more) => steps.EnsureCapacity(steps.Count + more);

    internal void Add(in AdversarialStep step) => steps.Add(step);

    internal void End(AdversarialStopReason reason, string message, TimeSpan elapsed) =>
        (Reason, Message, Elapsed) = (reason, message, Elapsed + elapsed);
}
