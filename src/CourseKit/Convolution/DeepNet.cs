namespace CourseKit;

/// <summary>
/// A deep convolutional network in two forms that differ in nothing but the ways past: plain, layer on layer, or as residual blocks of two
/// layers each. For the experiment that showed what very deep networks lack.
/// </summary>
/// <remarks>
/// Both have the same weights to learn, and start from the same numbers. Source: K. He, X. Zhang, S. Ren, J. Sun, "Deep residual learning for
/// image recognition", CVPR 2016, where 34 plain layers learn worse than 18 and 34 with ways past them learn better.
/// </remarks>
public static class DeepNet
{
    /// <summary>
    /// A convolution, (layers - 2) / 2 pairs of convolutions on maps of the same size, and a dense layer on the mean of each map. Each
    /// convolution is 3 x 3, normalised over the batch, and followed by a ReLU.
    /// </summary>
    /// <param name="inputShape">One image: maps, rows, columns.</param>
    /// <param name="layers">How many layers have weights: an even number, at least 4.</param>
    /// <param name="residual">Whether each pair is a block y = x + F(x).</param>
    /// <param name="classes">How many outputs there are.</param>
    /// <param name="seed">The seed of the start weights, which are the same in both forms.</param>
    /// <param name="maps">Feature maps in each layer.</param>
    /// <exception cref="ArgumentException">The shape is none of an image, or the number of layers is odd or too small.</exception>
    public static Network Create(int[] inputShape, int layers, bool residual, int classes, int seed, int maps = 8)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        if (inputShape.Length != 3 || inputShape[1] != inputShape[2])
            throw new ArgumentException($"An image of shape {Tensor.Describe(inputShape)} given; maps x rows x columns, as many rows as columns, is expected.", nameof(inputShape));
        if (layers < 4 || layers % 2 != 0)
            throw new ArgumentException($"{layers} layers given; an even number, at least 4, is expected: a first, pairs, and a last.", nameof(layers));
        var all = new List<Layer> { new Conv2D(inputShape[0], maps, 3, padding: 1), new BatchNorm(maps), new ReLU() };
        for (var pair = 0; pair < (layers - 2) / 2; pair++)
        {
            Layer[] two = [new Conv2D(maps, maps, 3, padding: 1), new BatchNorm(maps), new ReLU(), new Conv2D(maps, maps, 3, padding: 1), new BatchNorm(maps)];
            all.AddRange(residual ? [new Residual(two), new ReLU()] : [.. two, new ReLU()]);
        }

        all.AddRange([new AveragePool(inputShape[1]), new Flatten(), new Dense(maps, classes)]);
        var network = new Network(inputShape, [.. all]);
        var random = new RandomSource(seed);
        foreach (var (number, weights) in network.Parameters.Where(parameter => parameter.IsWeight).Index())
            Initialisation.HeNormal.Fill(weights.Value.Span, weights.Value.Count / weights.Value.Shape[0], weights.Value.Shape[0], random.Fork(number));
        return network;
    }
}
