namespace CourseKit.Benchmarks;

/// <summary>A network of ours, trained on batches in turn.</summary>
internal sealed class NetworkTraining(Network network, Optimiser optimiser, IReadOnlyList<Tensor> inputs, Func<int, Tensor, double> loss, Func<Tensor> gradient)
    : ITraining
{
    private int step;

    public double Step(bool readLoss)
    {
        var batch = step++ % inputs.Count;
        var value = loss(batch, network.Forward(inputs[batch], training: true));
        network.BackwardParameters(gradient());
        optimiser.Step(network.Parameters);
        return value;
    }

    public void Dispose()
    {
    }
}
