namespace CourseKit;

/// <summary>How many rows and columns of zeros are put around an image before a filter slides over it.</summary>
/// <param name="Top">Rows above.</param>
/// <param name="Bottom">Rows below.</param>
/// <param name="Left">Columns on the left.</param>
/// <param name="Right">Columns on the right.</param>
public readonly record struct Padding(int Top, int Bottom, int Left, int Right)
{
    /// <summary>No zeros: the narrow convolution, n - m + 1 outputs.</summary>
    public static Padding Narrow => default;

    /// <summary>As many zeros as leave the size of the image as it is, for a stride of 1; the odd one is below and right.</summary>
    /// <param name="rows">The kernel's rows.</param>
    /// <param name="columns">The kernel's columns; as its rows unless given.</param>
    public static Padding Same(int rows, int? columns = null)
    {
        var n = columns ?? rows;
        return new((rows - 1) / 2, rows / 2, (n - 1) / 2, n / 2);
    }

    /// <summary>Zeros wherever the kernel touches the image with one corner: the wide convolution, n + m - 1 outputs.</summary>
    /// <param name="rows">The kernel's rows.</param>
    /// <param name="columns">The kernel's columns; as its rows unless given.</param>
    public static Padding Wide(int rows, int? columns = null)
    {
        var n = columns ?? rows;
        return new(rows - 1, rows - 1, n - 1, n - 1);
    }

    /// <summary>The same number of zeros on all four sides.</summary>
    public static implicit operator Padding(int all) => new(all, all, all, all);
}
