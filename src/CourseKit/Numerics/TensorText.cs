using System.Globalization;
using System.Text;

namespace CourseKit;

/// <summary>Writes a tensor for people: shape first, then rows, long ones shortened in the middle.</summary>
internal static class TensorText
{
    private const int Edge = 4;

    public static string Format(Tensor tensor)
    {
        var text = new StringBuilder("Tensor ").Append(tensor.ShapeText).Append(' ');
        var position = 0;
        Append(text, tensor, 0, ref position);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Tensor tensor, int axis, ref int position)
    {
        if (axis == tensor.Rank)
        {
            text.Append(tensor.Data[position++].ToString("G5", CultureInfo.InvariantCulture));
            return;
        }

        var extent = tensor.Shape[axis];
        var stride = 1;
        foreach (var inner in tensor.Shape[(axis + 1)..])
            stride *= inner;

        text.Append('[');
        for (var i = 0; i < extent; i++)
        {
            if (i > 0)
                text.Append(", ");
            if (extent > 2 * Edge + 1 && i == Edge)
            {
                var skipped = extent - 2 * Edge;
                text.Append("\u2026, ");
                position += skipped * stride;
                i += skipped;
            }

            Append(text, tensor, axis + 1, ref position);
        }

        text.Append(']');
    }
}
