namespace CourseKit.Tests.Autoencoders;

/// <summary>What a unit looks for, and what it can tell.</summary>
public class UnitTests
{
    [Fact]
    public void The_optimal_stimulus_of_one_sigmoid_unit_is_its_weights_normalised()
    {
        var dense = new Dense(20, 3);
        dense.Initialise(Initialisation.XavierUniform, new RandomSource(1));
        var found = OptimalStimulus.Find(new Network(20, dense, new Sigmoid()), unit: 1, length: 3, seed: 1);
        var w = dense.W.Value.ToMatrix().Row(1);
        var x = found.Input.ToMatrix().Row(0);
        Assert.True((x - 3 * w / w.L2Norm()).L2Norm() < 0.01, $"{(x - 3 * w / w.L2Norm()).L2Norm()}");
        Assert.Equal(1 / (1 + Math.Exp(-3 * w.L2Norm())), found.Response, 1e-4);
        Assert.Equal(201, found.Responses.Count);
        Assert.True(found.Responses[0] < found.Response);
        var least = OptimalStimulus.Find(new Network(20, dense, new Sigmoid()), unit: 1, length: 3, seed: 1, silence: true);
        Assert.True((least.Input.ToMatrix().Row(0) + 3 * w / w.L2Norm()).L2Norm() < 0.01);
    }

    [Fact]
    public void A_stimulus_stays_in_its_range_and_ball_and_no_nearby_input_is_better()
    {
        var network = new Network(16, new Dense(16, 10), new Tanh(), new Dense(10, 4)).Initialise(Initialisation.XavierUniform, 2);
        var found = OptimalStimulus.Find(network, unit: 2, length: 2, seed: 1, range: (0, 1));
        Assert.All(found.Input.Data, pixel => Assert.InRange(pixel, 0, 1));
        Assert.True(found.Input.ToMatrix().Row(0).L2Norm() < 2.0001);
        var random = new RandomSource(1);
        for (var trial = 0; trial < 200; trial++)
        {
            var other = found.Input.Clone();
            for (var j = 0; j < 16; j++)
                other.Data[j] = Math.Clamp(other.Data[j] + 0.1f * (float)random.NextNormal(), 0, 1);
            var scale = Math.Min(1, 2 / (float)other.ToMatrix().Row(0).L2Norm());
            for (var j = 0; j < 16; j++)
                other.Data[j] *= scale;
            Assert.True(network.Forward(other)[0, 2] < found.Response + 1e-3);
        }
    }

    [Fact]
    public void The_best_unit_and_its_threshold_are_found()
    {
        var random = new RandomSource(1);
        var activations = new Tensor(300, 5);
        random.FillUniform(activations.Span);
        int[] labels = [.. Enumerable.Range(0, 300).Select(n => n % 3)];
        for (var n = 0; n < 300; n++)
            activations[n, 3] = labels[n] == 2 ? 0.2f + 0.0001f * n : 0.5f + 0.001f * n; // below for the class
        var unit = SelectiveUnit.Find(activations, labels, 2);
        Assert.Equal((3, false, 1.0), (unit.Unit, unit.IsAbove, unit.BalancedAccuracy));
        Assert.InRange(unit.Threshold, 0.23, 0.5);
        Assert.Equal(1, unit.AccuracyOn(activations, labels, 2));
        var noise = new Tensor(300, 5);
        random.FillUniform(noise.Span);
        Assert.InRange(unit.AccuracyOn(noise, labels, 2), 0.4, 0.6);
        Assert.Equal(unit.BalancedAccuracy, SelectiveUnit.Find(activations, [.. labels.Select(label => label == 2 ? 0 : 1)], 0).BalancedAccuracy);
    }

    [Fact]
    public void The_units_of_all_classes_are_those_of_each()
    {
        var activations = new Tensor(200, 7);
        new RandomSource(1).FillNormal(activations.Span);
        for (var i = 0; i < activations.Count; i++)
            activations.Data[i] = MathF.Round(2 * activations.Data[i]); // many are equal
        int[] labels = [.. Enumerable.Range(0, 200).Select(n => n % 7 % 3)];
        Assert.Equal(Enumerable.Range(0, 3).Select(wanted => SelectiveUnit.Find(activations, labels, wanted)), SelectiveUnit.FindEach(activations, labels, 3));
        Assert.Contains("0 of 200 are of that class", Assert.Throws<ArgumentException>(() => SelectiveUnit.FindEach(activations, labels, 4)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => SelectiveUnit.FindEach(activations, labels, 1));
    }

    [Fact]
    public void The_accuracy_is_that_of_counting()
    {
        var activations = Tensor.From([0.1f, 0.4f, 0.35f, 0.8f, 0.6f], 5, 1);
        int[] labels = [0, 0, 1, 1, 1];
        var unit = SelectiveUnit.Find(activations, labels, 1);
        // above 0.2: all three of class 1 and one of two others; above 0.5: two of three and no other
        Assert.Equal((0, true), (unit.Unit, unit.IsAbove));
        Assert.Equal(0.5 * 2 / 3 + 0.5, unit.BalancedAccuracy, 1e-12);
        Assert.Equal(0.5, unit.Threshold, 1e-6);
        Assert.Equal(unit.BalancedAccuracy, unit.AccuracyOn(activations, labels, 1), 1e-12);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_given_and_what_is_expected()
    {
        void Refused(string part, Action action) => Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(action).Message);
        var network = new Network(4, new Dense(4, 2), new ReLU());
        Refused("units 0 \u2026 1", () => OptimalStimulus.Find(network, 2, 1, 1));
        Refused("finite number above 0", () => OptimalStimulus.Find(network, 0, 0, 1));
        Refused("lower end", () => OptimalStimulus.Find(network, 0, 1, 1, range: (1, 0)));
        foreach (var range in new[] { (0.5f, 1f), (-1, -0.5f), (float.NegativeInfinity, 0), (0, float.PositiveInfinity) })
            Refused("holds 0", () => OptimalStimulus.Find(network, 0, 1, 1, range: range));
        Assert.Contains("Unit 0 answers the same", Assert.Throws<InvalidOperationException>(() => OptimalStimulus.Find(network, 0, 1, 1)).Message);
        Refused("shape 2x2 given, 3xN expected", () => SelectiveUnit.Find(new Tensor(2, 2), [0, 1, 1], 1));
        Refused("0 of 2 are of that class", () => SelectiveUnit.Find(new Tensor(2, 2), [0, 1], 3));
    }
}
