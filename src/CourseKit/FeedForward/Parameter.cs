namespace CourseKit;

/// <summary>A tensor that is learned, with its gradient beside it: a layer's W or b.</summary>
public sealed class Parameter
{
    /// <summary>Names a parameter of the given value; the gradient starts at zero and has the same shape.</summary>
    /// <param name="name">The lecture's letter: <c>W</c>, <c>b</c>.</param>
    /// <param name="value">The start value, used, not copied.</param>
    /// <param name="isWeight">Whether the L2 term of (9) applies: to W, not to b.</param>
    public Parameter(string name, Tensor value, bool isWeight = true)
    {
        Name = name;
        Value = value;
        Gradient = new Tensor(value.Shape);
        IsWeight = isWeight;
    }

    /// <summary>The lecture's letter for it, unique within its layer.</summary>
    public string Name { get; }

    /// <summary>The value that forward passes use and optimisers change.</summary>
    public Tensor Value { get; }

    /// <summary>The gradient of the loss with respect to <see cref="Value"/>, written (not added to) by each backward pass.</summary>
    /// <remarks>A layer need not compute it while the parameter is frozen; then the last one stands.</remarks>
    public Tensor Gradient { get; }

    /// <summary>Whether the L2 term (lambda/2)||W||² of (9) counts it.</summary>
    public bool IsWeight { get; }

    /// <summary>A frozen parameter is left alone by optimisers.</summary>
    public bool IsFrozen { get; set; }
}
