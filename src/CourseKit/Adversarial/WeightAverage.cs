namespace CourseKit;

/// <summary>
/// The running average of a network's weights, θ̄ ← β θ̄ + (1 - β) θ after every update: where two players circle about the point at
/// which neither gains, the average lies closer to it than either player's last step.
/// </summary>
/// <remarks>
/// It begins as a plain mean: the share kept is the smaller of β and t / (t + 1) at update t, so that the start weights are forgotten at
/// once. Source: Y. Yazıcı et al., "The unusual effectiveness of averaging in GAN training", ICLR 2019.
/// </remarks>
public sealed class WeightAverage
{
    private readonly Parameter[] parameters;
    private readonly float[][] averages;

    /// <summary>Begins with the network's present weights.</summary>
    /// <param name="network">Whose weights are averaged.</param>
    /// <param name="beta">β: the share of the average that is kept, 0 up to below 1; 1 / (1 - β) updates count.</param>
    /// <exception cref="ArgumentOutOfRangeException">β is not in that range.</exception>
    public WeightAverage(Network network, double beta = 0.999)
    {
        ArgumentNullException.ThrowIfNull(network);
        Beta = beta is >= 0 and < 1 ? beta : throw new ArgumentOutOfRangeException(nameof(beta), beta, "The share that is kept lies from 0 up to below 1.");
        parameters = [.. network.Parameters];
        averages = [.. parameters.Select(parameter => (float[])parameter.Value.Data.Clone())];
    }

    private WeightAverage(WeightAverage other)
    {
        (Beta, Updates, parameters) = (other.Beta, other.Updates, other.parameters);
        averages = [.. other.averages.Select(average => (float[])average.Clone())];
    }

    /// <summary>β.</summary>
    public double Beta { get; }

    /// <summary>How many updates the average was taken over.</summary>
    public long Updates { get; private set; }

    /// <summary>Takes the network's present weights into the average.</summary>
    public void Update()
    {
        var kept = Math.Min(Beta, Updates / (Updates + 1.0));
        Updates++;
        for (var i = 0; i < averages.Length; i++)
            System.Numerics.Tensors.TensorPrimitives.Lerp<float>(averages[i], parameters[i].Value.Span, (float)(1 - kept), averages[i]);
    }

    /// <summary>Whether it is this network's weights that are averaged.</summary>
    internal bool IsOf(Network network) => network.Parameters.SequenceEqual(parameters);

    /// <summary>The same average, kept apart.</summary>
    internal WeightAverage Clone() => new(this);

    /// <summary>Takes over another average of the same network.</summary>
    internal void CopyFrom(WeightAverage other)
    {
        for (var i = 0; i < averages.Length; i++)
            other.averages[i].CopyTo(averages[i], 0);
        Updates = other.Updates;
    }

    /// <summary>Exchanges the network's weights for the average. Called again, it puts them back.</summary>
    public void Swap()
    {
        for (var i = 0; i < averages.Length; i++)
        {
            var (average, weights) = (averages[i], parameters[i].Value.Data);
            for (var j = 0; j < average.Length; j++)
                (average[j], weights[j]) = (weights[j], average[j]);
        }
    }
}
