using System.Text;
using CourseKit.Testing;

namespace CourseKit.Notebooks.Tests.Background;

/// <summary>The claims of the section "Your own data", and the recipe of the file that ships for it.</summary>
public class OwnDataTests
{
    private static string Flowers => Path.Combine(RepositoryPaths.Root, "data", "two-flowers.csv");

    [Fact]
    public void The_shipped_flowers_are_made_by_the_recipe_that_the_data_folder_states()
    {
        var random = new RandomSource(2);
        var text = new StringBuilder("kind,petal_length,petal_width\n");
        for (var i = 0; i < 60; i++)
        {
            var (kind, length, width) = i % 2 == 0
                ? ("round", 2.6 + 0.45 * random.NextNormal(), 2.1 + 0.3 * random.NextNormal())
                : ("long", 4.6 + 0.55 * random.NextNormal(), 1.3 + 0.25 * random.NextNormal());
            text.Append(FormattableString.Invariant($"{kind},{length:0.0},{width:0.0}\n"));
        }

        Assert.Equal(text.ToString(), File.ReadAllText(Flowers));
    }

    [Fact]
    public void A_line_separates_the_flowers_after_42_corrections_and_they_are_harder_than_the_toy_set()
    {
        Chapter2.Runs("own-csv", """table.TwoClasses(plus: "round", minus: "long", labels: "kind", "petal_length", "petal_width")""");
        var (X, y) = CsvTable.Load(Flowers).TwoClasses("round", "long", "kind", "petal_length", "petal_width");
        var own = Perceptron.Train(X, y, T: 1000);
        Assert.True(own.Converged);
        Assert.Equal(42, own.K);
        Assert.Equal((60, 0), (y.Length, y.Sum()));
        var (Xt, yt) = ToySets.Separable(count: 40, margin: 0.05, seed: 3);
        Assert.True(own.K > 2 * Perceptron.Train(Xt, yt).K);
        Assert.True(Novikoff.R(X) > 3 * Novikoff.R(Xt)); // "R is large"
        Assert.True(Novikoff.Gamma(X, y).Gamma < Novikoff.Gamma(Xt, yt).Gamma); // "and γ small"
    }
}
