using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Interactive;

/// <summary>Numbers in a shape: what is left of a student's value when it is handed over as plain data.</summary>
/// <param name="Shape">The length in each direction; empty for a single number.</param>
/// <param name="Values">The numbers, row by row.</param>
public sealed record NumberBlock(IReadOnlyList<int> Shape, IReadOnlyList<double> Values)
{
    /// <summary>More numbers than any answer of the course has.</summary>
    public const int Limit = 200_000;

    /// <summary>The shape for a person: <c>2x3</c>, or <c>a single number</c>.</summary>
    public string ShapeText => Shape.Count == 0 ? "a single number" : string.Join('x', Shape.Select(n => n.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The place of an entry for a person: <c>[1, 2]</c>; empty for a single number.</summary>
    public string Place(int index)
    {
        var place = new int[Shape.Count];
        for (var d = Shape.Count - 1; d >= 0; index /= Math.Max(1, Shape[d]), d--)
            place[d] = index % Math.Max(1, Shape[d]);
        return Shape.Count == 0 ? "" : $"[{string.Join(", ", place.Select(n => n.ToString(CultureInfo.InvariantCulture)))}]";
    }

    /// <summary>
    /// The numbers of a value: a number or truth value, an array of any rank, a vector or matrix of MathNet, a <see cref="Tensor"/>, lists of
    /// these, and tuples, of which each part is a block of its own.
    /// </summary>
    /// <exception cref="ArgumentException">It holds something else, or too much.</exception>
    public static IReadOnlyList<NumberBlock> Of(object? value)
    {
        var blocks = Read(value, 0).ToList();
        if (blocks.Sum(block => (long)block.Values.Count) > Limit || blocks.Count > 1000)
            throw new ArgumentException("The answer is too large: more than 200,000 numbers.");
        return blocks;
    }

    private static IEnumerable<NumberBlock> Read(object? value, int depth)
    {
        if (depth > 8)
            throw new ArgumentException("The answer is nested too deeply.");
        switch (value)
        {
            case null:
                throw new ArgumentException("The answer is null: is there a return, and is every part of it filled?");
            case string:
                throw new ArgumentException("The answer is a text; numbers are expected.");
            case bool truth:
                return [new NumberBlock([], [truth ? 1 : 0])];
            case IConvertible number and not char and not DateTime:
                return [new NumberBlock([], [number.ToDouble(CultureInfo.InvariantCulture)])];
            case Tensor tensor:
                return [new NumberBlock(tensor.Shape.ToArray(), [.. tensor.Data.Select(x => (double)x)])];
            case Matrix<double> matrix:
                return Read(matrix.ToArray(), depth + 1);
            case Vector<double> vector:
                return Read(vector.ToArray(), depth + 1);
            case ITuple tuple:
                return Enumerable.Range(0, tuple.Length).SelectMany(i => Read(tuple[i], depth + 1)).ToList();
            case Array { Rank: > 1 } array:
                return [new NumberBlock([.. Enumerable.Range(0, array.Rank).Select(array.GetLength)], [.. Flat(array, depth)])];
            case IEnumerable items:
                return Stack([.. items.Cast<object?>().Take(Limit + 1).Select(item => Read(item, depth + 1).ToList())]);
            default:
                throw new ArgumentException($"The answer is of the type {value.GetType().Name}; numbers, arrays, vectors and matrices are expected.");
        }
    }

    private static IEnumerable<double> Flat(Array array, int depth)
    {
        foreach (var item in array)
            yield return Read(item, depth + 1).Single() is { Shape.Count: 0 } number ? number.Values[0] : throw new ArgumentException("The answer is an array of arrays of several ranks.");
    }

    /// <summary>Parts of one shape are one block with a direction more; others stay apart.</summary>
    private static List<NumberBlock> Stack(List<List<NumberBlock>> items)
    {
        if (items.Count == 0)
            return [new NumberBlock([0], [])];
        var first = items[0];
        if (items.All(item => item.Count == 1 && item[0].Shape.SequenceEqual(first[0].Shape)))
            return [new NumberBlock([items.Count, .. first[0].Shape], [.. items.SelectMany(item => item[0].Values)])];
        return [.. items.SelectMany(item => item)];
    }
}
