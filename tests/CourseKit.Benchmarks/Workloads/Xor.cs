using TorchSharp;

namespace CourseKit.Benchmarks;

/// <summary>2-4-1 on the four points of XOR, all of them each step: how much the smallest of networks costs.</summary>
internal sealed class Xor : IWorkload
{
    private static readonly Tensor Points = Tensor.From([0, 0, 0, 1, 1, 0, 1, 1], 4, 2);
    private static readonly Tensor Targets = Tensor.From([0, 1, 1, 0], 4, 1);

    public string Name => "xor";

    public int Order => 0;

    public ITraining Ours()
    {
        return NetworkTraining.On(new Trainer(Start(), new MeanSquaredError(), new GradientDescent(0.1f)), [Points], [Targets]);
    }

    public ITraining Torchs()
    {
        var network = TorchTraining.Sequential(Start());
        var targets = Torch.Copy(Targets);
        return new TorchTraining(
            network, torch.optim.SGD(network.parameters(), 0.1), [Torch.Copy(Points)],
            (_, output) => torch.nn.functional.mse_loss(output, targets));
    }

    private static Network Start() =>
        new Network(2, new Dense(2, 4), new Tanh(), new Dense(4, 1), new Sigmoid()).Initialise(Initialisation.XavierUniform, 1);
}
