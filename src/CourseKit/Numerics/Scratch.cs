namespace CourseKit;

/// <summary>Memory that a thread keeps for itself between calls, so that a product in a training step allocates nothing.</summary>
internal static unsafe class Scratch
{
    [ThreadStatic]
    private static float[]? kept;

    /// <summary>Room for at least so many floats, aligned to 64 bytes; the next call on this thread hands out the same room.</summary>
    /// <param name="count">How many floats are needed.</param>
    public static float* Rent(nint count)
    {
        const int Alignment = 16;
        if (kept is null || kept.Length < count + Alignment)
            kept = GC.AllocateUninitializedArray<float>(checked((int)(count + Alignment)), pinned: true);
        // Pinned when it was made: the address stays what it is.
        var address = (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref kept[0]);
        return (float*)((address + 63) & ~63);
    }
}
