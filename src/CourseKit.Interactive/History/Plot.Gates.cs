using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Interactive;

public static partial class Plot
{
    /// <summary>
    /// A function of two inputs at the four corners where it is defined (blue circle: 1, vermilion square: 0), and the line of the unit
    /// that has it, if there is one.
    /// </summary>
    /// <remarks>A unit fires where w_1 x_1 + w_2 x_2 is at least theta; weights and inputs are whole, so that the line is drawn at theta - 1/2,
    /// half way to the last sum that does not fire, and no corner lies on it.</remarks>
    public static Figure Gate(GateSearchResult gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        var figure = Corners(gate.TruthTable);
        var missing = gate.Unit is null ? ": no unit" : "";
        figure.WithTitle(gate.Name + missing);
        if (gate.Unit is { } unit)
        {
            var line = new Perceptron(Vector<double>.Build.Dense([unit.Weights[0], unit.Weights[1]]), 0.5 - unit.Threshold);
            var (x, y) = DecisionLine.Within(line, figure.X.From!.Value, figure.X.To!.Value, figure.Y.From!.Value, figure.Y.To!.Value);
            if (x.Length > 0)
                figure.Add(new LineTrace(x, y) { Name = unit.ToString(), Color = FigureColors.Ink, LabelAtEnd = false, InLegend = false });
        }
        else
        {
            figure.AddBox(-0.45, -0.45, 1.45, 1.45, FigureColors.Orange);
        }

        return figure;
    }

    /// <summary>All gates of a search, each in a small panel of its own.</summary>
    /// <param name="gates">What <see cref="ThresholdGates.Search"/> found.</param>
    /// <param name="columns">How many stand in a row.</param>
    /// <exception cref="ArgumentException">There is no gate.</exception>
    public static Figure Gates(IReadOnlyList<GateSearchResult> gates, int columns = 4)
    {
        ArgumentNullException.ThrowIfNull(gates);
        var grid = Figure.Grid(columns, [.. gates.Select(Gate)]);
        var rows = (gates.Count + columns - 1) / columns;
        grid.ShowLegend = false;
        return grid.WithXAxis("").WithYAxis("").WithSize(60 + 196 * rows, 760);
    }

    private static Figure Corners(string truthTable)
    {
        var figure = new Figure { Height = 300, Width = 320 }.WithXAxis("x<sub>1</sub>", -0.5, 1.5).WithYAxis("x<sub>2</sub>", -0.5, 1.5).WithEqualAspect();
        (figure.X.Ticks, figure.Y.Ticks) = ([0, 1], [0, 1]);
        foreach (var (bit, name, color, shape) in new[] { ('1', "1", FigureColors.Blue, MarkerShape.Circle), ('0', "0", FigureColors.Vermilion, MarkerShape.Square) })
        {
            int[] corners = [.. Enumerable.Range(0, 4).Where(i => truthTable[i] == bit)]; // (0,0), (0,1), (1,0), (1,1)
            if (corners.Length > 0)
                figure.Add(new MarkerTrace([.. corners.Select(i => i / 2.0 >= 1 ? 1.0 : 0)], [.. corners.Select(i => i % 2 + 0.0)])
                {
                    Name = name, Color = color, Shape = shape, Size = 13, InLegend = false,
                });
        }

        return figure;
    }
}
