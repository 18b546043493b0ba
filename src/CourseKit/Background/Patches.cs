namespace CourseKit;

/// <summary>Small squares cut out of images: what a cell early in the visual system gets to see.</summary>
public static class Patches
{
    /// <summary>Cuts out squares at random places of random images, and takes from each its own mean brightness.</summary>
    /// <param name="images">N x 1 x H x W.</param>
    /// <param name="size">Pixels a side; at most H and W, at least 2.</param>
    /// <param name="count">How many squares; at least 1.</param>
    /// <param name="seed">The seed of the places.</param>
    /// <returns>count x (size x size), row by row. Squares of one shade hold nothing to learn from and are drawn again.</returns>
    /// <exception cref="ArgumentException">
    /// The shape is another one, the size does not fit, a pixel is not finite, or the images hold only one shade.
    /// </exception>
    public static Tensor Sample(Tensor images, int size, int count, int seed)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        images.RequireShape("The images of Patches", -1, 1, -1, -1);
        var (number, height, width) = (images.Shape[0], images.Shape[2], images.Shape[3]);
        if (number == 0 || size < 2 || size > height || size > width)
            throw new ArgumentException($"Squares of {size}x{size} cannot be cut out of {images.ShapeText} images.", nameof(size));
        Finiteness.Require(images, nameof(images));
        var random = new Random(seed);
        var result = new Tensor(count, size * size);
        var drawn = 0L;
        for (var n = 0; n < count;)
        {
            var patch = result.Data.AsSpan(n * size * size, size * size);
            Cut(images, random.Next(number), random.Next(height - size + 1), random.Next(width - size + 1), size, patch);
            if (RemoveMean(patch))
                n++;
            else if (++drawn > 1000L * count)
                throw new ArgumentException("The images hold hardly any square that is not of one shade.", nameof(images));
        }

        return result;
    }

    /// <summary>Copies the square whose upper left corner is (top, left) of one image.</summary>
    internal static void Cut(Tensor images, int image, int top, int left, int size, Span<float> patch)
    {
        var (height, width) = (images.Shape[2], images.Shape[3]);
        for (var y = 0; y < size; y++)
            images.Data.AsSpan((image * height + top + y) * width + left, size).CopyTo(patch[(y * size)..]);
    }

    private static bool RemoveMean(Span<float> patch)
    {
        var mean = System.Numerics.Tensors.TensorPrimitives.Sum<float>(patch) / patch.Length;
        System.Numerics.Tensors.TensorPrimitives.Subtract(patch, mean, patch);
        return System.Numerics.Tensors.TensorPrimitives.MaxMagnitude<float>(patch) is > 1e-5f or < -1e-5f;
    }
}
