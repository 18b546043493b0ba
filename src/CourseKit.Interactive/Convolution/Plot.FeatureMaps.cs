namespace CourseKit.Interactive;

public static partial class Plot
{
    /// <summary>What each of the chosen layers makes of one image, a row of maps each, the deeper the smaller.</summary>
    /// <param name="network">A network on images; it is run once, on the image alone.</param>
    /// <param name="image">1 x C x H x W.</param>
    /// <param name="layers">The numbers of the layers in the network, counted from 0, and what to call them.</param>
    /// <exception cref="ArgumentException">No layer is given, one does not exist, gives no maps, or the image does not fit the network.</exception>
    public static Figure FeatureMaps(Network network, Tensor image, params IReadOnlyList<(int Layer, string Name)> layers)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(layers);
        image.RequireShape("The image", [1, .. network.InputShape]);
        if (layers.Count == 0)
            throw new ArgumentException("No layer given; at least one is expected.", nameof(layers));
        network.Forward(image);
        var (outputs, a) = (new List<Tensor>(), image);
        foreach (var layer in network.Layers)
            outputs.Add((a = layer.Forward(a)).Clone());
        const int columns = 16, gap = 2, label = 10;
        var rows = new List<(string Name, Tensor Maps, int Pixels)>();
        foreach (var (number, name) in layers)
        {
            if ((uint)number >= (uint)outputs.Count)
                throw new ArgumentException($"{name} is said to be layer {number}; the network has the layers 0 to {outputs.Count - 1}.", nameof(layers));
            if (outputs[number].Rank != 4)
                throw new ArgumentException($"Layer {number} ({network.Layers[number]}) gives {outputs[number].ShapeText}; maps, 1 x C x H x W, are expected.", nameof(layers));
            rows.Add((name, outputs[number], Math.Max(outputs[number].Shape[2], 1)));
        }

        // All rows lie in one picture whose pixels are the first row's; smaller maps are as small as they are.
        var width = label + rows.Max(row => Math.Min(columns, row.Maps.Shape[1]) * (row.Maps.Shape[3] + gap));
        var height = rows.Sum(row => Lines(row.Maps) * (row.Pixels + gap) + gap);
        var pixels = new byte[width * height];
        Array.Fill(pixels, (byte)255);
        var (top, texts) = (0, new List<TextMark>());
        foreach (var (name, maps, size) in rows)
        {
            var (low, high) = Extent(maps.Span);
            texts.Add(new TextMark(0, top + Lines(maps) * (size + gap) / 2.0 - 1.5, $"<b>{name}</b>") { Size = 13 });
            for (var k = 0; k < maps.Shape[1]; k++)
                for (var i = 0; i < size; i++)
                    for (var j = 0; j < maps.Shape[3]; j++)
                        pixels[(top + k / columns * (size + gap) + i) * width + label + k % columns * (maps.Shape[3] + gap) + j] =
                            (byte)Math.Round(255 * (maps[0, k, i, j] - low) / Math.Max(high - low, 1e-9));
            top += Lines(maps) * (size + gap) + gap;
        }

        const double zoom = 3.6;
        var figure = new Figure { Width = (int)(width * zoom) + 20, Height = (int)(height * zoom) + 52 }
            .Add(new PictureTrace(pixels, height, width) { InLegend = false });
        (figure.X.IsVisible, figure.Y.IsVisible) = (false, false);
        (figure.X.From, figure.X.To) = (-0.5, width - 0.5);
        (figure.Y.From, figure.Y.To) = (height - 0.5, -0.5);
        figure.Panels[0].HasEqualAspect = true;
        foreach (var text in texts)
            figure.Add(text);
        return figure;

        static int Lines(Tensor maps) => (maps.Shape[1] + columns - 1) / columns;
    }
}
