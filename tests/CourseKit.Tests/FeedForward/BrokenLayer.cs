namespace CourseKit.Tests.FeedForward;

/// <summary>A way to get a backward rule wrong.</summary>
public enum Mistake
{
    None,

    /// <summary>The gradient with respect to the input is scaled, has its sign turned, or is zero.</summary>
    InputScaled,
    InputTurned,
    InputZero,

    /// <summary>Likewise for every parameter.</summary>
    ParametersScaled,
    ParametersTurned,
    ParametersZero,

    /// <summary>Parameters' gradients are added to what was there, or left unwritten.</summary>
    ParametersAdded,
    ParametersForgotten,

    /// <summary>Only one entry is wrong, by a tenth.</summary>
    OneInputEntry,
    OneParameterEntry,

    /// <summary>Only the pass without the input's gradient is wrong.</summary>
    ShortPassZero,
}

/// <summary>A layer whose forward rule is another's, and whose backward rule is that one's with a mistake.</summary>
internal sealed class BrokenLayer(Layer right, Mistake mistake) : Layer
{
    public override IReadOnlyList<Parameter> Parameters => right.Parameters;

    public override double Penalty => right.Penalty;

    public override int[] OutputShape(ReadOnlySpan<int> inputShape) => right.OutputShape(inputShape);

    public override Tensor Forward(Tensor input, bool training = false) => right.Forward(input, training);

    public override Tensor Backward(Tensor outputGradient)
    {
        var before = Parameters.Select(parameter => parameter.Gradient.Clone()).ToArray();
        var gradient = right.Backward(outputGradient);
        BreakParameters(before);
        switch (mistake)
        {
            case Mistake.InputScaled: Scale(gradient, 1.05f); break;
            case Mistake.InputTurned: Scale(gradient, -1); break;
            case Mistake.InputZero: Scale(gradient, 0); break;
            case Mistake.OneInputEntry: BreakLargest(gradient); break;
        }

        return gradient;
    }

    public override void BackwardParameters(Tensor outputGradient)
    {
        var before = Parameters.Select(parameter => parameter.Gradient.Clone()).ToArray();
        right.BackwardParameters(outputGradient);
        BreakParameters(before);
        if (mistake == Mistake.ShortPassZero)
            foreach (var parameter in Parameters)
                Scale(parameter.Gradient, 0);
    }

    private void BreakParameters(Tensor[] before)
    {
        foreach (var (parameter, old) in Parameters.Zip(before))
            switch (mistake)
            {
                case Mistake.ParametersScaled: Scale(parameter.Gradient, 1.05f); break;
                case Mistake.ParametersTurned: Scale(parameter.Gradient, -1); break;
                case Mistake.ParametersZero: Scale(parameter.Gradient, 0); break;
                case Mistake.ParametersForgotten: old.Data.CopyTo(parameter.Gradient.Data, 0); break;
                case Mistake.OneParameterEntry: BreakLargest(parameter.Gradient); break;
                case Mistake.ParametersAdded:
                    for (var i = 0; i < old.Count; i++)
                        parameter.Gradient.Data[i] += old.Data[i];
                    break;
            }
    }

    private static void Scale(Tensor tensor, float factor)
    {
        for (var i = 0; i < tensor.Count; i++)
            tensor.Data[i] *= factor;
    }

    private static void BreakLargest(Tensor tensor)
    {
        var largest = Enumerable.Range(0, tensor.Count).MaxBy(i => Math.Abs(tensor.Data[i]));
        tensor.Data[largest] *= 1.1f;
    }
}
