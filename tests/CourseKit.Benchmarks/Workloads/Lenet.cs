using TorchSharp;

namespace CourseKit.Benchmarks;

/// <summary>
/// LeNet-5 on made-up pictures: 32x32, the connection table, trainable subsampling, tanh, ten linear outputs with cross-entropy, momentum.
/// The distances at the end of the published network would be written by hand in libtorch, so neither side has them.
/// </summary>
internal abstract class Lenet(int batch) : IWorkload
{
    private const int Batches = 8;

    public string Name => $"lenet-b{batch}";

    public int Order => 20;

    public double? MultiplyAdds
    {
        get
        {
            // A layer's connections but its biases, three times; the images need no gradient.
            var network = Start();
            var products = network.Rows.Where((_, l) => network.Layers[l] is Conv2D or Dense)
                .Select(row => row.Connections - row.OutputShape.Aggregate(1L, (count, extent) => count * extent)).ToArray();
            return batch * (3.0 * products.Sum() - products[0]);
        }
    }

    public ITraining Ours()
    {
        var (inputs, labels) = Data();
        return NetworkTraining.On(new Trainer(Start(), new SoftmaxCrossEntropy(), new Momentum(0.01f, 0.9f)), inputs, labels);
    }

    public ITraining Torchs()
    {
        var (inputs, labels) = Data();
        var network = new LenetModule(Start());
        var targets = labels.Select(batch => torch.tensor(batch.Select(label => (long)label).ToArray())).ToArray();
        return new TorchTraining(
            network, torch.optim.SGD(network.parameters(), 0.01, 0.9), [.. inputs.Select(Torch.Copy)],
            (i, output) => torch.nn.functional.cross_entropy(output, targets[i]));
    }

    private static Network Start() => new Network(
        [1, 32, 32],
        new Conv2D(1, 6, 5), new Tanh(), new Subsampling(6), new Tanh(),
        new Conv2D(6, 16, 5, table: ConnectionTable.LeNet5), new Tanh(), new Subsampling(16), new Tanh(),
        new Conv2D(16, 120, 5), new Tanh(), new Flatten(), new Dense(120, 84), new Tanh(), new Dense(84, 10)).Initialise(Initialisation.XavierUniform, 1);

    private (Tensor[] Inputs, int[][] Labels) Data()
    {
        var random = new RandomSource(batch);
        var (inputs, labels) = (new Tensor[Batches], new int[Batches][]);
        for (var i = 0; i < Batches; i++)
        {
            inputs[i] = new Tensor(batch, 1, 32, 32);
            random.FillUniform(inputs[i].Span, -0.1f, 1.175f);
            labels[i] = [.. Enumerable.Range(0, batch).Select(_ => random.NextInt(10))];
        }

        return (inputs, labels);
    }
}

/// <summary>One picture a step.</summary>
internal sealed class LenetBatch1() : Lenet(1);

/// <summary>32 pictures a step.</summary>
internal sealed class LenetBatch32() : Lenet(32);

/// <summary>128 pictures a step.</summary>
internal sealed class LenetBatch128() : Lenet(128);

/// <summary>
/// The same network in libtorch, as one would write it there: C3 is a full convolution whose weights are multiplied by the table, for
/// libtorch has no other way to leave connections out.
/// </summary>
internal sealed class LenetModule : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly torch.Tensor table;
    private readonly TorchSharp.Modules.Parameter w1, b1, s2, t2, w3, b3, s4, t4, w5, b5, w6, b6, w7, b7;

    public LenetModule(Network network)
        : base(nameof(LenetModule))
    {
        var parameters = network.NamedParameters.ToDictionary(named => named.Name, named => named.Parameter.Value);
        TorchSharp.Modules.Parameter Copy(string name, params long[] shape)
        {
            using var values = Torch.Copy(parameters[name]);
            return torch.nn.Parameter(shape.Length == 0 ? values.clone() : values.reshape(shape).clone());
        }

        (w1, b1) = (Copy("conv2d1.W"), Copy("conv2d1.b"));
        (s2, t2) = (Copy("subsampling1.w", 1, 6, 1, 1), Copy("subsampling1.b", 1, 6, 1, 1));
        var connections = ConnectionTable.LeNet5;
        var (full, ones) = (new Tensor(16, 6, 5, 5), new Tensor(16, 6, 1, 1));
        var filter = 0;
        for (var k = 0; k < 16; k++)
            foreach (var p in connections.InputsOf(k))
            {
                parameters["conv2d2.W"].Span.Slice(25 * filter++, 25).CopyTo(full.Span[((k * 6 + p) * 25)..]);
                ones.Data[k * 6 + p] = 1;
            }

        (w3, b3, table) = (torch.nn.Parameter(Torch.Copy(full)), Copy("conv2d2.b"), Torch.Copy(ones));
        (s4, t4) = (Copy("subsampling2.w", 1, 16, 1, 1), Copy("subsampling2.b", 1, 16, 1, 1));
        (w5, b5) = (Copy("conv2d3.W"), Copy("conv2d3.b"));
        (w6, b6, w7, b7) = (Copy("dense1.W"), Copy("dense1.b"), Copy("dense2.W"), Copy("dense2.b"));
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        var c1 = torch.nn.functional.conv2d(input, w1, b1).tanh();
        var s2 = (torch.nn.functional.avg_pool2d(c1, 2) * this.s2 + t2).tanh();
        var c3 = torch.nn.functional.conv2d(s2, w3 * table, b3).tanh();
        var s4 = (torch.nn.functional.avg_pool2d(c3, 2) * this.s4 + t4).tanh();
        var c5 = torch.nn.functional.conv2d(s4, w5, b5).tanh().flatten(1);
        var f6 = torch.nn.functional.linear(c5, w6, b6).tanh();
        return torch.nn.functional.linear(f6, w7, b7);
    }
}
