namespace CourseKit.Tests.History;

public class ThresholdGatesTests
{
    [Fact]
    public void AND_OR_NOT_and_NAND_have_their_truth_tables()
    {
        Assert.Equal("0001", ThresholdGates.TruthTable(ThresholdGates.And));
        Assert.Equal("0111", ThresholdGates.TruthTable(ThresholdGates.Or));
        Assert.Equal("1110", ThresholdGates.TruthTable(ThresholdGates.Nand));
        Assert.Equal([1, 0], [ThresholdGates.Not.Fire(0), ThresholdGates.Not.Fire(1)]);
    }

    [Fact]
    public void Of_the_16_functions_14_have_a_unit_and_XOR_and_XNOR_have_none()
    {
        var search = ThresholdGates.Search();
        Assert.Equal(16, search.Select(result => result.TruthTable).Distinct().Count());
        Assert.Equal(["x1 XOR x2", "x1 XNOR x2"], search.Where(result => result.Unit is null).Select(result => result.Name));
        Assert.All(search.Where(result => result.Unit is not null), result => Assert.Equal(result.TruthTable, ThresholdGates.TruthTable(result.Unit!)));
        Assert.Equal(250, search.Sum(result => result.Units));
    }

    [Fact]
    public void The_names_of_the_functions_are_true()
    {
        var names = ThresholdGates.Search().ToDictionary(result => result.Name, result => result.TruthTable);
        Assert.Equal(ThresholdGates.TruthTable((x1, x2) => x1 & (1 - x2)), names["x1 AND NOT x2"]);
        Assert.Equal(ThresholdGates.TruthTable((x1, x2) => x2 & (1 - x1)), names["x2 AND NOT x1"]);
        Assert.Equal(ThresholdGates.TruthTable((x1, x2) => x1 | (1 - x2)), names["x1 OR NOT x2"]);
        Assert.Equal(ThresholdGates.TruthTable((x1, x2) => x2 | (1 - x1)), names["x2 OR NOT x1"]);
        Assert.Equal(ThresholdGates.TruthTable((x1, x2) => 1 - (x1 | x2)), names["x1 NOR x2"]);
        Assert.Equal(ThresholdGates.TruthTable((x1, x2) => x1 ^ x2), names["x1 XOR x2"]);
        Assert.Equal(ThresholdGates.TruthTable((x1, _) => 1 - x1), names["NOT x1"]);
        Assert.Equal(ThresholdGates.TruthTable((_, x2) => x2), names["x2"]);
    }

    [Fact]
    public void The_250_units_are_sufficient_since_they_meet_all_17_orders_of_the_sums_and_cut_each_everywhere()
    {
        // Angles in steps of 22.5 degrees visit the 8 rays and the 8 sectors between them; the origin is the seventeenth piece.
        double[][] pieces = [.. Enumerable.Range(0, 8).SelectMany(ray => new[] { Ray(ray), Between(ray) }), [0, 0]];
        var orders = pieces.Select(w => ThresholdGates.SignsOfOrder(w[0], w[1])).ToHashSet();
        Assert.Equal(17, orders.Count);
        var met = ThresholdGates.AllUnits().Select(unit => ThresholdGates.SignsOfOrder(unit.Weights[0], unit.Weights[1])).ToHashSet();
        Assert.Equal(orders, met);

        // Equal signs mean an equal order of the four sums; checked on real weights against the whole ones of the same piece.
        var random = new RandomSource(1);
        for (var n = 0; n < 10_000; n++)
        {
            var (w1, w2, theta) = (4 * random.NextDouble() - 2, 4 * random.NextDouble() - 2, 8 * random.NextDouble() - 4);
            var whole = ThresholdGates.AllUnits().Where(unit => ThresholdGates.SignsOfOrder(unit.Weights[0], unit.Weights[1]) == ThresholdGates.SignsOfOrder(w1, w2));
            var table = ThresholdGates.TruthTable((x1, x2) => w1 * x1 + w2 * x2 >= theta ? 1 : 0);
            Assert.Contains(whole, unit => ThresholdGates.TruthTable(unit) == table);
        }

        static double[] Ray(int ray) => [Math.Round(Math.Cos(ray * Math.PI / 4)), Math.Round(Math.Sin(ray * Math.PI / 4))];
        static double[] Between(int ray) => [Math.Cos((ray + 0.5) * Math.PI / 4), Math.Sin((ray + 0.5) * Math.PI / 4)];
    }

    [Fact]
    public void With_the_absolute_inhibition_of_1943_one_unit_has_11_functions()
    {
        var search = ThresholdGates.Search(Inhibition.Absolute);
        Assert.Equal(
            ["x1 XOR x2", "x1 XNOR x2", "x1 OR NOT x2", "x2 OR NOT x1", "x1 NAND x2"],
            search.Where(result => result.Unit is null).OrderBy(result => result.TruthTable.Count(bit => bit == '1')).Select(result => result.Name));
    }

    [Fact]
    public void Two_layers_of_units_have_XOR() => Assert.Equal("0110", ThresholdGates.TruthTable(ThresholdGates.Xor));

    [Fact]
    public void Bad_inputs_are_refused()
    {
        Assert.Contains("3 inputs given, but the neuron has 2", Assert.Throws<ArgumentException>(() => ThresholdGates.And.Fire(0, 1, 1)).Message);
        Assert.Contains("Input 1 is 2", Assert.Throws<ArgumentException>(() => ThresholdGates.And.Fire(0, 2)).Message);
        Assert.Throws<ArgumentException>(() => new McCullochPittsNeuron([], 1));
        Assert.Equal("fires where 1 x1 - 1 x2 >= 1", new McCullochPittsNeuron([1, -1], 1).ToString());
    }
}
