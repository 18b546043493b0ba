using CourseKit.Testing;
using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Tests.History;

/// <summary>What the prose of notebooks/en/01-history.ipynb claims, by the same calls and seeds.</summary>
public class HistoryNotebookTests
{
    private static readonly int[] H = Draw((x, y) => x is >= 2 and <= 5 || x is >= 10 and <= 13 || y is >= 6 and <= 9);
    private static readonly int[] ring = Draw((x, y) => Math.Sqrt((x - 7.5) * (x - 7.5) + (y - 7.5) * (y - 7.5)) is > 4 and < 7.9);
    private static readonly int[] T = Draw((x, y) => y <= 4 || x is >= 5 and <= 10);
    private static readonly int[] Z = Draw((x, y) => y <= 3 || y >= 12 || Math.Abs(x + y - 15) <= 2);
    private static readonly double[,] tenCities = TourCities.Distances(TourCities.Ten()).ToArray();

    [Fact]
    public void The_timeline_has_one_new_method_between_1969_and_1982_and_the_corrections_of_the_notes()
    {
        var timeline = HistoryTimeline.Load(Path.Combine(RepositoryPaths.Root, "data", "history-events.csv"));
        var famine = timeline.Events.Where(e => e.Year is > 1969 and < 1982 && e.Kind is "paper" or "book" or "thesis").ToArray();
        Assert.Equal([1974, 1978], famine.Select(e => e.Year)); // Werbos's method, and Hinton's PhD
        Assert.Equal(6, timeline.Of("Geoffrey Hinton").Count());
        Assert.Contains("Microsoft Research", timeline.Events.Single(e => e.Year == 2015).Correction);
        Assert.Contains("1 billion", timeline.Events.Single(e => e.Year == 2012).Correction);
        Assert.Contains("1986", timeline.Events.Single(e => e.Year == 1974).Correction);
        Assert.Contains("March 1990", timeline.Events.Single(e => e.Year == 1990).Correction);
    }

    [Fact]
    public void The_lineage_leads_from_Boole_to_Hinton_and_not_from_Hopfield()
    {
        var lineage = Lineage.Load(Path.Combine(RepositoryPaths.Root, "data", "lineage.csv"));
        string[] Above(string person) =>
            [.. lineage.Links.Where(link => link.IsDescent && link.Person == person).SelectMany(link => Above(link.To).Prepend(link.To)).Distinct()];

        Assert.Contains("George Boole", Above("Geoffrey Hinton"));
        Assert.Contains("Christopher Longuet-Higgins", Above("Geoffrey Hinton"));
        Assert.DoesNotContain("John Hopfield", Above("Geoffrey Hinton"));
        Assert.Equal(4, lineage.Generation("Geoffrey Hinton")); // a great-great-grandson
        Assert.Contains("Mary Ellen Boole", Above("William Hinton"));
        Assert.Contains("Mary Ellen Boole", Above("Joan Hinton"));
        Assert.Contains("Chomsky", lineage.Of("Frank Rosenblatt").Single().Correction);
        Assert.Contains("Henry McKean", Above("Michael Arbib"));
    }

    [Fact]
    public void Fourteen_of_sixteen_functions_have_a_unit_and_eleven_with_absolute_inhibition()
    {
        var gates = ThresholdGates.Search();
        Assert.Equal(250, ThresholdGates.AllUnits().Count());
        Assert.Equal(["x1 XOR x2", "x1 XNOR x2"], gates.Where(gate => gate.Unit is null).Select(gate => gate.Name));
        Assert.Equal(11, ThresholdGates.Search(Inhibition.Absolute).Count(gate => gate.Unit is not null));
        Assert.Equal("0110", ThresholdGates.TruthTable(ThresholdGates.Xor));
        Assert.Equal((1, 1), (ThresholdGates.Or.Fire(0, 1), ThresholdGates.Nand.Fire(0, 1)));
        Assert.Equal((1, 1), (ThresholdGates.Or.Fire(1, 0), ThresholdGates.Nand.Fire(1, 0))); // the fold
    }

