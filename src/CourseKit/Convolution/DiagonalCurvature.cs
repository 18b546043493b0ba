using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>
/// How sharply the loss bends along each weight: h_k = d²E/dw_k², the mean over some examples, by a second backward pass that carries second
/// derivatives as the first one carries gradients.
/// </summary>
/// <remarks>
/// For z_i = sum_j w_ij x_j and x = f(z): d²E/dw_ij² = (d²E/dz_i²) x_j² and d²E/dz_j² = f'(z_j)² sum_i w_ij² d²E/dz_i². What shares a weight
/// is added up. Left out are f'' (the Gauss-Newton approximation, which makes h_k ≥ 0) and all mixed derivatives. Source: LeCun, Bottou,
/// Bengio and Haffner (1998), appendix C.
/// </remarks>
public static class DiagonalCurvature
{
    /// <summary>h for every parameter of the network.</summary>
    /// <param name="network">
    /// Of <see cref="Dense"/>, <see cref="Conv1D"/>, <see cref="Conv2D"/>, <see cref="Subsampling"/>, <see cref="RadialBasis"/>, pooling,
    /// activations, <see cref="Flatten"/>, <see cref="Reshape"/>, <see cref="Dropout"/>, <see cref="Residual"/> and networks of them.
    /// </param>
    /// <param name="loss"><see cref="HalfSquaredError"/>, <see cref="SoftmaxCrossEntropy"/> or <see cref="RadialBasisLoss"/>.</param>
    /// <param name="x">The examples' inputs, batch first; a few hundred are enough.</param>
    /// <returns>A tensor for each of the network's parameters, in their order and of their shapes.</returns>
    /// <exception cref="NotSupportedException">There is no rule for a layer, or for the loss; the message names it.</exception>
    /// <exception cref="ArgumentException">The shape of x does not fit the network, there is no example, or a number is not finite.</exception>
    public static IReadOnlyList<Tensor> Of(Network network, Loss loss, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(x);
        x.RequireShape("The inputs for the curvature", [-1, .. network.InputShape]);
        if (x.Shape[0] == 0)
            throw new ArgumentException("An empty batch given for the curvature; at least one example is expected.", nameof(x));
        Finiteness.Require(x, nameof(x));
        var found = new Dictionary<Parameter, Tensor>();
        var layers = loss is RadialBasisLoss ? BeforeDistances(network) : [.. network.Layers];
        var h = OfLoss(loss, layers.Aggregate(x, (a, layer) => layer.Forward(a)));
        TensorPrimitives.Multiply(h.Span, 1f / x.Shape[0], h.Span);
        Through(layers, x, h, found);
        return [.. network.Parameters.Select(parameter => found[parameter])];
    }

    /// <summary>d²E/dy² at each output of each example; for distances, at the point whose distances are taken.</summary>
    private static Tensor OfLoss(Loss loss, Tensor output)
    {
        var h = output.Clone();
        switch (loss)
        {
            case HalfSquaredError:
                h.Span.Fill(1);
                return h;
            case SoftmaxCrossEntropy: // -ln p bends by p (1 - p) along its own score
                h = new Softmax().Forward(h).Clone();
                foreach (ref var p in h.Span)
                    p *= 1 - p;
                return h;
            case RadialBasisLoss: // its pull alone, y_c = |x - w_c|²: far from all centres the whole is a difference of two distances, which does not bend
                h.Span.Fill(2);
                return h;
            default:
                throw new NotSupportedException($"There is no second derivative of {loss.GetType().Name} here; HalfSquaredError, SoftmaxCrossEntropy or RadialBasisLoss is expected.");
        }
    }

    private static Layer[] BeforeDistances(Network network) => network.Layers[^1] is RadialBasis { IsLearned: false }
        ? [.. network.Layers.SkipLast(1)]
        : throw new NotSupportedException($"RadialBasisLoss is expected behind a RadialBasis layer of fixed centres; the network ends in {network.Layers[^1]}.");

    /// <summary>Back through some layers: h of their output becomes h of their input x.</summary>
    private static Tensor Through(IReadOnlyList<Layer> layers, Tensor x, Tensor h, Dictionary<Parameter, Tensor> found)
    {
        var inputs = new Tensor[layers.Count];
        for (var (l, a) = (0, x); l < layers.Count; l++)
            (inputs[l], a) = (a, layers[l].Forward(a));
        for (var l = layers.Count - 1; l >= 0; l--)
            h = Through(layers[l], inputs[l], h, found);
        return h;
    }

