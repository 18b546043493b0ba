using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.DotNet.Interactive.Formatting;

namespace CourseKit.Interactive.Tests;

public class ValueFormattersTests
{
    private static readonly Matrix<double> Large = Matrix<double>.Build.Dense(100, 3, (i, j) => i + j / 4.0);

    [Fact]
    public void The_values_of_the_course_are_shown_as_tables_and_as_text()
    {
        ValueFormatters.RegisterWithHost();
        var run = Perceptron.Train(Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2 }, { -1, -2 } }), [1, -1]);

        foreach (var value in (object[])[Tensor.From([1.5f, 2], 1, 2), Large, Large.Column(0), run])
        {
            Assert.StartsWith("<table", value.ToDisplayString("text/html"));
            Assert.DoesNotContain("<", value.ToDisplayString("text/plain"));
        }

        Assert.Equal(["text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(typeof(Tensor)));
        Assert.Contains("corrections K", run.ToDisplayString("text/html"));
    }

    [Fact]
    public void A_long_matrix_shows_its_first_and_last_rows()
    {
        var html = ValueFormatters.Html(Large);

        Assert.Contains("Matrix 100x3", html);
        Assert.Contains(">0.25<", html);
        Assert.Contains(">99.5<", html);
        Assert.DoesNotContain(">50.5<", html);
        Assert.Contains("\u22ee", html);
    }

    [Fact]
    public void A_tensor_of_pictures_shows_the_first_and_names_the_shape()
    {
        var html = ValueFormatters.Html(Tensor.From([1, 2, 3, 4, 5, 6, 7, 8], 2, 1, 2, 2));

        Assert.Contains("2x1x2x2", html);
        Assert.Contains(">4<", html);
        Assert.DoesNotContain(">5<", html);
        Assert.Contains("from 1 to 8", html);
    }

    [Fact]
    public void A_data_set_shows_what_it_holds_and_its_first_pictures()
    {
        ValueFormatters.RegisterWithHost();
        var digits = StrokeDigits.Generate(60, seed: 1);
        var html = digits.ToDisplayString("text/html");
        Assert.Contains("60, each 1 x 28 x 28", html);
        Assert.Contains($"3: {digits.ClassCounts[3]}", html);
        Assert.Contains("class=\"coursekit-figure\"", html);
        Assert.Equal(digits.ToString(), digits.ToDisplayString("text/plain"));

        var grid = DatasetView.Grid(digits)!;
        var picture = Assert.IsType<PictureTrace>(Assert.Single(grid.Traces));
        Assert.Contains(picture.Pixels, pixel => pixel is > 0 and < 255);
        Assert.Equal(digits.Labels[..40].Select(label => $"{label}"), grid.Marks.Cast<TextMark>().Select(mark => mark.Text)); // four rows of ten
    }

    [Fact]
    public void A_data_set_without_pictures_shows_its_first_numbers()
    {
        var html = DatasetView.Html(ToySets.Blobs(20, seed: 1, classes: 3, d: 4));
        Assert.DoesNotContain("coursekit-figure", html);
        Assert.Contains("20, each 4", html);
        Assert.Contains("coursekit-numbers", html);
        Assert.Contains("0, each", DatasetView.Html(StrokeDigits.Generate(0, seed: 1)));
    }

    [Fact]
    public void No_decimal_comma_whatever_the_locale()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Contains(">0.25<", ValueFormatters.Html(Large));
            Assert.DoesNotContain("0,25", Large.ToDisplayString("text/plain"));
            Assert.Contains(">1.5<", ValueFormatters.Html(Tensor.From([1.5f], 1)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