    [Fact]
    public void Hebb_grows_exponentially_and_Oja_finds_the_component_from_five_starts()
    {
        var random = new RandomSource(3);
        var cloud = Matrix<double>.Build.Dense(300, 2, (_, _) => random.NextNormal()) * Matrix<double>.Build.DenseOfArray(new[,] { { 1.5, 0.9 }, { 0, 0.5 } });
        var mean = cloud.ColumnSums() / 300;
        var X = Matrix<double>.Build.Dense(300, 2, (i, j) => cloud[i, j] - mean[j]);
        var component = X.Svd().VT.Row(0);
        foreach (var seed in Enumerable.Range(1, 5))
        {
            var run = new OjaRule().Run(X, seed);
            Assert.InRange(Math.Abs(run.w * component) / run.w.L2Norm(), 0.999, 1 + 1e-12);
            Assert.InRange(run.w.L2Norm(), 0.999, 1.001);
        }

        var (w, v) = (Vector<double>.Build.Dense([0.6, -0.8]), Vector<double>.Build.Dense([0.6, -0.8]));
        var logarithms = new List<double>();
        for (var epoch = 0; epoch < 10; epoch++)
        {
            foreach (var x in X.EnumerateRows())
                (w, v) = (HebbRule.Step(w, x, 0.002), OjaRule.Step(v, x, 0.002));
            logarithms.Add(Math.Log(w.L2Norm()));
        }

        // The same samples in the same order multiply w by the same matrix in every epoch: equal steps of the logarithm.
        Assert.True(w.L2Norm() > 1e5);
        var steps = logarithms.Zip(logarithms.Skip(1), (before, after) => after - before).Skip(4).ToArray();
        Assert.InRange(steps.Max() - steps.Min(), 0, 0.01 * steps.Average());
        Assert.InRange(v.L2Norm(), 0.99, 1.01);
    }

    [Fact]
    public void The_perceptron_needs_2_to_23_corrections_on_a_hundred_sets_and_6_in_the_middle()
    {
        var corrections = Enumerable.Range(1, 100).Select(seed => ToySets.Separable(40, 0.1, seed))
            .Select(set => Perceptron.Train(set.X, set.y, T: 1000)).ToArray();
        Assert.All(corrections, run => Assert.True(run.Converged));
        var sorted = corrections.Select(run => run.K).Order().ToArray();
        Assert.Equal((2, 23, 6), (sorted[0], sorted[^1], sorted[50]));
    }

    [Fact]
    public void A_line_parts_the_corners_in_14_ways_gets_three_of_four_and_the_hulls_meet_in_the_middle()
    {
        var (points, y) = LineDichotomies.Xor;
        var right = LineDichotomies.All(points).Select(answer => answer.Zip(y).Count(pair => pair.First == pair.Second)).ToArray();
        Assert.Equal([0, 4, 6, 4, 0], Enumerable.Range(0, 5).Select(n => right.Count(r => r == n)));
        Assert.Equal((0.5, 0.5), ConvexHulls.Meet([(0, 1), (1, 0)], [(0, 0), (1, 1)])!.Point);
    }

    [Fact]
    public void LMS_rests_within_a_thousandth_trembles_at_a_constant_rate_and_the_perceptron_never_rests()
    {
        var (O, s) = ToySets.Overlapping(200, seed: 1);
        var t = Vector<double>.Build.Dense(200, i => s[i]);
        var best = Adaline.LeastSquares(O, t).w;
        double Distance(Vector<double> w) => (w - best).L2Norm() / best.L2Norm();
        LmsRun Run(int seed, double decay) => new LmsAlgorithm { LearningRate = 0.02, Decay = decay, Epochs = 400, Seed = seed }.Run(O, t);
        Assert.All(Enumerable.Range(1, 5), seed => Assert.InRange(Distance(Run(seed, 0.5).w), 0, 1e-3));
        Assert.All(Enumerable.Range(1, 5), seed => Assert.InRange(Run(seed, 0).Trace.Skip(301).Average(Distance), 0.02, 0.2));

        var run = Perceptron.Train(O, s, T: 200);
        Assert.False(run.Converged);
        var late = run.Trace.Where(step => step.Epoch > 150).Select(step => step.Perceptron.CountErrors(O, s)).ToArray();
        Assert.Equal((38, 35, 164), (Perceptron.FromAugmented(best).CountErrors(O, s), late.Min(), late.Max()));
        Assert.Equal(54, Math.Round(late.Average()));
    }

    [Fact]
    public void Three_hidden_units_learn_XOR_from_all_twenty_starts_two_from_thirteen_and_one_from_none()
    {
        var (corners, labels) = ToySets.Xor();
        var (inputs, targets) = (Tensor.FromMatrix(corners), Tensor.From([-1, 1, 1, -1], 4, 1));
        int Solved(int hidden) => Enumerable.Range(1, 20).Count(seed =>
        {
            var network = new Network(2, new Dense(2, hidden), new Tanh(), new Dense(hidden, 1)).Initialise(Initialisation.Normal(1), seed);
            var trainer = new Trainer(network, new HalfSquaredError(), new GradientDescent(0.3f));
            for (var k = 0; k < 1000; k++)
                trainer.Step(inputs, targets);
            return network.Forward(inputs).Data.Zip(labels).All(pair => pair.First * pair.Second > 0);
        });
        Assert.Equal([0, 13, 20, 20], Enumerable.Range(1, 4).Select(Solved));
    }

