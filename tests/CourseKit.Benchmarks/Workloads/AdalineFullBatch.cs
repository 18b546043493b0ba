using TorchSharp;

namespace CourseKit.Benchmarks;

/// <summary>One linear unit on 1,000 points of the plane, all of them each step.</summary>
internal sealed class AdalineFullBatch : IWorkload
{
    private const int Count = 1000;

    public string Name => "adaline";

    public int Order => 1;

    public ITraining Ours()
    {
        var (points, targets) = Data();
        var loss = new MeanSquaredError();
        return new NetworkTraining(Start(), new GradientDescent(0.01f), [points], (_, output) => loss.Forward(output, targets), loss.Backward);
    }

    public ITraining Torchs()
    {
        var (points, ourTargets) = Data();
        var network = TorchTraining.Sequential(Start());
        var targets = Torch.Copy(ourTargets);
        return new TorchTraining(
            network, torch.optim.SGD(network.parameters(), 0.01), [Torch.Copy(points)],
            (_, output) => torch.nn.functional.mse_loss(output, targets));
    }

    private static Network Start() => new Network(2, new Dense(2, 1)).Initialise(Initialisation.XavierUniform, 1);

    private static (Tensor Points, Tensor Targets) Data()
    {
        var random = new RandomSource(1);
        var (points, targets) = (new Tensor(Count, 2), new Tensor(Count, 1));
        for (var n = 0; n < Count; n++)
        {
            var sign = n % 2 == 0 ? 1 : -1;
            points[n, 0] = sign + (float)random.NextNormal();
            points[n, 1] = sign + (float)random.NextNormal();
            targets[n, 0] = sign;
        }

        return (points, targets);
    }
}