    private static Tensor Through(Layer layer, Tensor x, Tensor h, Dictionary<Parameter, Tensor> found)
    {
        switch (layer)
        {
            case Dense dense:
                return Linear(dense, new Dense(Squares(dense.W.Value), new Tensor(dense.Outputs)), x, h, found);
            case Conv2D convolution:
                return Linear(convolution, convolution.With(Squares(convolution.W.Value)), x, h, found);
            case Conv1D convolution:
                return Linear(convolution, convolution.With(Squares(convolution.W.Value)), x, h, found);
            case Subsampling subsampling:
                return Means(subsampling, x, h, found);
            case RadialBasis units:
                return Distances(units, x, h, found);
            case Activation: // f'(z) twice
                return layer.Backward(layer.Backward(h).Clone()).Clone();
            case AveragePool pool:
                var spread = pool.Backward(h).Clone();
                TensorPrimitives.Multiply(spread.Span, 1f / (pool.Window.Rows * pool.Window.Columns), spread.Span);
                return spread;
            case MaxPool or Flatten or Reshape or Dropout: // outputs that are inputs
                return layer.Backward(h).Clone();
            case Residual block:
                var past = Through(block.Layers, x, h, found);
                TensorPrimitives.Add(past.Span, h.Span, past.Span);
                return past;
            case Network network:
                return Through(network.Layers, x, h, found);
            default:
                throw new NotSupportedException($"There is no rule to carry second derivatives through {layer}.");
        }
    }

    /// <summary>A layer of the squared weights, run on the squared inputs, has as gradients what is sought.</summary>
    private static Tensor Linear(Layer layer, Layer squared, Tensor x, Tensor h, Dictionary<Parameter, Tensor> found)
    {
        squared.Forward(Squares(x));
        var back = squared.Backward(h);
        foreach (var (own, square) in layer.Parameters.Zip(squared.Parameters))
            found[own] = square.Gradient;
        return back;
    }

    /// <summary>z = w down(x) + b: every pixel of a window counts w / window².</summary>
    private static Tensor Means(Subsampling layer, Tensor x, Tensor h, Dictionary<Parameter, Tensor> found)
    {
        var means = new Subsampling(layer.Maps, layer.Window);
        var down = means.Forward(x);
        var (ofW, ofB, scaled) = (new Tensor(layer.Maps), new Tensor(layer.Maps), new Tensor(h.Shape));
        var plane = h.Shape[2] * h.Shape[3];
        for (var i = 0; i < h.Count; i++)
        {
            var map = i / plane % layer.Maps;
            var w = layer.w.Value.Data[map];
            ofW.Data[map] += h.Data[i] * down.Data[i] * down.Data[i];
            ofB.Data[map] += h.Data[i];
            scaled.Data[i] = h.Data[i] * w * w / (layer.Window * layer.Window);
        }

        (found[layer.w], found[layer.b]) = (ofW, ofB);
        return means.Backward(scaled);
    }

    /// <summary>y_k = sum_i (x_i - w_ki)²: the slope along x_i is 2 (x_i - w_ki), and the opposite along w_ki.</summary>
    private static Tensor Distances(RadialBasis layer, Tensor x, Tensor h, Dictionary<Parameter, Tensor> found)
    {
        var (W, back) = (layer.W.Value, new Tensor(x.Shape));
        var (classes, d, ofW) = (W.Shape[0], W.Shape[1], new Tensor(W.Shape));
        for (var n = 0; n < x.Shape[0]; n++)
            for (var k = 0; k < classes; k++)
                for (var i = 0; i < d; i++)
                {
                    var slope = 2 * (x.Data[n * d + i] - W.Data[k * d + i]);
                    back.Data[n * d + i] += slope * slope * h.Data[n * classes + k];
                    ofW.Data[k * d + i] += slope * slope * h.Data[n * classes + k];
                }

        if (layer.IsLearned)
            found[layer.W] = ofW;
        return back;
    }

    private static Tensor Squares(Tensor tensor)
    {
        var squares = tensor.Clone();
        TensorPrimitives.Multiply(squares.Span, squares.Span, squares.Span);
        return squares;
    }
}