    [Fact]
    public void The_ring_comes_back_within_a_sweep_and_the_memory_holds_what_nobody_stored()
    {
        var memory = HopfieldNetwork.Store([H, ring, T]);
        var run = memory.Recall(HopfieldPatterns.Noisy(ring, 0.3, seed: 1), seed: 1);
        Assert.Equal(ring, run.State);
        Assert.True(run.Flips[^1].Update < 256);
        Assert.Equal(HopfieldPatterns.Negative(H), memory.Recall(HopfieldPatterns.Negative(H), seed: 1).State);
        var vote = HopfieldPatterns.Mixture(H, ring, T);
        Assert.Equal(vote, memory.Recall(vote, seed: 1).State);
        Assert.Equal(T, memory.Recall(Z, seed: 1).State);
        Assert.True(HopfieldPatterns.Overlap(Z, T) > Math.Max(HopfieldPatterns.Overlap(Z, H), HopfieldPatterns.Overlap(Z, ring)));
    }

    [Fact]
    public void The_energy_never_rises_one_at_a_time_and_all_at_once_may_go_round_in_a_cycle_of_two()
    {
        var crowded = HopfieldNetwork.Store(HopfieldPatterns.Random(60, 200, seed: 1));
        var changes = HopfieldPatterns.Random(60, 200, seed: 2).Select(start => crowded.Recall(start, seed: 3).Energies)
            .SelectMany(E => E.Zip(E.Skip(1), (before, after) => after - before)).ToArray();
        Assert.True(changes.Length > 100_000);
        Assert.DoesNotContain(changes, change => change > 0);
        Assert.Contains(changes, change => change < 0);
        var ends = HopfieldPatterns.Random(100, 200, seed: 7).Select(start => crowded.Recall(start, HopfieldUpdate.Synchronous).End).ToArray();
        Assert.Equal(17, ends.Count(end => end == HopfieldEnd.CycleOfTwo));
        Assert.Equal(83, ends.Count(end => end == HopfieldEnd.FixedPoint));
    }

    [Fact]
    public void Ten_patterns_in_200_units_come_back_to_the_last_unit()
    {
        for (var n = 0; n < 20; n++)
        {
            var stored = HopfieldPatterns.Random(10, 200, seed: n);
            var network = HopfieldNetwork.Store(stored);
            for (var mu = 0; mu < stored.Length; mu++)
                Assert.Equal(stored[mu], network.Recall(HopfieldPatterns.Noisy(stored[mu], 0.2, seed: mu), seed: mu).State);
        }
    }

    [Fact]
    public void Recall_breaks_more_sharply_in_larger_networks_and_the_medians_point_to_0_132()
    {
        double[] loads = [0.10, 0.16, 0.20];
        var small = HopfieldCapacity.Curve(200, loads, networks: 40, probes: 10, seed: 1);
        var large = HopfieldCapacity.Curve(1000, loads, networks: 5, probes: 10, seed: 1);
        Assert.True(small[0].RecalledShare > 0.95 && large[0].RecalledShare > 0.9);
        Assert.True(small[1].RecalledShare > large[1].RecalledShare + 0.1);
        Assert.True(small[2].RecalledShare > 0.5 && large[2].RecalledShare < 0.1);

        var measured = HopfieldCapacity.Measure(200, 40, probes: 9, seed: 200);
        Assert.InRange(measured.Median, 0.205, 0.225);
        (int N, double Load)[] medians = [(200, 0.215), (500, 0.180), (1000, 0.166), (2000, 0.157), (5000, 0.151)];
        Assert.Equal(0.132, HopfieldCapacity.Trend([.. medians.Select(m => new HopfieldCapacityResult(m.N, [m.Load]))]).AtInfinity, 0.0005);
    }

    [Fact]
    public void Far_beyond_Hebb_the_pseudo_inverse_rule_finds_every_pattern()
    {
        double Found(HopfieldStorage rule, double load, int seed)
        {
            var stored = HopfieldPatterns.Random((int)(load * 200), 200, seed);
            var network = HopfieldNetwork.Store(stored, rule);
            return stored.Take(10).Average(xi => HopfieldPatterns.Overlap(
                xi, network.Recall(HopfieldPatterns.Noisy(xi, 0.05, seed), seed: seed).State) > 0.95 ? 1.0 : 0);
        }

        foreach (var seed in Enumerable.Range(1, 5))
        {
            Assert.Equal(0, Found(HopfieldStorage.Hebbian, 0.3, seed));
            foreach (var load in new[] { 0.3, 0.4, 0.5 })
                Assert.Equal(1, Found(HopfieldStorage.PseudoInverse, load, seed));
        }

        Assert.True(Enumerable.Range(1, 5).Average(seed => Found(HopfieldStorage.PseudoInverse, 0.6, seed)) < 1);
    }

