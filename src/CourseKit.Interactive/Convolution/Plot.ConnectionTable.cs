namespace CourseKit.Interactive;

public static partial class Plot
{
    /// <summary>T of (22) as the paper prints it: a row each input map p, a column each feature map k, filled where p feeds k.</summary>
    /// <param name="table">The table.</param>
    /// <param name="inputTitle">What the rows are.</param>
    /// <param name="outputTitle">What the columns are.</param>
    public static Figure ConnectionTable(ConnectionTable table, string inputTitle = "input map p", string outputTitle = "feature map k")
    {
        ArgumentNullException.ThrowIfNull(table);
        var z = new double[table.Inputs * table.Outputs];
        for (var p = 0; p < table.Inputs; p++)
            for (var k = 0; k < table.Outputs; k++)
                z[p * table.Outputs + k] = table[p, k] ? 1 : 0;
        var figure = new Figure { Height = 96 + 34 * table.Inputs, Width = Math.Clamp(110 + 38 * table.Outputs, 300, 900) }
            .Add(new HeatmapTrace(z, table.Inputs, table.Outputs) { Low = 0, High = 1.35, ShowScale = false })
            .WithXAxis(outputTitle, -0.5, table.Outputs - 0.5).WithYAxis(inputTitle, table.Inputs - 0.5, -0.5).WithEqualAspect();
        for (var p = 0; p < table.Inputs; p++)
            for (var k = 0; k < table.Outputs; k++)
                figure.Add(new BoxMark(k - 0.5, p - 0.5, k + 0.5, p + 0.5) { Color = "#ffffff", Width = 2 });
        Number(figure.X, table.Outputs);
        Number(figure.Y, table.Inputs);
        return figure.WithTitle($"{table.Count} of {table.Inputs * table.Outputs} connected");

        static void Number(FigureAxis axis, int count) => (axis.Ticks, axis.TickLabels) =
            ([.. Enumerable.Range(0, count).Select(i => (double)i)], [.. Enumerable.Range(0, count).Select(i => $"{i}")]);
    }
}
