namespace CourseKit;

/// <summary>What the convolutional layers of one and of two dimensions have in common at their doors.</summary>
internal static class Convolutions
{
    /// <summary>The table that W and b fit, or an exception with the sizes.</summary>
    public static ConnectionTable CheckedTable(string layer, Tensor W, Tensor b, ConnectionTable? table, int kernelRank)
    {
        b.RequireShape($"b of {layer}", -1);
        if (table is null or { IsFull: true })
        {
            if (W.Rank != kernelRank + 2 || W.Count == 0)
                throw new ArgumentException($"W of {layer}: shape {W.ShapeText} given, feature maps x input maps x {(kernelRank == 1 ? "length" : "rows x columns")} expected.");
            table ??= ConnectionTable.Full(W.Shape[1], W.Shape[0]);
            RequireTable(layer, table, W.Shape[1], W.Shape[0]);
        }
        else if (W.Rank != kernelRank + 1 || W.Count == 0 || W.Shape[0] != table.Count)
            throw new ArgumentException(
                $"W of {layer}: shape {W.ShapeText} given; the connection table of {table.Inputs}x{table.Outputs} maps has {table.Count} ones, hence {table.Count} kernels are expected.");
        b.RequireShape($"b of {layer}", table.Outputs);
        return table;
    }

    public static void RequireTable(string layer, ConnectionTable table, int inputMaps, int outputMaps)
    {
        if (table.Inputs != inputMaps || table.Outputs != outputMaps)
            throw new ArgumentException(
                $"{layer}: a connection table of {table.Inputs} input x {table.Outputs} feature maps given, {inputMaps}x{outputMaps} expected.");
    }

    /// <summary>Draws the kernels, each feature map's by the number of inputs that it sums.</summary>
    public static void Initialise(ConnectionTable table, int window, Span<float> W, Initialisation initialisation, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(initialisation);
        var fanOut = Math.Max(1, (int)Math.Round((double)table.Count * window / table.Inputs));
        for (var (k, from) = (0, 0); k < table.Outputs; k++)
        {
            var fanIn = table.InputsOf(k).Length * window;
            initialisation.Fill(W.Slice(from, fanIn), fanIn, fanOut, random);
            from += fanIn;
        }
    }
}
