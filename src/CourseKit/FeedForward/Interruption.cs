namespace CourseKit;

/// <summary>How a notebook's stop button reaches a training that nobody handed a cancellation token.</summary>
/// <remarks>
/// The kit's kernel leaves a question under a name in <see cref="AppContext"/>; elsewhere, as on .NET Interactive or in a program, there is
/// none and nothing is asked. The library needs no reference to the kernel for it.
/// </remarks>
internal static class Interruption
{
    private static readonly Func<bool>? IsAsked = AppContext.GetData("CourseKit.IsInterrupted") as Func<bool>;

    /// <summary>Ends the training where the person asked for it.</summary>
    /// <exception cref="OperationCanceledException">The notebook's cell was interrupted.</exception>
    public static void Check()
    {
        if (IsAsked is not null && IsAsked())
            throw new OperationCanceledException("The training was interrupted between two updates.");
    }
}
