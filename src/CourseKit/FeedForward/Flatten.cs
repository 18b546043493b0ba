namespace CourseKit;

/// <summary>Sees each example as one vector, in the order map, row, column: what stands between images and a <see cref="Dense"/>.</summary>
public sealed class Flatten() : Reshape(-1)
{
    /// <inheritdoc/>
    public override string ToString() => "Flatten";
}
