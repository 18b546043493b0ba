using System.Globalization;

namespace CourseKit;

/// <summary>The distribution that a layer's weights are drawn from before training; biases start at zero.</summary>
/// <remarks>
/// A weight's variance is chosen so that activations, and the error terms on their way back, neither grow nor shrink from layer to
/// layer. fan-in is how many inputs one unit sums, fan-out how many units one input feeds.
/// Sources: Y. LeCun, L. Bottou, G. Orr, K.-R. Müller, "Efficient BackProp" (1998), section 4.6; X. Glorot and Y. Bengio, AISTATS 2010,
/// formulas 12 and 16; K. He, X. Zhang, S. Ren, J. Sun, ICCV 2015, formula 10.
/// </remarks>
public sealed class Initialisation
{
    private readonly string name;
    private readonly Func<int, int, double> variance;
    private readonly bool isNormal;

    private Initialisation(string name, Func<int, int, double> variance, bool isNormal)
    {
        this.name = name;
        this.variance = variance;
        this.isNormal = isNormal;
    }

    /// <summary>All weights zero: every hidden unit of a layer then learns the same. For layers without hidden units behind them.</summary>
    public static Initialisation Zeros { get; } = new("zeros", (_, _) => 0, false);

    /// <summary>Uniform within ±sqrt(6 / (fan-in + fan-out)): variance 2 / (fan-in + fan-out). For sigmoid and tanh.</summary>
    public static Initialisation XavierUniform { get; } = new("Xavier, uniform", (i, o) => 2.0 / (i + o), false);

    /// <summary>Normal with variance 2 / (fan-in + fan-out). For sigmoid and tanh.</summary>
    public static Initialisation XavierNormal { get; } = new("Xavier, normal", (i, o) => 2.0 / (i + o), true);

    /// <summary>Uniform within ±sqrt(6 / fan-in): variance 2 / fan-in. For ReLU, which silences half of its inputs.</summary>
    public static Initialisation HeUniform { get; } = new("He, uniform", (i, _) => 2.0 / i, false);

    /// <summary>Normal with variance 2 / fan-in. For ReLU.</summary>
    public static Initialisation HeNormal { get; } = new("He, normal", (i, _) => 2.0 / i, true);

    /// <summary>Uniform within ±sqrt(3 / fan-in): variance 1 / fan-in. For LeCun's scaled tanh.</summary>
    public static Initialisation LeCunUniform { get; } = new("LeCun, uniform", (i, _) => 1.0 / i, false);

    /// <summary>Normal with variance 1 / fan-in. For LeCun's scaled tanh.</summary>
    public static Initialisation LeCunNormal { get; } = new("LeCun, normal", (i, _) => 1.0 / i, true);

    /// <summary>Uniform within ±limit, whatever the layer's size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative or not finite.</exception>
    public static Initialisation Uniform(double limit)
    {
        RequireSize(limit);
        return new(string.Create(CultureInfo.InvariantCulture, $"uniform ±{limit}"), (_, _) => limit * limit / 3, false);
    }

    /// <summary>Normal with this standard deviation, whatever the layer's size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is negative or not finite.</exception>
    public static Initialisation Normal(double deviation)
    {
        RequireSize(deviation);
        return new(string.Create(CultureInfo.InvariantCulture, $"normal, deviation {deviation}"), (_, _) => deviation * deviation, true);
    }

    /// <summary>Draws a layer's weights, in the order of the block.</summary>
    /// <param name="weights">What is written.</param>
    /// <param name="fanIn">How many inputs one unit sums.</param>
    /// <param name="fanOut">How many units one input feeds.</param>
    /// <param name="random">The stream they are drawn from.</param>
    public void Fill(Span<float> weights, int fanIn, int fanOut, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(fanIn, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(fanOut, 1);
        var v = variance(fanIn, fanOut);
        if (v == 0)
            weights.Clear();
        else if (isNormal)
            random.FillNormal(weights, 0, (float)Math.Sqrt(v));
        else
            random.FillUniform(weights, -(float)Math.Sqrt(3 * v), (float)Math.Sqrt(3 * v));
    }

    /// <summary>The distribution's name.</summary>
    public override string ToString() => name;

    private static void RequireSize(double size)
    {
        if (!(size >= 0) || !double.IsFinite(size))
            throw new ArgumentOutOfRangeException(nameof(size), size, "The spread of start weights is a finite number, not negative.");
    }
}
