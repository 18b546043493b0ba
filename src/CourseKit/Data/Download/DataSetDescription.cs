namespace CourseKit;

/// <summary>A published set of data that is not shipped but downloaded: where from, how its files are recognised, and on what terms.</summary>
public sealed record DataSetDescription
{
    /// <summary>The short name, which is also the folder's: <c>mnist</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in a line.</summary>
    public required string Title { get; init; }

    /// <summary>The terms under which it is published.</summary>
    public required string Licence { get; init; }

    /// <summary>The paper to cite.</summary>
    public required string Citation { get; init; }

    /// <summary>What the course uses where the set is not installed.</summary>
    public required string Fallback { get; init; }

    /// <summary>The addresses to which a file's name is appended, in the order in which they are tried.</summary>
    public required IReadOnlyList<Uri> Mirrors { get; init; }

    /// <summary>The files.</summary>
    public required IReadOnlyList<DataSetFile> Files { get; init; }

    /// <summary>The length of all files together.</summary>
    public long Length => Files.Sum(file => file.Length);

    /// <summary>The folder in which the set is installed, looked for as <see cref="DataFolder"/> says; null where it is not. Only the files'
    /// lengths are compared: <see cref="Check"/> reads them.</summary>
    public string? FindInstalled() =>
        DataFolder.Searched.Select(folder => Path.Combine(folder, Name)).FirstOrDefault(folder => IsWhole(folder, checksums: false));

    /// <summary>What each of the files in a folder turns out to be.</summary>
    /// <param name="folder">The set's own folder, such as <c>data/mnist</c>.</param>
    public IReadOnlyList<(DataSetFile File, DataFileState State)> Check(string folder) =>
        [.. Files.Select(file => (file, file.Check(Path.Combine(folder, file.Name))))];

    /// <summary>Reads the images and labels of an installed set.</summary>
    /// <param name="test">Whether the test part is read, or the training part.</param>
    /// <param name="limit">At most this many, the first ones; null reads all.</param>
    /// <returns>N x 1 x 28 x 28 with pixels from 0 to 1, and the N labels.</returns>
    /// <exception cref="FileNotFoundException">The set is not installed; the message says how to get it.</exception>
    /// <exception cref="DataFormatException">A file is damaged.</exception>
    public (Tensor Images, int[] Labels) Read(bool test = false, int? limit = null)
    {
        var folder = FindInstalled()
            ?? throw new FileNotFoundException($"{Name} is not installed: `coursekit data get {Name}` downloads it. Until then there is {Fallback}.");
        return ReadFrom(folder, test, limit);
    }

    /// <summary>Reads the images and labels of a set that lies in this folder.</summary>
    /// <param name="folder">The set's own folder, such as <c>data/mnist</c>.</param>
    /// <param name="test">Whether the test part is read, or the training part.</param>
    /// <param name="limit">At most this many, the first ones; null reads all.</param>
    /// <returns>N x 1 x 28 x 28 with pixels from 0 to 1, and the N labels.</returns>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="DataFormatException">A file is damaged.</exception>
    public (Tensor Images, int[] Labels) ReadFrom(string folder, bool test = false, int? limit = null)
    {
        var part = test ? "t10k" : "train";
        var imagesPath = Path.Combine(folder, $"{part}-images-idx3-ubyte.gz");
        var images = IdxReader.ReadImages(imagesPath, limit);
        var labels = IdxReader.ReadLabels(Path.Combine(folder, $"{part}-labels-idx1-ubyte.gz"), limit: limit);
        if (images.Shape[0] != labels.Length)
            throw new DataFormatException(imagesPath, DataFormatException.Byte(4), $"{images.Shape[0]} images", $"{labels.Length}, one for each label");
        return (images, labels);
    }

    internal bool IsWhole(string folder, bool checksums) =>
        Files.All(file => file.Check(Path.Combine(folder, file.Name), checksums) == DataFileState.Whole);
}
