using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Interactive;

public static partial class Plot
{
    /// <summary>Which answer a network of two inputs and one output gives where; all places are asked in one batch.</summary>
    /// <param name="network">The network.</param>
    /// <param name="X">The samples, N x 2.</param>
    /// <param name="y">Their labels, each +1 or -1.</param>
    /// <param name="threshold">Above it the answer is +1: 0.5 for a probability, 0 for a score.</param>
    /// <param name="resolution">How many places along each axis the network is asked at.</param>
    /// <exception cref="ArgumentException">The network has not two inputs and one output, X has not two columns, or does not fit y.</exception>
    public static Figure DecisionRegions(Network network, Matrix<double> X, IReadOnlyList<int> y, double threshold = 0.5, int resolution = 100)
    {
        var figure = Scatter(X, y);
        figure.Traces.Insert(0, Regions(network, figure, threshold, resolution));
        return figure;
    }

    internal static ContourTrace Regions(Network network, Figure figure, double threshold, int resolution)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (!network.InputShape.SequenceEqual([2]) || !network.OutputExtents.SequenceEqual([1]))
            throw new ArgumentException(
                $"A network with {string.Join(" x ", network.InputShape.ToArray())} inputs and {string.Join(" x ", network.OutputExtents.ToArray())} outputs given; a picture in the plane needs 2 and 1.",
                nameof(network));
        var (xs, ys) = (Numbers.Evenly(figure.X.From!.Value, figure.X.To!.Value, resolution), Numbers.Evenly(figure.Y.From!.Value, figure.Y.To!.Value, resolution));
        var places = new Tensor(resolution * resolution, 2);
        for (var i = 0; i < resolution; i++)
            for (var j = 0; j < resolution; j++)
                (places[i * resolution + j, 0], places[i * resolution + j, 1]) = ((float)xs[j], (float)ys[i]);
        return Regions([.. network.Forward(places).Data.Select(answer => (double)answer)], xs, ys, threshold);
    }
}
