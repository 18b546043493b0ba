namespace CourseKit.Tests.History;

public class HopfieldNetworkTests
{
    [Fact]
    public void The_energy_never_rises_over_a_hundred_thousand_updates()
    {
        const int N = 200;
        var patterns = HopfieldPatterns.Random(60, N, seed: 1); // far beyond the capacity: a rugged landscape, long ways down
        var network = HopfieldNetwork.Store(patterns);
        var (updates, flips) = (0, 0);
        for (var start = 0; updates < 100_000; start++)
        {
            var run = network.Recall(HopfieldPatterns.Random(1, N, 1_000 + start)[0], seed: start);
            Assert.Equal(HopfieldEnd.FixedPoint, run.End);
            foreach (var (before, after) in run.Energies.Zip(run.Energies.Skip(1)))
                Assert.True(after <= before);
            updates += run.Energies.Count - 1;
            flips += run.Energies.Zip(run.Energies.Skip(1)).Count(pair => pair.Second < pair.First);

            // The trace adds up differences; the energies of the states themselves, whole numbers of 1/N, must agree with it.
            var energies = run.Trace.Select(network.Energy).ToArray();
            for (var sweep = 0; sweep < energies.Length; sweep++)
                Assert.Equal(energies[sweep], run.Energies[sweep * N], 1e-9);
        }

        Assert.True(flips > 5_000);
    }

    [Fact]
    public void Ten_patterns_in_200_units_come_back_from_20_percent_noise()
    {
        var (rightUnits, perfect, recalls) = (0.0, 0, 0);
        for (var seed = 0; seed < 20; seed++)
        {
            var patterns = HopfieldPatterns.Random(10, 200, seed);
            var network = HopfieldNetwork.Store(patterns);
            for (var mu = 0; mu < 10; mu++)
            {
                var noisy = HopfieldPatterns.Noisy(patterns[mu], 0.2, seed: 100 * seed + mu);
                Assert.Equal(0.6, HopfieldPatterns.Overlap(noisy, patterns[mu]), 1e-12);
                var overlap = HopfieldPatterns.Overlap(network.Recall(noisy, seed: mu).State, patterns[mu]);
                rightUnits += (1 + overlap) / 2;
                perfect += overlap == 1 ? 1 : 0;
                recalls++;
            }
        }

        Assert.True(rightUnits / recalls > 0.99, $"{rightUnits / recalls:P2} of the units right");
        Assert.True(perfect > 0.95 * recalls, $"{perfect} of {recalls} perfect");
    }

    [Fact]
    public void The_weights_are_the_sum_of_outer_products_over_N()
    {
        int[][] patterns = [[1, -1, 1, 1], [1, 1, -1, 1]];
        var W = HopfieldNetwork.Store(patterns).W;
        Assert.Equal(0, W[0, 1]);
        Assert.Equal(0.5, W[0, 3]);
        Assert.Equal(-0.5, W[1, 2]);
        Assert.Equal(0, W[2, 2]);
        Assert.Equal(W, W.Transpose());
        Assert.Equal(-1, HopfieldNetwork.Store(patterns).Energy([1, -1, 1, 1]) + HopfieldNetwork.Store(patterns).Energy([1, 1, -1, 1]) + 1, 1e-12);
    }

    [Fact]
    public void The_negative_of_a_pattern_and_mixtures_of_three_are_memories_nobody_stored()
    {
        var patterns = HopfieldPatterns.Random(5, 1_000, seed: 3);
        var network = HopfieldNetwork.Store(patterns);
        Assert.All(patterns, pattern => Assert.True(network.IsFixedPoint(pattern)));
        Assert.All(patterns, pattern => Assert.True(network.IsFixedPoint(HopfieldPatterns.Negative(pattern))));
        var mixture = network.Recall(HopfieldPatterns.Mixture(patterns[0], patterns[1], patterns[2]));
        Assert.Equal(HopfieldEnd.FixedPoint, mixture.End);
        for (var mu = 0; mu < 3; mu++)
            Assert.InRange(HopfieldPatterns.Overlap(mixture.State, patterns[mu]), 0.4, 0.6);
        Assert.True(network.Energy(mixture.State) > network.Energy(patterns[0]));
    }

    [Fact]
    public void Units_that_move_at_once_may_cycle_for_ever_where_one_by_one_they_rest()
    {
        var network = HopfieldNetwork.Store([[1, 1], [1, 1]]);
        Assert.Equal(HopfieldEnd.CycleOfTwo, network.Recall([1, -1], HopfieldUpdate.Synchronous).End);
        Assert.Equal(HopfieldEnd.FixedPoint, network.Recall([1, -1]).End);
        var patterns = HopfieldPatterns.Random(10, 200, seed: 1);
        var recalled = HopfieldNetwork.Store(patterns).Recall(HopfieldPatterns.Noisy(patterns[0], 0.2, 1), HopfieldUpdate.Synchronous);
        Assert.Equal(patterns[0], recalled.State);
    }

    [Fact]
    public void The_pseudo_inverse_rule_holds_far_more_patterns()
    {
        var patterns = HopfieldPatterns.Random(150, 200, seed: 2); // a load of 0.75, five times what Hebb's rule holds
        var network = HopfieldNetwork.Store(patterns, HopfieldStorage.PseudoInverse);
        Assert.All(patterns, pattern => Assert.True(network.IsFixedPoint(pattern)));
        var hebbian = HopfieldNetwork.Store(patterns);
        Assert.True(patterns.Count(hebbian.IsFixedPoint) < 5);

        // From noise: a load of 0.3, twice the critical one, and 10 % of the units flipped.
        var sixty = patterns[..60];
        var memory = HopfieldNetwork.Store(sixty, HopfieldStorage.PseudoInverse);
        Assert.True(sixty.Select((pattern, mu) => memory.Recall(HopfieldPatterns.Noisy(pattern, 0.1, mu), seed: mu).State.SequenceEqual(pattern)).Count(found => found) >= 57);
    }

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        var network = HopfieldNetwork.Store(HopfieldPatterns.Random(50, 200, seed: 1));
        var start = HopfieldPatterns.Random(1, 200, seed: 9)[0];
        Assert.Equal(network.Recall(start, seed: 4).Energies, network.Recall(start, seed: 4).Energies);
        Assert.NotEqual(network.Recall(start, seed: 4).Energies, network.Recall(start, seed: 5).Energies);
        Assert.Equal(HopfieldPatterns.Random(3, 50, 7)[2], HopfieldPatterns.Random(9, 50, 7)[2]);
    }

    [Fact]
    public void Bad_patterns_are_refused()
    {
        Assert.Contains("A pattern of 3 units given, 2 expected", Assert.Throws<ArgumentException>(() => HopfieldNetwork.Store([[1, 1], [1, 1, 1]])).Message);
        Assert.Contains("A unit of 0 given", Assert.Throws<ArgumentException>(() => HopfieldNetwork.Store([[1, 0]])).Message);
        Assert.Contains("linearly dependent", Assert.Throws<ArgumentException>(
            () => HopfieldNetwork.Store([[1, 1, -1], [-1, -1, 1]], HopfieldStorage.PseudoInverse)).Message);
        Assert.Throws<ArgumentException>(() => HopfieldNetwork.Store([]));
        Assert.Throws<ArgumentException>(() => HopfieldNetwork.Store([[1, 1]]).Recall([1]));
        Assert.Contains("odd number", Assert.Throws<ArgumentException>(() => HopfieldPatterns.Mixture([1], [1])).Message);
    }
}
