namespace CourseKit.Interactive;

/// <summary>A token that is cancelled when the person behind the notebook presses stop; on CourseKit's kernel the cell then goes on.</summary>
internal sealed class LiveStop : IDisposable
{
    private readonly CancellationTokenSource source;
    private readonly CourseKitHost? courseKit;

    /// <summary>Listens in the hosts that are there, and to a token of the caller's.</summary>
    public LiveStop(CourseKitHost? courseKit, InteractiveHost? interactive, CancellationToken cancellation)
    {
        this.courseKit = courseKit;
        source = CancellationTokenSource.CreateLinkedTokenSource(cancellation, interactive?.Cancellation ?? default);
        courseKit?.OnInterrupt(source.Cancel);
    }

    /// <summary>Cancelled by whoever stops first.</summary>
    public CancellationToken Token => source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        courseKit?.OnInterrupt(null);
        source.Dispose();
    }
}
