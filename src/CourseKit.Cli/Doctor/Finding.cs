namespace CourseKit.Cli;

/// <summary>What doctor found about one thing.</summary>
/// <param name="Subject">The thing.</param>
/// <param name="State">Whether it is as it should be.</param>
/// <param name="Found">What was found.</param>
/// <param name="Remedy">What to do; null where nothing has to be done.</param>
public sealed record Finding(string Subject, FindingState State, string Found, string? Remedy = null);

/// <summary>How a thing stands.</summary>
public enum FindingState
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Not there, and the course runs without it.</summary>
    Optional,

    /// <summary>Not there, and something will not work.</summary>
    Missing,
}
