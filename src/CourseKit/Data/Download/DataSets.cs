namespace CourseKit;

/// <summary>The published sets that the course can download.</summary>
public static class DataSets
{
    private const string Digits = "the digits that the course draws itself (StrokeDigits)";

    /// <summary>MNIST: 60,000 handwritten digits to learn from and 10,000 to test on, 28 x 28 pixels.</summary>
    public static DataSetDescription Mnist { get; } = new()
    {
        Name = "mnist",
        Title = "MNIST handwritten digits: 60,000 + 10,000 grey pictures of 28x28, 10 classes",
        Licence = "CC BY-SA 3.0, as the documentation of Keras has it; copyright Yann LeCun and Corinna Cortes, derived from NIST's databases",
        Citation = "Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: Gradient-based learning applied to document recognition. Proceedings of the IEEE 86 (1998), 2278-2324",
        Fallback = Digits,
        Mirrors =
        [
            new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
            new("https://raw.githubusercontent.com/fgnt/mnist/master/"),
        ],
        Files =
        [
            new("train-images-idx3-ubyte.gz", 9912422, "f68b3c2dcbeaaa9fbdd348bbdeb94873", "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
            new("train-labels-idx1-ubyte.gz", 28881, "d53e105ee54ea40749a09fcbcd1e9432", "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
            new("t10k-images-idx3-ubyte.gz", 1648877, "9fb629c4189551a2d022fa330f9573f3", "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
            new("t10k-labels-idx1-ubyte.gz", 4542, "ec29112dd5afa0611ce80d1b7f02629c", "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
        ],
    };

    /// <summary>Fashion-MNIST: pictures of clothing in the form of MNIST, and harder.</summary>
    public static DataSetDescription FashionMnist { get; } = new()
    {
        Name = "fashion-mnist",
        Title = "Fashion-MNIST clothing: 60,000 + 10,000 grey pictures of 28x28, 10 classes",
        Licence = "MIT, copyright 2017 Zalando SE",
        Citation = "H. Xiao, K. Rasul, R. Vollgraf: Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms. arXiv:1708.07747 (2017)",
        Fallback = Digits,
        Mirrors =
        [
            new("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
            new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
            new("https://storage.googleapis.com/tensorflow/tf-keras-datasets/"),
        ],
        Files =
        [
            new("train-images-idx3-ubyte.gz", 26421880, "8d4fb7e6c68d591d4c3dfef9ec88bf0d", "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
            new("train-labels-idx1-ubyte.gz", 29515, "25c81989df183df01b3e8a0aad5dffbe", "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
            new("t10k-images-idx3-ubyte.gz", 4422102, "bef4ecab320f06d8554ea6380940ec79", "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
            new("t10k-labels-idx1-ubyte.gz", 5148, "bb300cfdad3c16e7a12a480ee83cd310", "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
        ],
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DataSetDescription> All { get; } = [Mnist, FashionMnist];

    /// <summary>The set of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those there are.</exception>
    public static DataSetDescription Find(string name) =>
        All.FirstOrDefault(set => set.Name == name)
        ?? throw new ArgumentException($"There is no set '{name}'; there are {string.Join(", ", All.Select(set => set.Name))}.", nameof(name));
}
