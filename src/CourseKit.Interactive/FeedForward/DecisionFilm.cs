using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Interactive;

/// <summary>
/// Films a network of two inputs while it learns: <see cref="Take"/> a picture whenever you like, for example in
/// <see cref="Trainer.EpochEnded"/>, and show <see cref="Figure"/> at the end; a slider goes through the pictures.
/// </summary>
public sealed class DecisionFilm
{
    private readonly Network network;
    private readonly double threshold;
    private readonly int resolution;
    private readonly ContourTrace ground;

    /// <summary>Begins a film; the figure's ground is the network as it is now.</summary>
    /// <param name="network">The network, of two inputs and one output.</param>
    /// <param name="X">The samples, N x 2.</param>
    /// <param name="y">Their labels, each +1 or -1.</param>
    /// <param name="threshold">Above it the answer is +1: 0.5 for a probability, 0 for a score.</param>
    /// <param name="resolution">How many places along each axis the network is asked at.</param>
    /// <exception cref="ArgumentException">The network has not two inputs and one output, X has not two columns, or does not fit y.</exception>
    public DecisionFilm(Network network, Matrix<double> X, IReadOnlyList<int> y, double threshold = 0.5, int resolution = 50)
    {
        (this.network, this.threshold, this.resolution) = (network, threshold, resolution);
        Figure = Plot.DecisionRegions(network, X, y, threshold, resolution);
        ground = (ContourTrace)Figure.Traces[0];
    }

    /// <summary>The figure, with a moment for each picture that was taken.</summary>
    public Figure Figure { get; }

    /// <summary>Takes a picture of the network's answers as they are now.</summary>
    /// <param name="name">What the slider shows for it, such as the epoch; unique in the film.</param>
    /// <param name="title">The figure's title at this moment; null leaves it.</param>
    public void Take(string name, string? title = null) => Figure.Add(new FigureFrame(name)
    {
        Title = title,
        Replacements = [(ground, Plot.Regions(network, Figure, threshold, resolution))],
    });
}
