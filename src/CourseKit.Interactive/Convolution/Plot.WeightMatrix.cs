using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Interactive;

public static partial class Plot
{
    /// <summary>A layer's weights as a matrix: a row each unit, a column each input, blue above zero, vermilion below, white where there is none.</summary>
    /// <param name="W">Units x inputs.</param>
    public static Figure WeightMatrix(Matrix<double> W)
    {
        ArgumentNullException.ThrowIfNull(W);
        var reach = W.Enumerate().Max(Math.Abs) is > 0 and var most ? most : 1;
        var figure = Cells(W.ToRowMajorArray(), W.RowCount, W.ColumnCount, reach, signed: true, values: false, "").WithXAxis("from unit").WithYAxis("to unit");
        (figure.X.IsVisible, figure.Y.IsVisible) = (true, true);
        figure.Add(new BoxMark(-0.5, -0.5, W.ColumnCount - 0.5, W.RowCount - 0.5) { Width = 1, Color = "#bbbbbb" });
        return figure.WithTitle(null);
    }
}
