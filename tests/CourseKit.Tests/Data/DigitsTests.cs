using CourseKit.Testing;

namespace CourseKit.Tests.Data;

public class DigitsTests
{
    [Fact]
    public void Drawn_digits_are_the_same_on_every_machine()
    {
        var digits = Digits.Load(seed: 3, train: 50, test: 20, drawn: true);
        Assert.False(digits.IsMnist);
        Assert.Equal(StrokeDigits.Generate(50, 3).Inputs.Data, digits.Train.Inputs.Data);
        Assert.Equal(StrokeDigits.Generate(20, 3, first: 60_000).Inputs.Data, digits.Test.Inputs.Data);
        Assert.Equal("StrokeDigits (MNIST is not used): 50 digits to learn from, 20 to test on", digits.ToString());
        Assert.Equal("20x1x32x32", Digits.Load(3, 50, 20, size: 32, drawn: true).Test.Inputs.ShapeText);
        Assert.StartsWith("StrokeDigits", digits.Train.Name);
    }

    [RealDataFact("mnist/train-images-idx3-ubyte.gz")]
    public void Mnist_is_taken_where_it_is_installed()
    {
        var digits = Digits.Load(seed: 1, train: 1_000, test: 200);
        Assert.True(digits.IsMnist);
        Assert.Equal("MNIST: 1000 digits to learn from, 200 to test on", digits.ToString());
        Assert.Equal(("MNIST, train", "MNIST, test"), (digits.Train.Name, digits.Test.Name));
        Assert.Equal(1_000 * 5_923 / 60_000.0, digits.Train.ClassCounts[0], 1.0); // MNIST has 5,923 zeros

        var framed = Digits.Load(seed: 1, train: 1_000, test: 200, size: 32);
        Assert.Equal("1000x1x32x32", framed.Train.Inputs.ShapeText);
        Assert.Equal(digits.Train.Inputs[5, 0, 10, 12], framed.Train.Inputs[5, 0, 12, 14]);
        Assert.Equal(digits.Train.Inputs.Data.Sum(x => (double)x), framed.Train.Inputs.Data.Sum(x => (double)x), 1e-3);
    }

    [Fact]
    public void Impossible_wishes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Digits.Load(1, train: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Digits.Load(1, train: 60_001));
        Assert.Throws<ArgumentOutOfRangeException>(() => Digits.Load(1, test: 10_001));
        Assert.Throws<ArgumentOutOfRangeException>(() => Digits.Load(1, size: 20));
    }
}
