using TorchSharp;

namespace CourseKit.Benchmarks;

/// <summary>784-1000-500-250-30 and back, sigmoid hidden units, a linear code, squared error, batches of 100: Hinton's and Salakhutdinov's network.</summary>
internal abstract class AutoencoderTraining(string rule) : IWorkload
{
    private const int Batch = 100;
    private const int Batches = 8;

    public string Name => $"autoencoder-{rule}";

    public int Order => 30;

    public ITraining Ours()
    {
        var inputs = Data();
        return NetworkTraining.On(new Trainer(Start().Network, new HalfSquaredError(), Rule()), inputs, inputs);
    }

    public ITraining Torchs()
    {
        var start = Start();
        var network = TorchTraining.Sequential(new Network(784, [.. start.Encoder.Layers, .. start.Decoder.Layers]));
        torch.Tensor[] inputs = [.. Data().Select(Torch.Copy)];
        return new TorchTraining(network, TorchRule(network), inputs, (i, output) => (output - inputs[i]).pow(2).sum() * (0.5 / Batch));
    }

    protected abstract Optimiser Rule();

    protected abstract torch.optim.Optimizer TorchRule(torch.nn.Module<torch.Tensor, torch.Tensor> network);

    private static Autoencoder Start() => Autoencoder
        .Mirrored([784, 1000, 500, 250, 30], () => new Sigmoid(), output: new Sigmoid())
        .Initialise(Initialisation.XavierUniform, 1);

    private static Tensor[] Data()
    {
        var random = new RandomSource(1);
        return [.. Enumerable.Range(0, Batches).Select(_ =>
        {
            var x = new Tensor(Batch, 784);
            random.FillUniform(x.Span);
            return x;
        })];
    }
}

/// <summary>With Adam.</summary>
internal sealed class AutoencoderAdam() : AutoencoderTraining("adam")
{
    protected override Optimiser Rule() => new Adam(0.001);

    protected override torch.optim.Optimizer TorchRule(torch.nn.Module<torch.Tensor, torch.Tensor> network) => torch.optim.Adam(network.parameters(), 0.001);
}

/// <summary>With momentum.</summary>
internal sealed class AutoencoderMomentum() : AutoencoderTraining("momentum")
{
    protected override Optimiser Rule() => new Momentum(0.01, 0.9f);

    protected override torch.optim.Optimizer TorchRule(torch.nn.Module<torch.Tensor, torch.Tensor> network) => torch.optim.SGD(network.parameters(), 0.01, 0.9);
}
