namespace CourseKit.Kernel;

/// <summary>Takes what formatters write of a value, and ends them where they have gone too deep.</summary>
/// <remarks>
/// .NET Interactive's formatters stop at a depth of six objects, but go down lists in lists for ever: a list that holds itself would end the
/// process by a stack overflow. What is nested as deeply as this lets pass nobody can read any more.
/// </remarks>
internal sealed class ShallowWriter : StringWriter
{
    private const uint Depth = 512 << 10; // bytes of stack; a level of lists takes about 1.5 kB
    private readonly nuint start = Here();

    /// <inheritdoc/>
    public override void Write(char value)
    {
        Look();
        base.Write(value);
    }

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        Look();
        base.Write(value);
    }

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count)
    {
        Look();
        base.Write(buffer, index, count);
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        Look();
        base.Write(buffer);
    }

    /// <exception cref="InvalidOperationException">The stack has grown by more than the depth.</exception>
    private void Look()
    {
        // A formatter that writes from another thread stands on another stack, where nothing is known.
        var deep = start - Here();
        if (deep is > Depth and < (nuint)16 << 20)
            throw new InvalidOperationException("It is nested too deeply, or holds itself.");
    }

    private static unsafe nuint Here()
    {
        byte here;
        return (nuint)(&here);
    }
}
