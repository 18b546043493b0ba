using CourseKit.Testing;

namespace CourseKit.Notebooks.Tests.Background;

/// <summary>The claims of the sections "What cells in the visual cortex answer to" and "From parts to objects".</summary>
public class VisualCortexTests
{
    [Fact]
    public void Each_direction_answers_to_two_opposite_arcs_of_the_circle()
    {
        Chapter2.Runs("circle", "ShapePictures.Draw(1, seed: 5, size: 60)");
        var bank = new GaborBank(directions: 8, size: 11, wavelength: 6);
        var answers = bank.ComplexCells(Tensor.From(ShapePictures.Draw(1, seed: 5, size: 60).Images.Data, 60, 60));
        float[][] all = [.. answers.Data.Chunk(50 * 50)];
        var (x0, y0) = Middle(all);
        for (var d = 0; d < 8; d++)
        {
            // The strongest answer on each side of the middle lies in the cell's own direction, which runs across the edge.
            var (sin, cos) = Math.SinCos(bank.Directions[d]);
            foreach (var side in new[] { +1, -1 })
            {
                var (x, y) = Places.Where(at => side * ((at.X - x0) * cos + (at.Y - y0) * sin) > 0).MaxBy(at => all[d][50 * at.Y + at.X]);
                var turned = Math.Atan2(side * (y - y0), side * (x - x0)) - bank.Directions[d];
                Assert.InRange(Math.Abs(Math.IEEERemainder(turned, Math.Tau)), 0, 0.25);
            }
        }
    }

    [Fact]
    public void The_simple_cell_is_the_narrower_one_and_falls_below_zero_beside_its_edge()
    {
        Chapter2.Says("below zero a few pixels beside it");
        var cell = new GaborBank(directions: 1, size: 11, wavelength: 6);
        double[] places = [.. Enumerable.Range(0, 41).Select(i => i / 4.0)];
        double[] simple = [.. places.Select(at => (double)cell.SimpleCells(Edge(at)).Data[0])];
        double[] complex = [.. places.Select(at => (double)cell.ComplexCells(Edge(at)).Data[0])];
        Assert.Equal(5, places[Array.IndexOf(simple, simple.Max())], 0.3);
        Assert.True(simple[8] < -0.2 && simple[32] < -0.2); // at 2 and at 8 pixels
        Assert.All(complex, answer => Assert.True(answer >= 0));
        Assert.True(complex.Count(a => a > complex.Max() / 2) > 1.4 * simple.Count(a => a > simple.Max() / 2));
    }

    [Fact]
    public void Corner_cells_answer_most_at_corners_of_their_own_angle_and_hardly_on_the_circle()
    {
        Chapter2.Runs("corner-maps", "ShapePictures.Draw(3, seed: 2, size: 80)");
        Chapter2.Says("most strongly at those of their own angle, and hardly anywhere on the circle");
        var large = ShapePictures.Draw(3, seed: 2, size: 80).Images.Data.Chunk(6400);
        var sums = large.Select(shape => Corners().Maps(Tensor.From(shape, 80, 80)).Data.Chunk(4900).Select(map => map.Sum()).ToArray()).ToArray();
        var (circle, triangle, square) = (sums[0], sums[1], sums[2]);
        Assert.True(triangle[4] > 1.5 * triangle[6]);
        Assert.True(square[6] > 1.5 * square[4]);
        Assert.True(circle[4] < 0.3 * triangle[4] && circle[6] < 0.1 * square[6], string.Join(" ", circle));
    }

    [Fact]
    public void Two_corner_numbers_lay_the_three_shapes_apart()
    {
        Chapter2.Runs("corners", "ShapePictures.Draw(150, seed: 2)");
        Chapter2.Says("Two numbers, and the three kinds lie apart");
        var (shapes, kind) = ShapePictures.Draw(150, seed: 2);
        var parts = Corners().Apply(shapes);
        for (var n = 0; n < 150; n++)
        {
            var (of60, of90) = (parts[n, 4], parts[n, 6]);
            Assert.Equal(of90 < 0.005 ? "circle" : of60 > of90 ? "triangle" : "square", ShapePictures.Names[kind[n]]);
        }
    }

    [LongFact]
    public void From_corners_at_most_one_shape_in_a_hundred_is_named_wrongly_and_from_pixels_a_third()
    {
        Chapter2.Says("From pixels about a third of the new shapes are named wrongly, from seven corner numbers at most one in a hundred");
        var (shapes, kind) = ShapePictures.Draw(150, seed: 2);
        var pixels = new Pipeline { Features = new RawPixels() };
        var corners = new Pipeline { Features = Corners() };
        pixels.Fit(shapes, kind);
        corners.Fit(shapes, kind);
        for (var seed = 3; seed < 5; seed++)
        {
            var (unseen, named) = ShapePictures.Draw(300, seed);
            Assert.InRange(1 - pixels.Accuracy(unseen, named), 0.30, 0.40);
            Assert.InRange(1 - corners.Accuracy(unseen, named), 0, 0.0101);
        }
    }

    private static IEnumerable<(int X, int Y)> Places =>
        from y in Enumerable.Range(0, 50) from x in Enumerable.Range(0, 50) select (x, y);

    private static (double X, double Y) Middle(float[][] answers)
    {
        var sums = Places.Select(at => answers.Sum(direction => (double)direction[50 * at.Y + at.X])).ToArray();
        return (Places.Zip(sums).Sum(p => p.First.X * p.Second) / sums.Sum(), Places.Zip(sums).Sum(p => p.First.Y * p.Second) / sums.Sum());
    }

    private static CornerCells Corners() => new(new GaborBank(directions: 12, size: 11, wavelength: 6));

    private static Tensor Edge(double at)
    {
        var image = new Tensor(11, 11);
        for (var i = 0; i < image.Count; i++)
            image.Data[i] = (float)(1 / (1 + Math.Exp(3 * (at - i % 11))));
        return image;
    }
}
