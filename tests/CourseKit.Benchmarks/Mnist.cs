namespace CourseKit.Benchmarks;

/// <summary>MNIST in the folder of the data.</summary>
internal static class Mnist
{
    /// <exception cref="ArgumentException">The files are not there.</exception>
    public static (Dataset Train, Dataset Test) Load()
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("COURSEKIT_DATA") ?? "", "mnist");
        if (!Directory.Exists(folder))
            throw new ArgumentException("MNIST is expected in the folder mnist of the folder that COURSEKIT_DATA names. --quick runs on the course's own digits.");
        Dataset Part(string name, string part) => new(
            name,
            IdxReader.ReadImages(Path.Combine(folder, $"{part}-images-idx3-ubyte.gz")),
            IdxReader.ReadLabels(Path.Combine(folder, $"{part}-labels-idx1-ubyte.gz")));
        return (Part("MNIST, training", "train"), Part("MNIST, test", "t10k"));
    }
}
