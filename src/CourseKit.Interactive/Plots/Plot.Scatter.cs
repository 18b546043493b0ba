using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Interactive;

public static partial class Plot
{
    /// <summary>Samples of two classes in the plane: +1 as blue circles, -1 as vermilion squares.</summary>
    /// <param name="X">N x 2: a sample a row.</param>
    /// <param name="y">The N labels; other labels than +1 and -1 get shapes of their own too.</param>
    /// <param name="xTitle">What the first column is, with its unit.</param>
    /// <param name="yTitle">What the second column is, with its unit.</param>
    /// <param name="classNames">Names for the classes in descending order of their labels (+1 before -1); null writes the labels.</param>
    /// <exception cref="ArgumentException">X has not two columns, or not as many rows as there are labels.</exception>
    public static Figure Scatter(
        Matrix<double> X, IReadOnlyList<int> y, string xTitle = "x<sub>1</sub>", string yTitle = "x<sub>2</sub>", params string[] classNames)
    {
        RequirePlane(X, y.Count);
        var figure = new Figure { ShowLegend = true }.WithXAxis(xTitle).WithYAxis(yTitle);
        ((figure.X.From, figure.X.To), (figure.Y.From, figure.Y.To)) = (Range(X.Column(0)), Range(X.Column(1)));
        foreach (var trace in ClassTraces(X, y, classNames))
            figure.Add(trace);
        return figure;

        static (double?, double?) Range(Vector<double> values) => Numbers.PaddedRange(values);
    }

    /// <summary>Samples in the plane, of one kind.</summary>
    /// <param name="X">N x 2: a sample a row.</param>
    /// <param name="xTitle">What the first column is, with its unit.</param>
    /// <param name="yTitle">What the second column is, with its unit.</param>
    /// <exception cref="ArgumentException">X has not two columns.</exception>
    public static Figure Scatter(Matrix<double> X, string xTitle = "x<sub>1</sub>", string yTitle = "x<sub>2</sub>")
    {
        RequirePlane(X, X.RowCount);
        return new Figure().AddMarkers(X.Column(0), X.Column(1)).WithXAxis(xTitle).WithYAxis(yTitle);
    }

    /// <summary>Samples in the plane with integer labels, such as digits by their two-number code.</summary>
    /// <param name="X">N x 2.</param>
    /// <param name="y">The N labels.</param>
    /// <exception cref="ArgumentException">X is not N x 2, or not as many rows as there are labels.</exception>
    public static Figure Scatter(Tensor X, IReadOnlyList<int> y)
    {
        X.RequireShape("the samples of a scatter", -1, 2);
        return Scatter(X.ToMatrix(), y);
    }

    private static void RequirePlane(Matrix<double> X, int labels)
    {
        if (X.ColumnCount != 2)
            throw new ArgumentException($"Samples of {X.ColumnCount} numbers given; a picture in the plane shows 2. Choose two columns.", nameof(X));
        if (X.RowCount != labels)
            throw new ArgumentException($"{X.RowCount} samples (rows of X) given, but {labels} labels.", nameof(X));
    }

    private static IEnumerable<MarkerTrace> ClassTraces(Matrix<double> X, IReadOnlyList<int> y, string[] classNames)
    {
        MarkerShape[] shapes = [MarkerShape.Circle, MarkerShape.Square, MarkerShape.Triangle, MarkerShape.Diamond, MarkerShape.Cross];
        var classes = y.Distinct().OrderDescending().ToArray();
        if (classNames.Length > 0 && classNames.Length != classes.Length)
            throw new ArgumentException($"{classNames.Length} class names given, but there are {classes.Length} classes.", nameof(classNames));
        var two = classes.All(label => label is +1 or -1);
        for (var c = 0; c < classes.Length; c++)
        {
            var label = classes[c];
            int[] rows = [.. Enumerable.Range(0, y.Count).Where(i => y[i] == label)];
            // A set that happens to hold one class alone still shows it in that class's colour.
            var look = two ? (label == +1 ? 0 : 1) : c;
            yield return new MarkerTrace([.. rows.Select(i => X[i, 0])], [.. rows.Select(i => X[i, 1])])
            {
                Name = classNames.Length > 0 ? classNames[c] : two ? (label == +1 ? "y = +1" : "y = \u22121") : FormattableString.Invariant($"{label}"),
                Color = FigureColors.Of(look),
                Shape = shapes[look % shapes.Length],
                Size = X.RowCount > 1000 ? 4 : 9,
            };
        }
    }
}
