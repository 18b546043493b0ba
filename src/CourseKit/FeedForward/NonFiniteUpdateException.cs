using System.Globalization;

namespace CourseKit;

/// <summary>A gradient step would have left parameters infinite or not a number, and was not made for those.</summary>
/// <param name="update">The number of the update, counted from 1.</param>
/// <param name="rate">Its learning rate.</param>
public sealed class NonFiniteUpdateException(long update, float rate) : ArithmeticException(string.Create(
    CultureInfo.InvariantCulture,
    $"Update {update} (learning rate {rate}) would have left parameters infinite or not a number: their old values stand. Try a smaller learning rate, or smaller inputs."))
{
    /// <summary>The number of the update, counted from 1.</summary>
    public long Update { get; } = update;

    /// <summary>Its learning rate.</summary>
    public float Rate { get; } = rate;
}
