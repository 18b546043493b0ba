namespace CourseKit.Tests.History;

public class HopfieldTankTests
{
    private static readonly double[,] tenCities = Tours.Euclidean(Tours.RandomCities(10, seed: 1));

    [Fact]
    public void The_network_of_1985_seldom_ends_in_a_tour_and_what_it_finds_is_good_but_not_the_best()
    {
        var trial = HopfieldTankTrial.Run(new HopfieldTank(), tenCities, starts: 200, seed: 1);
        Assert.InRange(trial.ValidShare, 0.02, 0.30);
        Assert.InRange(trial.MeanRatio, 1.02, 1.4);
        Assert.True(trial.Rested > 190);
    }

    [Fact]
    public void Rows_and_columns_help_nearly_every_start_ends_in_a_tour()
    {
        var trial = HopfieldTankTrial.Run(HopfieldTank.RowsAndColumns, tenCities, starts: 200, seed: 1);
        Assert.True(trial.ValidShare > 0.95);
        Assert.InRange(trial.MeanRatio, 1.0, 1.3);
    }

    [Fact]
    public void A_run_keeps_its_way_for_a_figure_and_is_the_same_for_the_same_seed()
    {
        var run = HopfieldTank.RowsAndColumns.Run(tenCities, seed: 1, framesEvery: 100);
        Assert.Equal(2 + run.Steps / 100, run.Frames.Count);
        Assert.Equal(10, run.Frames[0].Cast<double>().Sum(), 0.5); // the start: sum V = n, but for the noise
        Assert.Equal(run.V, run.Frames[^1]);
        Assert.Equal(run.V, HopfieldTank.RowsAndColumns.Run(tenCities, seed: 1).V);
        Assert.NotEqual(run.V, HopfieldTank.RowsAndColumns.Run(tenCities, seed: 2).V);
        Assert.Equal(Tours.Length(tenCities, run.Tour!.Cities), run.Tour.Length, 1e-12);
    }

    [Fact]
    public void A_tour_is_read_only_from_a_permutation()
    {
        Assert.Equal([1, 2, 0], HopfieldTank.ReadTour(new[,] { { 0, 0, 0.9 }, { 0.8, 0, 0 }, { 0, 1, 0.4 } })!);
        Assert.Null(HopfieldTank.ReadTour(new[,] { { 0, 0, 0.9 }, { 0.8, 0, 0 }, { 0, 0.2, 0.4 } }));
        Assert.Null(HopfieldTank.ReadTour(new[,] { { 1, 0, 1 }, { 0, 1, 0 }, { 0.0, 0, 0 } }));
        Assert.Null(HopfieldTank.ReadTour(new[,] { { 1, 0, 0 }, { 1, 0, 0 }, { 0.0, 0, 1 } }));
    }

    [Fact]
    public void Bad_constants_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new HopfieldTank { A = -1 }.Run(tenCities, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => HopfieldTankTrial.Run(new HopfieldTank { U0 = 0 }, tenCities, 10, 1));
        Assert.Contains("2 cities given", Assert.Throws<ArgumentException>(() => new HopfieldTank().Run(new double[2, 2], 1)).Message);
    }
}
