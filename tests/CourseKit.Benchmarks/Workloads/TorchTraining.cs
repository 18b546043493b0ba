using TorchSharp;

namespace CourseKit.Benchmarks;

/// <summary>libtorch's network, trained on batches in turn.</summary>
internal sealed class TorchTraining(
    torch.nn.Module<torch.Tensor, torch.Tensor> network,
    torch.optim.Optimizer optimiser,
    IReadOnlyList<torch.Tensor> inputs,
    Func<int, torch.Tensor, torch.Tensor> loss) : ITraining
{
    private int step;

    public double Step(bool readLoss)
    {
        using var scope = torch.NewDisposeScope();
        var batch = step++ % inputs.Count;
        var value = loss(batch, network.forward(inputs[batch]));
        optimiser.zero_grad();
        value.backward();
        optimiser.step();
        return readLoss ? value.item<float>() : double.NaN;
    }

    public void Dispose()
    {
        network.Dispose();
        optimiser.Dispose();
        foreach (var input in inputs)
            input.Dispose();
    }

    /// <summary>nn.Linear with a copy of our layer's weights.</summary>
    public static torch.nn.Module<torch.Tensor, torch.Tensor> Linear(Dense dense)
    {
        var linear = torch.nn.Linear(dense.Inputs, dense.Outputs);
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        linear.weight.copy_(Torch.Copy(dense.W.Value));
        linear.bias!.copy_(Torch.Copy(dense.b.Value));
        return linear;
    }

    /// <summary>The layers of our network as libtorch's modules.</summary>
    public static torch.nn.Module<torch.Tensor, torch.Tensor> Sequential(Network network) => torch.nn.Sequential(network.Layers.Select(
        torch.nn.Module<torch.Tensor, torch.Tensor> (layer) => layer switch
        {
            Dense dense => Linear(dense),
            Tanh => torch.nn.Tanh(),
            Sigmoid => torch.nn.Sigmoid(),
            ReLU => torch.nn.ReLU(),
            _ => throw new NotSupportedException($"No module of libtorch is named here for {layer}."),
        }));
}
