namespace CourseKit.Cli;

/// <summary>Where in the course something stands, for messages.</summary>
/// <param name="NotebookPath">The notebook's file.</param>
/// <param name="CellId">The cell's id.</param>
internal readonly record struct CellPlace(string NotebookPath, string CellId)
{
    /// <summary>An error that begins with this place.</summary>
    public BookException Error(string message) => new($"{this}: {message}");

    /// <inheritdoc/>
    public override string ToString() => $"{Path.GetFileName(NotebookPath)}, cell {CellId}";
}
