using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>
/// A smooth random displacement for every pixel: uniform noise in [-1, 1), blurred by a normal bell of sigma pixels and scaled by alpha.
/// </summary>
/// <remarks>
/// The blur runs down the columns, the plane is turned, and it runs down the columns again: only long sums of rows, no inner loops. Beyond
/// the edges the noise is 0, so that displacements fade towards them.
/// Source: P. Y. Simard, D. Steinkraus and J. C. Platt, "Best practices for convolutional neural networks applied to visual document
/// analysis", ICDAR 2003, 958-962.
/// </remarks>
internal sealed class ElasticField
{
    private readonly int width;
    private readonly int height;
    private readonly int reach;
    private readonly float[] bell;
    private readonly float[] noise;
    private readonly float[] blurred;
    private readonly float[] turned;

    public ElasticField(int width, int height, double sigma)
    {
        (this.width, this.height, Sigma) = (width, height, sigma);
        reach = (int)Math.Ceiling(2.5 * sigma);
        bell = new float[2 * reach + 1];
        for (var i = 0; i < bell.Length; i++)
            bell[i] = (float)Math.Exp(-(i - reach) * (i - reach) / (2 * sigma * sigma));
        TensorPrimitives.Divide(bell, TensorPrimitives.Sum<float>(bell), bell);
        noise = new float[(width + 2 * reach) * height]; // rows are x here, columns y
        blurred = new float[width * height];
        turned = new float[(height + 2 * reach) * width];
    }

    public double Sigma { get; }

    public bool Fits(int width, int height, double sigma) => width == this.width && height == this.height && sigma == Sigma;

    /// <summary>Writes the displacement of each pixel, row by row.</summary>
    public void Fill(Span<float> field, float alpha, RandomSource random)
    {
        random.FillUniform(noise.AsSpan(reach * height, width * height), -1, 1);
        Blur(noise, blurred, height);
        for (var x = 0; x < width; x++)
            for (var y = 0; y < height; y++)
                turned[(reach + y) * width + x] = blurred[x * height + y];
        Blur(turned, field, width);
        TensorPrimitives.Multiply(field, alpha, field);
    }

    private void Blur(ReadOnlySpan<float> padded, Span<float> result, int stride)
    {
        result.Clear();
        for (var i = 0; i < bell.Length; i++)
            TensorPrimitives.MultiplyAdd(padded.Slice(i * stride, result.Length), bell[i], result, result);
    }
}
