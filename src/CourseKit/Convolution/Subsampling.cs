namespace CourseKit;

/// <summary>
/// The subsampling layer with something to learn, formula (23): X^(l+1) = f(w down(X^(l)) + b), where down is the mean of each window and
/// every map has one weight w and one bias b. This layer gives what f is taken of; an activation stands behind it.
/// </summary>
/// <remarks>
/// Windows do not overlap and cover the map. S2 and S4 of LeNet-5 are such layers; the paper adds up the four pixels instead of averaging
/// them, which its weight makes up for. Source: LeCun, Bottou, Bengio and Haffner (1998), section II.B.
/// </remarks>
public sealed class Subsampling : Layer
{
    private readonly TensorBuffer outputs = new();
    private readonly TensorBuffer means = new();
    private readonly TensorBuffer inputGradients = new();
    private Tensor? input;
    private Tensor? output;
    private Tensor? down;
    private float[] sums = [];

    /// <summary>A layer of all weights 1 and all biases 0: plain averages, until it learns.</summary>
    /// <param name="maps">How many maps there are.</param>
    /// <param name="window">Rows and columns of a window.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    public Subsampling(int maps, int window = 2)
        : this(Ones(maps), new Tensor(maps), window)
    {
    }

    /// <summary>A layer of given weights and biases; the tensors are used, not copied.</summary>
    /// <param name="w">A weight each map.</param>
    /// <param name="b">A bias each map.</param>
    /// <param name="window">Rows and columns of a window.</param>
    /// <exception cref="ArgumentException">The shapes do not fit together; the message names both.</exception>
    public Subsampling(Tensor w, Tensor b, int window = 2)
    {
        ArgumentNullException.ThrowIfNull(w);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        w.RequireShape("w of Subsampling", -1);
        b.RequireShape("b of Subsampling", w.Shape);
        (Maps, Window) = (w.Count, window);
        this.w = new Parameter("w", w);
        this.b = new Parameter("b", b, isWeight: false);
        Parameters = [this.w, this.b];
    }

    /// <summary>How many maps go in and come out.</summary>
    public int Maps { get; }

    /// <summary>Rows and columns of a window.</summary>
    public int Window { get; }

    /// <summary>The weights, one a map.</summary>
    public Parameter w { get; }

    /// <summary>The biases, one a map.</summary>
    public Parameter b { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    internal override bool IsByExample => true;

    /// <inheritdoc/>
    public override int[] OutputShape(ReadOnlySpan<int> inputShape)
    {
        if (inputShape.Length != 3 || inputShape[0] != Maps)
            throw new ArgumentException($"Subsampling takes {Maps} maps of rows x columns; an example of shape {Tensor.Describe(inputShape)} was given.");
        if (inputShape[1] % Window != 0 || inputShape[2] % Window != 0 || inputShape[1] * inputShape[2] == 0)
            throw new ArgumentException($"Subsampling: windows of {Window}x{Window} do not cover a map of {inputShape[1]}x{inputShape[2]}; multiples of {Window} are expected.");
        return [Maps, inputShape[1] / Window, inputShape[2] / Window];
    }

    /// <summary>(23) without f: z = w down(x) + b, map by map.</summary>
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, bool training = false)
    {
        if (input.Rank != 4 || input.Shape[1] != Maps || input.Shape[0] == 0)
            throw new ArgumentException($"The input of Subsampling: shape {input.ShapeText} given, Nx{Maps}xHxW with at least one example expected.");
        var (height, width) = (input.Shape[2], input.Shape[3]);
        if (height % Window != 0 || width % Window != 0)
            OutputShape(input.Shape[1..]);
        this.input = input;
        output = outputs.Get(input.Shape[0], Maps, height / Window, width / Window);
        down = means.Get(output.Shape);
        var work = new ForwardWork(this);
        Workers.Run(ref work, input.Shape[0] * Maps, 1, 6L * input.Count);
        return output;
    }

    /// <summary>
    /// With the error terms δ: dJ/dw = the sum of δ ⊙ down(x), dJ/db = the sum of δ, over all places of a map; dJ/dx = w δ / (window²) for
    /// every pixel of the window.
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient)
    {
        if (input is null || output is null)
            throw new InvalidOperationException("Subsampling has no forward pass to go back through: call Forward first.");
        if (!outputGradient.HasShape(output.Shape))
            outputGradient.RequireShape("The output gradient of Subsampling", output.Shape);
        var inputGradient = inputGradients.Get(input.Shape);
        var planes = input.Shape[0] * Maps;
        if (sums.Length < 2 * planes)
            sums = new float[2 * planes];
        var work = new BackwardWork(this, outputGradient, inputGradient);
        Workers.Run(ref work, planes, 1, 10L * input.Count);
        w.Gradient.Span.Clear();
        b.Gradient.Span.Clear();
        for (var plane = 0; plane < planes; plane++)
        {
            w.Gradient.Data[plane % Maps] += sums[2 * plane];
            b.Gradient.Data[plane % Maps] += sums[2 * plane + 1];
        }

        return inputGradient;
    }

    /// <summary>Weights 1 and biases 0, whatever the distribution: there is nothing to break the symmetry of, each map has its own.</summary>
    /// <inheritdoc/>
    public override void Initialise(Initialisation initialisation, RandomSource random)
    {
        w.Value.Span.Fill(1);
        b.Value.Span.Clear();
    }

    /// <summary>Every output: the pixels of its window, and the bias.</summary>
    /// <inheritdoc/>
    public override long ConnectionCount(ReadOnlySpan<int> inputShape) => OutputShape(inputShape) is var o ? (long)o[0] * o[1] * o[2] * (Window * Window + 1) : 0;

    /// <inheritdoc/>
    public override string ToString() => $"Subsampling {Window}x{Window}";

    private static Tensor Ones(int maps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maps, 1);
        var w = new Tensor(maps);
        w.Span.Fill(1);
        return w;
    }

    private readonly struct ForwardWork(Subsampling layer) : IRangeWork
    {
        public unsafe void Run(int from, int to)
        {
            var (height, width, size) = (layer.input!.Shape[2], layer.input.Shape[3], layer.Window);
            var plane = height * width / (size * size);
            fixed (float* x = layer.input.Data, d = layer.down!.Data, y = layer.output!.Data)
                for (var p = from; p < to; p++)
                {
                    var means = d + p * plane;
                    WindowMeans.Compute(x + p * height * width, height, width, size, means);
                    var (w, b) = (layer.w.Value.Data[p % layer.Maps], layer.b.Value.Data[p % layer.Maps]);
                    WindowMeans.Affine(means, plane, w, b, y + p * plane);
                }
        }
    }

    private readonly struct BackwardWork(Subsampling layer, Tensor gradient, Tensor inputGradient) : IRangeWork
    {
        public unsafe void Run(int from, int to)
        {
            var (height, width, size) = (layer.input!.Shape[2], layer.input.Shape[3], layer.Window);
            var plane = height * width / (size * size);
            fixed (float* g = gradient.Data, gx = inputGradient.Data)
                for (var p = from; p < to; p++)
                {
                    var delta = gradient.Data.AsSpan(p * plane, plane);
                    layer.sums[2 * p] = System.Numerics.Tensors.TensorPrimitives.Dot<float>(delta, layer.down!.Data.AsSpan(p * plane, plane));
                    layer.sums[2 * p + 1] = System.Numerics.Tensors.TensorPrimitives.Sum<float>(delta);
                    WindowMeans.Spread(g + p * plane, height, width, size, layer.w.Value.Data[p % layer.Maps] / (size * size), gx + p * height * width);
                }
        }
    }
}
