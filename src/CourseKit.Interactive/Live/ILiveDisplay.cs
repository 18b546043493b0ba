namespace CourseKit.Interactive;

/// <summary>Something that is shown and can change in its place: a learning curve that grows while the network learns.</summary>
public interface ILiveDisplay
{
    /// <summary>Shows another value in the place of the one before.</summary>
    /// <param name="value">Anything that has a formatter, such as a <see cref="Figure"/>, or a text.</param>
    void Update(object value);
}
