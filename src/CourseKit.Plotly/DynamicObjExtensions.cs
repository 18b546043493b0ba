using System.Globalization;
using DynamicObj;
using Microsoft.FSharp.Core;
using Plotly.NET;

namespace CourseKit.Plotly;

/// <summary>Short ways to fill Plotly.NET's objects, whose own setters take F# options.</summary>
internal static class DynamicObjExtensions
{
    /// <summary>Arrays of at least this many numbers travel as base64, which is shorter than their digits.</summary>
    private const int EncodeFrom = 24;

    /// <summary>Sets the members whose values are not null.</summary>
    public static T With<T>(this T target, params ReadOnlySpan<(string Name, object? Value)> members)
        where T : DynamicObj.DynamicObj
    {
        foreach (var (name, value) in members)
            if (value is not null)
                target.SetProperty(name, value);
        return target;
    }

    /// <summary>Numbers as plotly.js reads them: short lists as digits (a gap for what is not finite), long ones as base64.</summary>
    public static object Encoded(this IReadOnlyList<double> values)
    {
        if (values.Count < EncodeFrom)
            return values.Select(value => double.IsFinite(value) ? value : (double?)null).ToArray();
        return EncodedTypedArray.ofFloat64Array([.. values.Select(value => double.IsFinite(value) ? value : double.NaN)], FSharpOption<IEnumerable<int>>.None);
    }

    /// <summary>A field of numbers. Single precision: colours and heights on a screen show no more.</summary>
    public static object Encoded(this IReadOnlyList<double> values, int rows, int columns) =>
        EncodedTypedArray.ofFloat32Array([.. values.Select(value => double.IsFinite(value) ? (float)value : float.NaN)], Shape(rows, columns));

    /// <summary>A field of bytes.</summary>
    public static object Encoded(this byte[] values, int rows, int columns) => EncodedTypedArray.ofUInt8Array(values, Shape(rows, columns));

    /// <summary>An axis's or a scene's name in plotly: nothing, 2, 3, ... behind the prefix.</summary>
    public static string AxisId(string prefix, int panel) => panel == 0 ? prefix : prefix + (panel + 1).ToString(CultureInfo.InvariantCulture);

    private static FSharpOption<IEnumerable<int>> Shape(int rows, int columns) => FSharpOption<IEnumerable<int>>.Some([rows, columns]);
}
