namespace CourseKit.Interactive;

public static partial class Plot
{
    /// <summary>Inputs in a row and, in a row each below them, what several models make of them; with the mean squared error beside each row.</summary>
    /// <param name="x">N x d with d a square number: the inputs.</param>
    /// <param name="rows">For each model its name and its reconstructions, of the same shape.</param>
    /// <param name="count">How many of the inputs are shown, from the first on; the errors are those of all.</param>
    /// <exception cref="ArgumentException">The shapes differ, there is no input, or d is not a square number.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public static Figure Reconstructions(Tensor x, IReadOnlyList<(string Name, Tensor Images)> rows, int count = 12)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        x.RequireShape("The inputs", -1, -1);
        foreach (var (name, images) in rows)
            images.RequireShape($"The reconstructions of {name}", x.Shape);
        count = Math.Min(count, x.Shape[0]);
        var d = x.Shape[1];
        var shown = new Tensor((rows.Count + 1) * count, d);
        x.Span[..(count * d)].CopyTo(shown.Span);
        foreach (var (i, (_, images)) in rows.Index())
            images.Span[..(count * d)].CopyTo(shown.Span[((i + 1) * count * d)..]);
        var figure = Images(shown, count, range: (0, 1), scale: 1.6);
        var side = (int)Math.Round(Math.Sqrt(d));
        var step = side + Math.Max(1, side / 14);
        var right = count * step;
        figure.AddText(right, side / 2.0, "input");
        foreach (var (i, (name, images)) in rows.Index())
            figure.AddText(right, (i + 1) * step + side / 2.0, FormattableString.Invariant($"{name}: {MeanSquaredDistance(images, x):0.0}"));
        // Room for the texts on the right, as wide as they are high letters long.
        var letters = rows.Select(row => row.Name.Length + 6).Append(8).Max();
        var room = letters * 8 / 1.6;
        figure.X.To = right + room;
        figure.Width = (int)((right + room) * 1.6 + 20);
        return figure;
    }

    private static double MeanSquaredDistance(Tensor a, Tensor b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Count; i++)
            sum += Math.Pow(a.Data[i] - b.Data[i], 2);
        return sum / a.Shape[0];
    }
}
