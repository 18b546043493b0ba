namespace CourseKit;

/// <summary>
/// Compares a backward rule with finite differences of its forward rule, dJ/dθ ≈ (J(θ + h) - J(θ - h)) / 2h: for a layer, a loss or a
/// network of one's own.
/// </summary>
/// <remarks>
/// J is summed up in double precision, and differences of several h are combined (<see cref="FiniteDifference"/>), so that gradients
/// of single-precision layers can be told right from wrong to a thousandth of the largest gradient and mostly far better. Large tensors
/// are looked at in a random choice of their entries.
/// </remarks>
public static class GradientCheck
{
    private const int MostEntries = 200;

    /// <summary>Checks a layer on random inputs, with random parameters; its own are put back.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="inputShape">One example's shape, without the batch.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    /// <param name="batch">How many examples, at least 1.</param>
    /// <param name="training">Whether the layer is run as in training.</param>
    /// <param name="tolerance">The largest difference that passes, as a share of the tensor's largest gradient; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no example, or the tolerance is not above 0.</exception>
    public static GradientCheckResult Layer(
        Layer layer, ReadOnlySpan<int> inputShape, int seed, int batch = 3, bool training = false, double tolerance = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        var random = new RandomSource(seed);
        var input = new Tensor([batch, .. inputShape]);
        random.FillNormal(input.Span);
        Parameter[] learned = [.. layer.Parameters.Where(parameter => !parameter.IsFrozen)]; // a frozen one's gradient need not be written
        Tensor[] touched = [.. learned.Select(parameter => parameter.Value), .. layer.State.Select(state => state.Value)];
        float[][] own = [.. touched.Select(value => value.Data.ToArray())];
        try
        {
            return Check(layer, input, learned, random, training, tolerance);
        }
        finally
        {
            foreach (var (value, numbers) in touched.Zip(own))
                numbers.CopyTo(value.Data, 0);
        }
    }

    private static GradientCheckResult Check(Layer layer, Tensor input, Parameter[] learned, RandomSource random, bool training, double tolerance)
    {
        foreach (var parameter in learned)
            random.FillNormal(parameter.Value.Span, 0, 0.5f);

        var output = layer.Forward(input, training);
        var upstream = new Tensor(output.Shape); // J = sum of output times upstream, so that dJ/d(output) is upstream; and the layer's own part
        random.FillNormal(upstream.Span);
        double J() => Dot(layer.Forward(input, training), upstream) + layer.Penalty;

        var checker = new GradientChecker(J, random.Fork(1), tolerance, MostEntries);
        Spoil(learned);
        checker.Add("input", input, layer.Backward(upstream.Clone())); // J keeps its own: a rule may write over what it is handed
        foreach (var parameter in learned)
            checker.Add(parameter.Name, parameter.Value, parameter.Gradient);
        Spoil(learned);
        layer.BackwardParameters(upstream.Clone());
        foreach (var parameter in learned)
            checker.Add($"{parameter.Name} (BackwardParameters)", parameter.Value, parameter.Gradient);
        return checker.Run(layer.ToString());
    }

    /// <summary>Checks a loss at given outputs and targets.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="output">The outputs at which the gradient is taken.</param>
    /// <param name="target">The targets.</param>
    /// <param name="tolerance">The largest difference that passes, as a share of the largest gradient.</param>
    public static GradientCheckResult Loss(Loss loss, Tensor output, Tensor target, double tolerance = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(loss);
        var y = output.Clone();
        return CheckLoss(loss, y, () => loss.Forward(y, target), tolerance);
    }

    /// <summary>Checks a loss at given outputs and class labels.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="output">The outputs at which the gradient is taken.</param>
    /// <param name="labels">The classes.</param>
    /// <param name="tolerance">The largest difference that passes, as a share of the largest gradient.</param>
    public static GradientCheckResult Loss(Loss loss, Tensor output, int[] labels, double tolerance = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(loss);
        var y = output.Clone();
        return CheckLoss(loss, y, () => loss.Forward(y, labels), tolerance);
    }

    /// <summary>Checks a loss at random outputs between 0 and 1, with targets that sum to 1: both suit every loss.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="outputShape">The outputs' shape, the batch first.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    /// <param name="tolerance">The largest difference that passes, as a share of the largest gradient.</param>
    public static GradientCheckResult Loss(Loss loss, ReadOnlySpan<int> outputShape, int seed, double tolerance = 1e-3)
    {
        var random = new RandomSource(seed);
        var (output, target) = (new Tensor(outputShape), new Tensor(outputShape));
        random.FillUniform(output.Span, 0.2f, 0.8f);
        random.FillNormal(target.Span);
        Softmax.Rows(target, target);
        return Loss(loss, output, target, tolerance);
    }

    /// <summary>Checks dJ/dW and dJ/db of a network and a loss, with the L2 term, at the network's present weights.</summary>
    /// <param name="objective">J.</param>
    /// <param name="x">The inputs, an example a row.</param>
    /// <param name="target">The targets.</param>
    /// <param name="tolerance">The largest difference that passes, as a share of the tensor's largest gradient.</param>
    public static GradientCheckResult Network(Objective objective, Tensor x, Tensor target, double tolerance = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return CheckNetwork(objective, () => objective.Forward(x, target, training: false), tolerance);
    }

    /// <summary>Checks dJ/dW and dJ/db of a network and a loss, with the L2 term, at the network's present weights.</summary>
    /// <param name="objective">J.</param>
    /// <param name="x">The inputs, an example a row.</param>
    /// <param name="labels">The classes.</param>
    /// <param name="tolerance">The largest difference that passes, as a share of the tensor's largest gradient.</param>
    public static GradientCheckResult Network(Objective objective, Tensor x, int[] labels, double tolerance = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return CheckNetwork(objective, () => objective.Forward(x, labels, training: false), tolerance);
    }

    private static GradientCheckResult CheckLoss(Loss loss, Tensor y, Func<double> J, double tolerance)
    {
        J();
        var checker = new GradientChecker(J, new RandomSource(1), tolerance, MostEntries);
        checker.Add("output", y, loss.Backward());
        return checker.Run(loss.GetType().Name);
    }

    private static GradientCheckResult CheckNetwork(Objective objective, Func<double> J, double tolerance)
    {
        J();
        Spoil(objective.Network.Parameters);
        objective.Backward();
        var checker = new GradientChecker(J, new RandomSource(1), tolerance, MostEntries);
        foreach (var (name, parameter) in objective.Network.NamedParameters)
            if (!parameter.IsFrozen)
                checker.Add(name, parameter.Value, parameter.Gradient);
        return checker.Run($"Network of {objective.Network.Layers.Count} layers with {objective.Loss.GetType().Name}");
    }

    /// <summary>A backward pass must write every gradient: what it leaves out stays not a number, and is noticed.</summary>
    private static void Spoil(IReadOnlyList<Parameter> parameters)
    {
        foreach (var parameter in parameters)
            if (!parameter.IsFrozen)
                parameter.Gradient.Span.Fill(float.NaN);
    }

    private static double Dot(Tensor a, Tensor b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Count; i++)
            sum += (double)a.Data[i] * b.Data[i];
        return sum;
    }
}
