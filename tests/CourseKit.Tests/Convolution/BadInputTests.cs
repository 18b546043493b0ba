namespace CourseKit.Tests.Convolution;

/// <summary>What is wrong is said at the door, with the sizes.</summary>
public class BadInputTests
{
    private static void AssertMessage<T>(string part, Action action)
        where T : Exception => Assert.Contains(part, Assert.ThrowsAny<T>(action).Message);

    [Fact]
    public void A_kernel_larger_than_its_image_is_refused()
    {
        AssertMessage<ArgumentException>("Conv2D: the kernel of 5x5 is larger than the image of 4x9.", () => new Conv2D(1, 2, 5).OutputShape([1, 4, 9]));
        AssertMessage<ArgumentException>("the kernel of 5x5 is larger than the image of 2x9, which is 4x11 with its zeros.", () => new Conv2D(1, 2, 5, padding: 1).Forward(new Tensor(1, 1, 2, 9)));
        AssertMessage<ArgumentException>("Conv1D: the kernel of 1x5 is larger than the image of 1x4.", () => new Conv1D(1, 2, 5).Forward(new Tensor(1, 1, 4)));
        AssertMessage<ArgumentException>("MaxPool: the window of 3x3 is larger than the map of 2x8.", () => new MaxPool(3).Forward(new Tensor(1, 1, 2, 8)));
        AssertMessage<ArgumentException>("Layer 1 (conv2d1) does not fit: Conv2D: the kernel of 5x5", () => new Network([1, 3, 3], new Conv2D(1, 2, 5)));
    }

    [Fact]
    public void A_table_of_the_wrong_size_is_refused()
    {
        AssertMessage<ArgumentException>("a connection table of 6 input x 16 feature maps given, 6x12 expected", () => new Conv2D(6, 12, 5, table: ConnectionTable.LeNet5));
        AssertMessage<ArgumentException>("a connection table of 6 input x 16 feature maps given, 5x16 expected", () => new Conv1D(5, 16, 5, table: ConnectionTable.LeNet5));
        AssertMessage<ArgumentException>("shape 96x5x5 given; the connection table of 6x16 maps has 60 ones", () => new Conv2D(new Tensor(96, 5, 5), new Tensor(16), table: ConnectionTable.LeNet5));
        AssertMessage<ArgumentException>("Feature map 1 takes input map 3, but there are the maps 0 ... 2.", () => new ConnectionTable(3, [0], [1, 3]));
        AssertMessage<ArgumentException>("Feature map 1 has no input map.", () => new ConnectionTable(3, [0], []));
        AssertMessage<ArgumentException>("takes an input map twice: 1, 1", () => new ConnectionTable(3, [1, 1]));
        AssertMessage<ArgumentException>("The connection table holds 0.5", () => ConnectionTable.From(Tensor.From([1, 0.5f], 1, 2)));
    }

    [Fact]
    public void Odd_sizes_for_subsampling_are_refused()
    {
        AssertMessage<ArgumentException>("windows of 2x2 do not cover a map of 7x8; multiples of 2 are expected", () => new Subsampling(3).Forward(new Tensor(1, 3, 7, 8)));
        AssertMessage<ArgumentException>("windows of 3x3 do not cover a map of 6x8", () => new Subsampling(3, 3).OutputShape([3, 6, 8]));
        AssertMessage<ArgumentException>("b of Subsampling: shape 2 given, 3 expected", () => new Subsampling(new Tensor(3), new Tensor(2)));
    }

