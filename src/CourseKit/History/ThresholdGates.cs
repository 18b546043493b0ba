namespace CourseKit;

/// <summary>Logic from threshold units: the gates, and the search that finds a unit for 14 of the 16 functions of two inputs and no more.</summary>
/// <remarks>
/// A function of two inputs is its column of the truth table, written as four bits for the inputs (0,0), (0,1), (1,0), (1,1): AND is
/// <c>0001</c>, XOR is <c>0110</c>.
/// <para>Why a finite search settles it for all real weights. A unit's four sums are 0, w2, w1 and w1 + w2. Which of them reach a
/// threshold depends only on how they are ordered and on where in that order the threshold lies. The order is fixed by the signs of the six
/// differences between them, and these are only four numbers: w1, w2, w1 + w2 and w1 - w2. Each is zero on a line through the origin of
/// the (w1, w2) plane, and the four lines, 45 degrees apart, cut the plane into 17 pieces: 8 sectors, 8 rays, the origin. All pairs inside a
/// piece order the sums alike, and every piece holds a pair of whole numbers between -2 and 2 (<see cref="SignsOfOrder"/> lets a test count
/// them). With whole sums between -4 and 4, the whole thresholds -4 ... 5 cut each order in every possible place. So 25 pairs times 10
/// thresholds, 250 units, stand for all units there are.</para>
/// <para>By hand: XOR asks for 0 &lt; theta, w1 &gt;= theta, w2 &gt;= theta and w1 + w2 &lt; theta; the second and third add up to
/// w1 + w2 &gt;= 2 theta &gt; theta, against the fourth.</para>
/// Source: M. Minsky and S. Papert, "Perceptrons: An Introduction to Computational Geometry", MIT Press 1969.
/// </remarks>
public static class ThresholdGates
{
    private static readonly string[] functionNames =
    [
        "FALSE", "x1 AND x2", "x1 AND NOT x2", "x1", "x2 AND NOT x1", "x2", "x1 XOR x2", "x1 OR x2",
        "x1 NOR x2", "x1 XNOR x2", "NOT x2", "x1 OR NOT x2", "NOT x1", "x2 OR NOT x1", "x1 NAND x2", "TRUE",
    ];

    /// <summary>x1 AND x2: 1 x1 + 1 x2 &gt;= 2.</summary>
    public static McCullochPittsNeuron And { get; } = new([1, 1], 2);

    /// <summary>x1 OR x2: 1 x1 + 1 x2 &gt;= 1.</summary>
    public static McCullochPittsNeuron Or { get; } = new([1, 1], 1);

    /// <summary>NOT x1: -1 x1 &gt;= 0.</summary>
    public static McCullochPittsNeuron Not { get; } = new([-1], 0);

    /// <summary>NOT (x1 AND x2): -1 x1 - 1 x2 &gt;= -1.</summary>
    public static McCullochPittsNeuron Nand { get; } = new([-1, -1], -1);

    /// <summary>The 250 units that stand for all threshold units with two inputs: weights -2 ... 2, thresholds -4 ... 5.</summary>
    public static IEnumerable<McCullochPittsNeuron> AllUnits(Inhibition inhibition = Inhibition.Relative) =>
        from w1 in Enumerable.Range(-2, 5)
        from w2 in Enumerable.Range(-2, 5)
        from threshold in Enumerable.Range(-4, 10)
        select new McCullochPittsNeuron([w1, w2], threshold, inhibition);

    /// <summary>The outputs of a unit on (0,0), (0,1), (1,0), (1,1), as text of four bits.</summary>
    /// <exception cref="ArgumentException">The unit has not two inputs.</exception>
    public static string TruthTable(McCullochPittsNeuron unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return TruthTable((x1, x2) => unit.Fire(x1, x2));
    }

    /// <summary>The outputs of a function on (0,0), (0,1), (1,0), (1,1), as text of four bits.</summary>
    public static string TruthTable(Func<int, int, int> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return $"{function(0, 0)}{function(0, 1)}{function(1, 0)}{function(1, 1)}";
    }

    /// <summary>Tries every unit for each of the 16 functions.</summary>
    /// <param name="inhibition">Relative: 14 functions have a unit. Absolute, as in the first model of 1943: 11.</param>
    /// <returns>The 16 functions in the order of their truth tables, each with the first unit that has it, or with none.</returns>
    public static IReadOnlyList<GateSearchResult> Search(Inhibition inhibition = Inhibition.Relative)
    {
        var found = AllUnits(inhibition).GroupBy(TruthTable).ToDictionary(group => group.Key, group => group.ToList());
        return
        [
            .. functionNames.Select((name, n) =>
            {
                var table = Convert.ToString(n, 2).PadLeft(4, '0');
                var units = found.GetValueOrDefault(table);
                return new GateSearchResult(name, table, units?.MinBy(Size), units?.Count ?? 0);
            }),
        ];
    }

    /// <summary>XOR by three units in two layers: (x1 OR x2) AND (x1 NAND x2).</summary>
    public static int Xor(int x1, int x2) => And.Fire(Or.Fire(x1, x2), Nand.Fire(x1, x2));

    /// <summary>The signs of w1, w2, w1 + w2 and w1 - w2: two pairs of weights with the same signs order the four sums alike.</summary>
    public static (int, int, int, int) SignsOfOrder(double w1, double w2) =>
        (Math.Sign(w1), Math.Sign(w2), Math.Sign(w1 + w2), Math.Sign(w1 - w2));

    private static int Size(McCullochPittsNeuron unit) => 10 * unit.Weights.Sum(Math.Abs) + Math.Abs(unit.Threshold);
}

/// <summary>One of the 16 functions of two inputs, and what the search found for it.</summary>
/// <param name="Name">Its name, such as <c>x1 XOR x2</c>.</param>
/// <param name="TruthTable">Its outputs on (0,0), (0,1), (1,0), (1,1).</param>
/// <param name="Unit">The smallest unit that has it; null where there is none.</param>
/// <param name="Units">How many of the 250 units have it.</param>
public sealed record GateSearchResult(string Name, string TruthTable, McCullochPittsNeuron? Unit, int Units);
