namespace CourseKit.Tests.History;

public class LineDichotomiesTests
{
    [Fact]
    public void No_line_gets_more_than_3_of_the_4_points_of_XOR()
    {
        var (points, y) = LineDichotomies.Xor;
        Assert.Equal(3, LineDichotomies.MostRight(points, y));
        Assert.Equal(3, LineDichotomies.MostRight(points, [.. y.Select(label => -label)]));
    }

    [Fact]
    public void Lines_make_14_of_the_16_dichotomies_of_the_square_and_only_XOR_and_XNOR_are_missing()
    {
        var all = LineDichotomies.All(LineDichotomies.Xor.Points).Select(labels => string.Join(' ', labels)).ToHashSet();
        Assert.Equal(14, all.Count);
        Assert.DoesNotContain("-1 1 1 -1", all);
        Assert.DoesNotContain("1 -1 -1 1", all);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    public void Points_in_general_position_have_as_many_dichotomies_as_Cover_counts(int n)
    {
        // On a parabola no three points lie on a line; in the plane Cover's function is 2 (C(n-1,0) + C(n-1,1) + C(n-1,2)).
        var points = Enumerable.Range(0, n).Select(i => (i, i * i)).ToArray();
        Assert.Equal(2 * (1 + (n - 1) + (n - 1) * (n - 2) / 2), LineDichotomies.All(points).Count);
    }

    [Fact]
    public void Every_dichotomy_that_a_random_line_makes_is_in_the_list()
    {
        (int X, int Y)[] points = [(0, 0), (3, 1), (1, 4), (5, 5), (2, 2), (4, 0)];
        var all = LineDichotomies.All(points).Select(labels => string.Join(' ', labels)).ToHashSet();
        var random = new RandomSource(3);
        var met = new HashSet<string>();
        for (var n = 0; n < 20_000; n++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * random.NextDouble());
            var c = 16 * random.NextDouble() - 8;
            met.Add(string.Join(' ', points.Select(p => cos * p.X + sin * p.Y > c ? +1 : -1)));
        }

        Assert.Subset(all, met);
        Assert.True(met.Count > all.Count / 2);
    }

    [Fact]
    public void Points_on_one_line_are_parted_along_it_only() =>
        Assert.Equal(2 * 4, LineDichotomies.All([(0, 0), (1, 1), (2, 2), (3, 3)]).Count);

    [Fact]
    public void The_hulls_of_XOR_meet_in_the_middle_and_the_weights_prove_it()
    {
        var witness = ConvexHulls.Meet([(0, 0), (1, 1)], [(0, 1), (1, 0)]);
        Assert.NotNull(witness);
        Assert.Equal((0.5, 0.5), witness.Point);
        Assert.Equal([0.5, 0.5], witness.First);
        Assert.Equal([0.5, 0.5], witness.Second);
    }

    [Fact]
    public void Hulls_meet_exactly_where_no_line_gets_all_points_right()
    {
        var random = new RandomSource(5);
        var (meeting, apart) = (0, 0);
        for (var n = 0; n < 500; n++)
        {
            var points = Enumerable.Range(0, 6).Select(_ => (X: random.NextInt(8), Y: random.NextInt(8))).ToArray();
            int[] y = [-1, -1, -1, +1, +1, +1];
            var witness = ConvexHulls.Meet(points[..3], points[3..]);
            var separable = LineDichotomies.MostRight(points, y) == 6;
            Assert.Equal(separable, witness is null);
            if (witness is null)
            {
                apart++;
                continue;
            }

            meeting++;
            foreach (var (set, weights) in new[] { (points[..3], witness.First), (points[3..], witness.Second) })
            {
                Assert.All(weights, weight => Assert.InRange(weight, 0, 1));
                Assert.Equal(1, weights.Sum(), 1e-12);
                Assert.Equal(witness.Point.X, set.Zip(weights).Sum(pair => pair.First.X * pair.Second), 1e-12);
                Assert.Equal(witness.Point.Y, set.Zip(weights).Sum(pair => pair.First.Y * pair.Second), 1e-12);
            }
        }

        Assert.True(meeting > 50 && apart > 50);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Contains("All points are the same", Assert.Throws<ArgumentException>(() => LineDichotomies.All([(1, 1), (1, 1)])).Message);
        Assert.Contains("(20000, 0)", Assert.Throws<ArgumentException>(() => LineDichotomies.All([(0, 0), (20_000, 0)])).Message);
        Assert.Contains("2 points given, but 1 classes", Assert.Throws<ArgumentException>(() => LineDichotomies.MostRight([(0, 0), (1, 0)], [1])).Message);
        Assert.Throws<ArgumentException>(() => ConvexHulls.Meet([], [(0, 0)]));
    }
}
