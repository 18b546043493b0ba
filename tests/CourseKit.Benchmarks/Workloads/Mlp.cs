using TorchSharp;

namespace CourseKit.Benchmarks;

/// <summary>784-300-100-10, tanh, cross-entropy, momentum: the lecture's network for digits, on made-up pictures.</summary>
internal abstract class Mlp(int batch) : IWorkload
{
    private const int Batches = 8;

    public string Name => $"mlp-b{batch}";

    public int Order => 10;

    public ITraining Ours()
    {
        var (inputs, labels) = Data();
        return NetworkTraining.On(new Trainer(Start(), new SoftmaxCrossEntropy(), new Momentum(0.01f, 0.9f)), inputs, labels);
    }

    public ITraining Torchs()
    {
        var (inputs, labels) = Data();
        var network = TorchTraining.Sequential(Start());
        var targets = labels.Select(batch => torch.tensor(batch.Select(label => (long)label).ToArray())).ToArray();
        return new TorchTraining(
            network, torch.optim.SGD(network.parameters(), 0.01, 0.9), [.. inputs.Select(Torch.Copy)],
            (i, output) => torch.nn.functional.cross_entropy(output, targets[i]));
    }

    private static Network Start() => new Network(
        784, new Dense(784, 300), new Tanh(), new Dense(300, 100), new Tanh(), new Dense(100, 10)).Initialise(Initialisation.XavierUniform, 1);

    private (Tensor[] Inputs, int[][] Labels) Data()
    {
        var random = new RandomSource(batch);
        var (inputs, labels) = (new Tensor[Batches], new int[Batches][]);
        for (var i = 0; i < Batches; i++)
        {
            inputs[i] = new Tensor(batch, 784);
            for (var j = 0; j < inputs[i].Count; j++)
                inputs[i].Data[j] = random.NextSingle();
            labels[i] = [.. Enumerable.Range(0, batch).Select(_ => random.NextInt(10))];
        }

        return (inputs, labels);
    }
}

/// <summary>One picture a step.</summary>
internal sealed class MlpBatch1() : Mlp(1);

/// <summary>32 pictures a step.</summary>
internal sealed class MlpBatch32() : Mlp(32);

/// <summary>128 pictures a step.</summary>
internal sealed class MlpBatch128() : Mlp(128);
