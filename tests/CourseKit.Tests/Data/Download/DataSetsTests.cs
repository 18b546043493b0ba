using CourseKit.Testing;

namespace CourseKit.Tests.Data.Download;

public class DataSetsTests
{
    [RealDataFact("mnist/train-images-idx3-ubyte.gz")]
    public void Mnist_is_what_the_catalogue_describes() => CheckReal(DataSets.Mnist);

    [RealDataFact("fashion-mnist/train-images-idx3-ubyte.gz")]
    public void Fashion_mnist_is_what_the_catalogue_describes() => CheckReal(DataSets.FashionMnist);

    [RealDataFact("mnist/t10k-images-idx3-ubyte.gz")]
    public void An_installed_set_is_found_and_read()
    {
        Assert.Equal(Path.Combine(RepositoryPaths.RealData!, "mnist"), DataSets.Mnist.FindInstalled());
        var (images, labels) = DataSets.Mnist.Read(test: true, limit: 100);
        Assert.Equal(("100x1x28x28", 100, 7), (images.ShapeText, labels.Length, labels[0]));
    }

    [Fact]
    public void The_courses_own_folder_is_found_from_below_the_solution() =>
        Assert.Equal(Path.Combine(RepositoryPaths.Root, "data"), DataFolder.Shipped);

    [Fact]
    public void An_unknown_name_is_answered_with_the_known_ones() =>
        Assert.Contains("there are mnist, fashion-mnist", Assert.Throws<ArgumentException>(() => DataSets.Find("imagenet")).Message);

    [Fact]
    public void The_readme_beside_the_data_gives_the_same_lengths_and_checksums()
    {
        var readme = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "data", "README.md"));
        foreach (var file in DataSets.All.SelectMany(set => set.Files))
            Assert.Contains($"| `{file.Name}` | {file.Length} | {file.Md5} | {file.Sha256} |", readme);
    }

    private static void CheckReal(DataSetDescription set) =>
        Assert.All(set.Check(Path.Combine(RepositoryPaths.RealData!, set.Name)), found => Assert.Equal(DataFileState.Whole, found.State));
}
