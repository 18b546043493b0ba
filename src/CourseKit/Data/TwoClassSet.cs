using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>A small labelled set of two classes, in the lecture's notation: samples x_i as rows of X, labels y_i of +1 and -1.</summary>
/// <param name="Name">What the set is, for titles: <c>moons, noise 0.1</c>.</param>
/// <param name="X">N x d: a sample a row.</param>
/// <param name="y">The N labels, each +1 or -1.</param>
/// <remarks>
/// <c>var (X, y) = ToySets.Moons(200, seed: 1);</c> takes it apart; <see cref="Inputs"/> and <see cref="Labels"/> are the same samples
/// as a network takes them.
/// </remarks>
public record TwoClassSet(string Name, Matrix<double> X, int[] y)
{
    /// <summary>How many samples there are: N.</summary>
    public int Count => y.Length;

    /// <summary>How many numbers a sample has: d.</summary>
    public int Dimension => X.ColumnCount;

    /// <summary>The samples as a tensor, N x d; a new copy.</summary>
    public Tensor Inputs => Tensor.FromMatrix(X);

    /// <summary>The classes counted from 0: 1 for y = +1, 0 for y = -1; a new array.</summary>
    public int[] Labels => [.. y.Select(label => label > 0 ? 1 : 0)];

    /// <summary>The labels as a network's targets, N x 1: 1 for y = +1, 0 for y = -1; a new tensor.</summary>
    public Tensor Targets => Tensor.From([.. y.Select(label => label > 0 ? 1f : 0f)], y.Length, 1);

    /// <summary>Takes the set apart into the pair that the two-class models take.</summary>
    public void Deconstruct(out Matrix<double> X, out int[] y) => (X, y) = (this.X, this.y);

    /// <summary>Name, size and class counts, such as <c>moons, noise 0.1: 200 samples of 2 numbers, 100 of +1, 100 of -1</c>.</summary>
    public sealed override string ToString()
    {
        var positive = y.Count(label => label > 0);
        return FormattableString.Invariant($"{Name}: {Count} samples of {Dimension} numbers, {positive} of +1, {Count - positive} of -1");
    }
}
