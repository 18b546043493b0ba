using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.DotNet.Interactive.Formatting;

namespace CourseKit.Interactive;

/// <summary>
/// How a notebook shows the values that are not figures: tensors, matrices, vectors, data sets and what a model did.
/// </summary>
/// <remarks>
/// They are registered with the host's own formatting library when this assembly is first used. In a program without one (a test, the
/// command line) there is nobody to register with, and nothing happens.
/// </remarks>
internal static class ValueFormatters
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "A notebook loads the kit with #r and calls nothing to start it.")]
    internal static void RegisterWithHost()
    {
        try
        {
            Register();
        }
        catch (FileNotFoundException)
        {
            // No formatting library in this process: it is no notebook host.
        }
    }

    public static string Html(Tensor tensor)
    {
        var shape = tensor.Shape;
        if (tensor.Count == 0 || tensor.Rank == 0)
            return NumberTable.Write(tensor.ToString());
        var columns = shape[^1];
        var rows = tensor.Rank == 1 ? 1 : shape[^2];
        var span = (Low: tensor.Data.Min(), High: tensor.Data.Max());
        var part = tensor.Rank > 2 ? $", the first {rows}x{columns} of it" : "";
        var caption = $"Tensor {tensor.ShapeText}{part}, numbers from {NumberTable.Text(span.Low)} to {NumberTable.Text(span.High)}";
        return NumberTable.Write(caption, rows, columns, (i, j) => tensor.Data[i * columns + j]);
    }

    public static string Html(Matrix<double> matrix) =>
        NumberTable.Write($"Matrix {matrix.RowCount}x{matrix.ColumnCount}", matrix.RowCount, matrix.ColumnCount, matrix.At);

    public static string Html(Vector<double> vector) =>
        NumberTable.Write($"Vector of {vector.Count}", 1, vector.Count, (_, j) => vector.At(j));

    public static string Html(PerceptronRun run) => NumberTable.Write("Perceptron run", Facts(run));

    public static string Text(PerceptronRun run) =>
        string.Join('\n', Facts(run).Select(fact => $"{fact.Name}: {fact.Value}").Prepend("Perceptron run"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Register()
    {
        Register<Tensor>(Html, tensor => tensor.ToString());
        Register<Matrix<double>>(Html, matrix => matrix.ToString("G5", System.Globalization.CultureInfo.InvariantCulture));
        Register<Vector<double>>(Html, vector => vector.ToString("G5", System.Globalization.CultureInfo.InvariantCulture));
        Register<PerceptronRun>(Html, Text);
        Register<Dataset>(DatasetView.Html, set => set.ToString());
    }

    private static void Register<T>(Func<T, string> html, Func<T, string> text)
    {
        Formatter.Register<T>((value, writer) => writer.Write(html(value)), "text/html");
        Formatter.Register<T>((value, writer) => writer.Write(text(value)), "text/plain");
        Formatter.SetPreferredMimeTypesFor(typeof(T), "text/html", "text/plain");
    }

    private static (string Name, string Value)[] Facts(PerceptronRun run) =>
    [
        ("corrections K", FormattableString.Invariant($"{run.K}")),
        ("epochs", FormattableString.Invariant($"{run.Epochs}")),
        ("ended", run.Converged ? "converged: an epoch found nothing to correct" : "by the limit of epochs"),
        ("rule", run.Perceptron.ToString()),
    ];
}
