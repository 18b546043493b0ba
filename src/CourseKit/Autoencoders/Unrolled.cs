namespace CourseKit;

/// <summary>Networks made of layers that were learned one at a time; every weight is copied.</summary>
internal static class Unrolled
{
    /// <summary>A layer of a stack with its way back.</summary>
    /// <param name="W">outputs x inputs.</param>
    /// <param name="b">outputs.</param>
    /// <param name="back">The decoder's weights, inputs x outputs.</param>
    /// <param name="c">inputs.</param>
    public readonly record struct Pair(Tensor W, Tensor b, Tensor back, Tensor c);

    /// <summary>Encoder and decoder, the last layer's way back first.</summary>
    public static Autoencoder Autoencoder(IReadOnlyList<Pair> pairs, Func<Activation> hidden, Func<Activation> code, Func<Activation> output)
    {
        var (encoder, decoder, last) = (new List<Layer>(), new List<Layer>(), pairs.Count - 1);
        for (var l = 0; l <= last; l++)
            encoder.AddRange([new Dense(pairs[l].W.Clone(), pairs[l].b.Clone()), l < last ? hidden() : code()]);
        for (var l = last; l >= 0; l--)
            decoder.AddRange([new Dense(pairs[l].back.Clone(), pairs[l].c.Clone()), l > 0 ? hidden() : output()]);
        return new(new Network(pairs[0].W.Shape[1], [.. encoder]), new Network(pairs[last].W.Shape[0], [.. decoder]));
    }

    /// <summary>The encoder, and on its last code a layer of scores for classes with small random weights.</summary>
    public static Network Classifier(IReadOnlyList<Pair> pairs, Func<Activation> hidden, Func<Activation> code, int classes, int seed, double dropout, double inputDropout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        var (layers, random) = (new List<Layer>(), new RandomSource(seed));
        if (inputDropout > 0)
            layers.Add(new Dropout(inputDropout, seed));
        for (var l = 0; l < pairs.Count; l++)
        {
            layers.AddRange([new Dense(pairs[l].W.Clone(), pairs[l].b.Clone()), l < pairs.Count - 1 ? hidden() : code()]);
            if (dropout > 0)
                layers.Add(new Dropout(dropout, unchecked(seed + 1000 * (l + 1))));
        }

        var scores = new Dense(pairs[^1].W.Shape[0], classes);
        scores.Initialise(Initialisation.XavierUniform, random);
        return new Network(pairs[0].W.Shape[1], [.. layers, scores]);
    }

    /// <summary>W, the other way round.</summary>
    public static Tensor Transposed(Tensor W)
    {
        var transposed = new Tensor(W.Shape[1], W.Shape[0]);
        for (var i = 0; i < W.Shape[0]; i++)
            for (var j = 0; j < W.Shape[1]; j++)
                transposed.Data[j * W.Shape[0] + i] = W.Data[i * W.Shape[1] + j];
        return transposed;
    }

    /// <summary>The sizes of a stack, checked.</summary>
    public static int[] Sizes(IReadOnlyList<int> sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        return sizes.Count >= 2 && sizes.All(size => size >= 1)
            ? [.. sizes]
            : throw new ArgumentException($"Sizes {string.Join('-', sizes)} given; the input's and at least one layer's are expected, each at least 1.", nameof(sizes));
    }
}