    [LongFact]
    public void The_network_of_1985_gives_37_tours_of_200_and_rewritten_constraints_200()
    {
        var original = HopfieldTankTrial.Run(new HopfieldTank(), tenCities, starts: 200, seed: 1);
        var weak = HopfieldTankTrial.Run(new HopfieldTank { D = 300 }, tenCities, starts: 200, seed: 1);
        var better = HopfieldTankTrial.Run(HopfieldTank.RowsAndColumns, tenCities, starts: 200, seed: 1);
        Assert.Equal((37, 44, 200), (original.Lengths.Count, weak.Lengths.Count, better.Lengths.Count));
        Assert.Equal(1.201, original.MeanRatio, 0.0006);
        Assert.Equal(1.378, weak.MeanRatio, 0.0006);
        Assert.Equal(1.108, better.MeanRatio, 0.0006);
        Assert.Equal(200, original.Rested); // the others rest too, and are no tours
        Assert.True(new HopfieldTank().Run(tenCities, seed: 2).IsValid);
        Assert.False(new HopfieldTank().Run(tenCities, seed: 1).IsValid);
        Assert.True(HopfieldTank.RowsAndColumns.Run(tenCities, seed: 2).IsValid);
    }

    [Fact]
    public void Nearest_neighbour_is_7_percent_too_long_two_opt_not_at_all_and_a_random_order_more_than_70()
    {
        var optimum = HeldKarp.Solve(tenCities).Length;
        var nearest = Enumerable.Range(0, 10).Select(city => NearestNeighbourTour.From(tenCities, city)).ToArray();
        Assert.Equal(1.073, nearest.Average(tour => tour.Length) / optimum, 0.0006);
        Assert.All(nearest, tour => Assert.Equal(optimum, TwoOpt.Improve(tenCities, tour.Cities)[^1].Length, 1e-9));
        Assert.True(Enumerable.Range(0, 200).Average(seed => Tours.Length(tenCities, new RandomSource(seed).Permutation(10))) > 1.7 * optimum);
    }

    [Fact]
    public void Held_Karp_gives_the_published_optima_of_the_sets_that_ship()
    {
        Assert.Equal(3323, HeldKarp.Solve(Tours.Distances(TourCities.Burma14().ToMatrix())).Length);
        Assert.Equal(6859, HeldKarp.Solve(Tours.Distances(TourCities.Ulysses16().ToMatrix())).Length);
    }

    [RealDataFact("tsplib/burma14.tsp")]
    public void The_sets_that_ship_are_those_of_TSPLIB()
    {
        foreach (var shipped in new[] { TourCities.Burma14(), TourCities.Ulysses16() })
        {
            var original = TspLibReader.ReadCities(Path.Combine(RepositoryPaths.RealData!, $"tsplib/{shipped.Name}.tsp"));
            Assert.Equal(original.X, shipped.X);
            Assert.Equal(original.Y, shipped.Y);
            Assert.Equal(original.ToMatrix(), shipped.ToMatrix());
        }
    }

    [Fact]
    public void A_run_tells_the_state_after_each_update()
    {
        var crowded = HopfieldNetwork.Store(HopfieldPatterns.Random(60, 200, seed: 1));
        var start = HopfieldPatterns.Random(1, 200, seed: 5)[0];
        foreach (var update in Enum.GetValues<HopfieldUpdate>())
        {
            var run = crowded.Recall(start, update, seed: 4);
            Assert.Equal(start, run.StateAfter(0));
            Assert.Equal(run.State, run.StateAfter(run.Energies.Count - 1));
            for (var k = 0; k < run.Energies.Count; k += 37)
                Assert.Equal(crowded.Energy(run.StateAfter(k)), run.Energies[k], 1e-9);
            Assert.Throws<ArgumentOutOfRangeException>(() => run.StateAfter(run.Energies.Count));
        }
    }

    [Fact]
    public void Noise_and_recall_of_the_same_seed_do_not_share_their_order()
    {
        var pattern = HopfieldPatterns.Random(1, 256, seed: 1)[0];
        var noisy = HopfieldPatterns.Noisy(pattern, 0.3, seed: 1);
        var visited = HopfieldNetwork.Store([pattern]).Recall(noisy, seed: 1).Flips.Select(flip => flip.Update).ToArray();
        Assert.True(visited[^1] > 200, "All flipped units were visited first.");
    }

    private static int[] Draw(Func<int, int, bool> ink) => [.. Enumerable.Range(0, 256).Select(i => ink(i % 16, i / 16) ? +1 : -1)];
}
