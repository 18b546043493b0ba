namespace CourseKit.Interactive;

public static partial class Plot
{
    /// <summary>
    /// A small network as a drawing, with one example's numbers on it: weights on the edges (blue above zero, vermilion below), states and
    /// activations in the units, and, where the pass went back, error terms at the units and gradients on the edges. The slider goes
    /// through formula (8) step by step, forward and then backward.
    /// </summary>
    /// <param name="pass">A pass of one example.</param>
    /// <exception cref="ArgumentException">The pass holds several examples, or the network is too large to draw.</exception>
    public static Figure NetworkDiagram(NetworkPass pass)
    {
        ArgumentNullException.ThrowIfNull(pass);
        return new NetworkDrawing(pass).Film();
    }

    /// <summary>A small network as a drawing: weights on the edges (blue above zero, vermilion below), biases above the units.</summary>
    /// <param name="network">A network of fully connected layers.</param>
    /// <exception cref="ArgumentException">The network is too large to draw, or has no <see cref="Dense"/> layer.</exception>
    public static Figure NetworkDiagram(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new NetworkDrawing(new NetworkPass(network, new Tensor([1, .. network.InputShape]))).Still();
    }
}
