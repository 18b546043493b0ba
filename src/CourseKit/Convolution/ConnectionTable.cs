using System.Text;

namespace CourseKit;

/// <summary>T of formula (22): which input map p feeds which feature map k, T_pk = 1 where it does.</summary>
public sealed class ConnectionTable
{
    private readonly int[][] inputsOf;

    /// <summary>A table from what each feature map is fed by.</summary>
    /// <param name="inputs">How many input maps there are.</param>
    /// <param name="inputsOf">For each feature map the input maps, counted from 0; at least one, none twice.</param>
    /// <exception cref="ArgumentException">There is no map, one has no input or one twice, or an input does not exist.</exception>
    public ConnectionTable(int inputs, params int[][] inputsOf)
    {
        ArgumentNullException.ThrowIfNull(inputsOf);
        if (inputs < 1 || inputsOf.Length < 1)
            throw new ArgumentException($"A connection table for {inputs} input and {inputsOf.Length} feature maps given; each needs at least one.");
        for (var k = 0; k < inputsOf.Length; k++)
        {
            if (inputsOf[k].Length == 0)
                throw new ArgumentException($"Feature map {k} has no input map.", nameof(inputsOf));
            foreach (var p in inputsOf[k])
                if ((uint)p >= (uint)inputs)
                    throw new ArgumentException($"Feature map {k} takes input map {p}, but there are the maps 0 ... {inputs - 1}.", nameof(inputsOf));
            if (inputsOf[k].Distinct().Count() < inputsOf[k].Length)
                throw new ArgumentException($"Feature map {k} takes an input map twice: {string.Join(", ", inputsOf[k])}.", nameof(inputsOf));
        }

        Inputs = inputs;
        this.inputsOf = [.. inputsOf.Select(maps => maps.Order().ToArray())];
        Count = this.inputsOf.Sum(maps => maps.Length);
    }

    /// <summary>
    /// LeNet-5's table from S2 to C3: six maps see three neighbours (round the corner too), six see four, three see four that are not all
    /// neighbours, and the last sees all six.
    /// </summary>
    /// <remarks>Source: LeCun, Bottou, Bengio and Haffner (1998), table I.</remarks>
    public static ConnectionTable LeNet5 { get; } = new(
        6,
        [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [0, 4, 5], [0, 1, 5],
        [0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5], [0, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 5],
        [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5],
        [0, 1, 2, 3, 4, 5]);

    /// <summary>n_(l-1): the input maps.</summary>
    public int Inputs { get; }

    /// <summary>n_l: the feature maps.</summary>
    public int Outputs => inputsOf.Length;

    /// <summary>K: the ones in the table, hence the filters; with u x v filters, (22) has K u v + n_l parameters.</summary>
    public int Count { get; }

    /// <summary>Whether every input map feeds every feature map: then (22) is (21).</summary>
    public bool IsFull => Count == Inputs * Outputs;

    /// <summary>T_pk: whether input map p feeds feature map k, both counted from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such map.</exception>
    public bool this[int p, int k]
    {
        get
        {
            if ((uint)p >= (uint)Inputs)
                throw new ArgumentOutOfRangeException(nameof(p), p, $"There are the input maps 0 ... {Inputs - 1}.");
            return InputsOf(k).Contains(p);
        }
    }

    /// <summary>Every input map feeds every feature map, as in (21).</summary>
    /// <param name="inputs">n_(l-1), at least 1.</param>
    /// <param name="outputs">n_l, at least 1.</param>
    public static ConnectionTable Full(int inputs, int outputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        return new(inputs, [.. Enumerable.Repeat(Enumerable.Range(0, inputs).ToArray(), outputs)]);
    }

    /// <summary>A table from the matrix T.</summary>
    /// <param name="T">Input maps x feature maps; every number is 0 or 1.</param>
    /// <exception cref="ArgumentException">T is no matrix, has another number, or a feature map without input.</exception>
    public static ConnectionTable From(Tensor T)
    {
        ArgumentNullException.ThrowIfNull(T);
        T.RequireShape("The connection table", -1, -1);
        foreach (var number in T.Span)
            if (number is not (0 or 1))
                throw new ArgumentException(FormattableString.Invariant($"The connection table holds {number}; it is made of 0 and 1."), nameof(T));
        return new(T.Shape[0], [.. Enumerable.Range(0, T.Shape[1]).Select(k => Enumerable.Range(0, T.Shape[0]).Where(p => T[p, k] == 1).ToArray())]);
    }

    /// <summary>The input maps of feature map k, in ascending order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such map.</exception>
    public ReadOnlySpan<int> InputsOf(int k) => (uint)k < (uint)Outputs
        ? inputsOf[k]
        : throw new ArgumentOutOfRangeException(nameof(k), k, $"There are the feature maps 0 ... {Outputs - 1}.");

    /// <summary>The table as it is printed: a row each input map, a column each feature map, X where they are connected.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var p = 0; p < Inputs; p++)
        {
            for (var k = 0; k < Outputs; k++)
                text.Append(k == 0 ? "" : " ").Append(this[p, k] ? 'X' : '.');
            text.Append(p == Inputs - 1 ? "" : "\n");
        }

        return text.ToString();
    }
}
