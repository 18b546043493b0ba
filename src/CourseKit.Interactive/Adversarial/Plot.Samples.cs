namespace CourseKit.Interactive;

public static partial class Plot
{
    /// <summary>
    /// Generators in the plane over time, a panel each: the data as a grey cloud, a generator's samples in vermilion, with a slider. What each
    /// covers stands above the figure.
    /// </summary>
    /// <param name="data">p_data, in the plane.</param>
    /// <param name="moments">What the slider shows for each moment, such as the iteration.</param>
    /// <param name="generators">Each generator's name, and its samples at each moment, N x 2.</param>
    /// <exception cref="ArgumentException">The data are not in the plane, there is no generator, or not as many sets of samples as moments.</exception>
    public static Figure SamplesChanging(
        MixtureDensity data, IReadOnlyList<string> moments, params IReadOnlyList<(string Name, IReadOnlyList<Tensor> Samples)> generators)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(moments);
        if (data.Dimension != 2)
            throw new ArgumentException($"{data.Name} is a density over {data.Dimension} numbers; one over the plane is expected.", nameof(data));
        if (generators.Count == 0 || moments.Count == 0 || generators.Any(generator => generator.Samples.Count != moments.Count))
            throw new ArgumentException($"{moments.Count} moments given and {string.Join(", ", generators.Select(generator => generator.Samples.Count))} sets of samples; as many for each generator, at least one, are expected.", nameof(generators));
        var reach = 1.35 * data.Means.Enumerate().Max(Math.Abs) + 3 * data.Deviations.Max();
        var ground = Cloud(data.Sample(1000, 1)) with { Color = FigureColors.Grey, Opacity = 0.25, Name = "data" };
        var first = generators.Select(generator => Cloud(generator.Samples[0])).ToArray();
        var figure = Figure.SideBySide([.. generators.Select((generator, i) => new Figure { Title = generator.Name }.Add(ground).Add(first[i]))])
            .WithXAxis("x<sub>1</sub>", -reach, reach).WithYAxis("x<sub>2</sub>", -reach, reach).WithEqualAspect().WithSize(430);
        (figure.ShowLegend, figure.FramePrefix, figure.Title) = (false, "iteration ", Title(0));
        for (var i = 0; i < moments.Count; i++)
        {
            var moment = i;
            figure.Add(new FigureFrame(moments[i])
            {
                Title = Title(i),
                Replacements = [.. generators.Select((generator, g) => ((FigureTrace)first[g], (FigureTrace)Cloud(generator.Samples[moment])))],
            });
        }

        return figure;

        // With spaces that do not break, so that a title too long for one line breaks between two generators.
        string Title(int moment) => string.Join(" | ", generators.Select(generator =>
            ModeCoverage.Of(generator.Samples[moment], data) is var c
                ? FormattableString.Invariant($"{generator.Name}: {c.Covered} of {c.Modes} modes, {100 * c.HighQuality:F0} % good").Replace(' ', '\u00a0')
                : ""));

        static MarkerTrace Cloud(Tensor samples)
        {
            samples.RequireShape("The samples of a moment", -1, 2);
            double[] Column(int j) => [.. Enumerable.Range(0, samples.Shape[0]).Select(n => (double)samples[n, j])];
            return new MarkerTrace(Column(0), Column(1)) { Name = "samples", Color = FigureColors.Vermilion, Size = 4, Opacity = 0.6 };
        }
    }

    /// <summary>Generated pictures, each above the training picture nearest to it, with the distance between: who only repeats is found out.</summary>
    /// <param name="samples">The generated pictures, as <see cref="Images"/> takes them.</param>
    /// <param name="examples">The training pictures, as large.</param>
    /// <param name="columns">How many pairs in a row.</param>
    /// <exception cref="ArgumentException">The sizes differ, or there is none of either.</exception>
    public static Figure BesideNearest(Tensor samples, Tensor examples, int columns = 10)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        var nearest = CourseKit.NearestExamples.Find(samples, examples);
        var (count, height, width) = PictureSizes(samples);
        if (count != nearest.Length)
            throw new ArgumentException($"Pictures of one channel are expected; {samples.ShapeText} given.", nameof(samples));
        columns = Math.Min(columns, count);
        var (rows, size) = ((count + columns - 1) / columns, height * width);
        var pairs = new Tensor(2 * rows * columns, height, width);
        var titles = Enumerable.Repeat("", pairs.Shape[0]).ToArray();
        for (var n = 0; n < count; n++)
        {
            var above = n / columns * 2 * columns + n % columns;
            samples.Span.Slice(n * size, size).CopyTo(pairs.Span[(above * size)..]);
            examples.Span.Slice(nearest[n].Example * size, size).CopyTo(pairs.Span[((above + columns) * size)..]);
            (titles[above], titles[above + columns]) = ("made", FormattableString.Invariant($"{nearest[n].Distance:F1} away"));
        }

        return Images(pairs, columns, titles, (0, 1));
    }
}