    [Fact]
    public void A_map_that_a_table_does_not_have_is_refused_with_those_it_has()
    {
        Assert.Contains("input maps 0 ... 5", Assert.Throws<ArgumentOutOfRangeException>(() => ConnectionTable.LeNet5[-1, 0]).Message, StringComparison.Ordinal);
        Assert.Contains("feature maps 0 ... 15", Assert.Throws<ArgumentOutOfRangeException>(() => ConnectionTable.LeNet5[0, 16]).Message, StringComparison.Ordinal);
        Assert.Contains("feature maps 0 ... 15", Assert.Throws<ArgumentOutOfRangeException>(() => ConnectionTable.LeNet5.InputsOf(-1).Length).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_of_the_wrong_size_is_refused()
    {
        AssertMessage<ArgumentException>("The input of the network: shape 2x1x28x28 given, Nx1x32x32 expected", () => LeNet5.Create(1).Forward(new Tensor(2, 1, 28, 28)));
        AssertMessage<ArgumentException>("The input of Conv2D: shape 2x3x8x8 given, Nx1xHxW", () => new Conv2D(1, 2, 5).Forward(new Tensor(2, 3, 8, 8)));
        AssertMessage<ArgumentException>("an example of shape 784 was given", () => new Conv2D(1, 2, 5).OutputShape([784]));
        AssertMessage<ArgumentException>("The input of Conv1D: shape 2x8 given, Nx1xT", () => new Conv1D(1, 2, 5).Forward(new Tensor(2, 8)));
        AssertMessage<ArgumentException>("The input of RadialBasis: shape 2x8 given, Nx84 expected", () => new RadialBasis(LeNet5.Targets()).Forward(new Tensor(2, 8)));
        AssertMessage<ArgumentException>("The input of BatchNorm: shape 2x8 given, Nx3", () => new BatchNorm(3).Forward(new Tensor(2, 8)));
        AssertMessage<ArgumentException>("has one number a map", () => new BatchNorm(3).Forward(new Tensor(1, 3), training: true));
        AssertMessage<ArgumentException>("its layers make 2 of 3", () => new Network(3, new Residual(new Dense(3, 2))));
    }

    [Fact]
    public void Sizes_that_make_no_layer_are_refused()
    {
        AssertMessage<ArgumentException>("a stride of 0x0 given", () => new Conv2D(1, 1, 3, stride: 0));
        AssertMessage<ArgumentException>("no number of zeros is negative", () => new Conv2D(1, 1, 3, padding: -1));
        AssertMessage<ArgumentException>("b of Conv2D: shape 3 given, 2 expected", () => new Conv2D(new Tensor(2, 1, 3, 3), new Tensor(3)));
        AssertMessage<ArgumentException>("shape 2x9 given, feature maps x input maps x rows x columns expected", () => new Conv2D(new Tensor(2, 9), new Tensor(2)));
        AssertMessage<ArgumentException>("windows of 0x0", () => new AveragePool(0));
        AssertMessage<ArgumentOutOfRangeException>("lies from 0 up to below 1", () => new Dropout(1, 1));
        AssertMessage<ArgumentOutOfRangeException>("finite number above 0", () => new RadialBasisLoss(0));
        AssertMessage<ArgumentException>("at least one layer", () => new Residual());
    }

    [Fact]
    public void Backward_without_forward_and_with_another_shape_are_refused()
    {
        Layer[] layers =
        [
            new Conv2D(1, 2, 3), new Subsampling(1), new MaxPool(), new AveragePool(), new BatchNorm(1), new Dropout(0.5, 1), new Residual(new Tanh()), new Conv1D(1, 1, 2),
            new RadialBasis(new Tensor(1, 1)),
        ];
        foreach (var layer in layers)
            AssertMessage<InvalidOperationException>("call Forward first", () => layer.Backward(new Tensor(1, 1, 4, 4)));
        AssertMessage<InvalidOperationException>("call Forward first", () => new RadialBasisLoss().Backward());
        foreach (var layer in layers[..7])
        {
            layer.Forward(new Tensor(2, 1, 4, 4));
            AssertMessage<ArgumentException>($"The output gradient of {layer.GetType().Name}: shape 2x1x4x3 given", () => layer.Backward(new Tensor(2, 1, 4, 3)));
        }
    }

    [Fact]
    public void Labels_that_do_not_fit_are_refused()
    {
        AssertMessage<ArgumentException>("3 labels given for 2 examples", () => new RadialBasisLoss().Forward(new Tensor(2, 10), [1, 2, 3]));
        AssertMessage<ArgumentOutOfRangeException>("The label of example 1 is not one of the 10 classes", () => new RadialBasisLoss().Forward(new Tensor(2, 10), [1, 10]));
        AssertMessage<NotSupportedException>("takes class labels", () => new RadialBasisLoss().Forward(new Tensor(2, 10), new Tensor(2, 10)));
    }
}
