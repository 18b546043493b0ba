namespace CourseKit.Interactive.Tests.Convolution;

public class ConvolutionPlotTests
{
    private static readonly Tensor Picture = Tensor.From([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 3, 4);

    [Fact]
    public void The_kernel_stops_at_every_place_and_leaves_the_sums_behind()
    {
        var kernel = Tensor.From([1, 0, 0, -1], 2, 2);
        var figure = Plot.KernelSliding(Picture, kernel);
        Assert.Equal(["all", "1, 1", "1, 2", "1, 3", "2, 1", "2, 2", "2, 3"], figure.Frames.Select(frame => frame.Name));
        var last = figure.PanelsAt(figure.Frames[^1]);
        Assert.Equal([7, 0, 0, -12], ((HeatmapTrace)last[1].Traces[0]).Z);
        Assert.Equal(Enumerable.Repeat(-5.0, 6), ((HeatmapTrace)last[2].Traces[0]).Z);
        Assert.Equal(1, ((HeatmapTrace)figure.PanelsAt(figure.Frames[1])[2].Traces[0]).Z.Count(double.IsFinite));
        Assert.All(((HeatmapTrace)figure.PanelsAt(figure.Frames[0])[2].Traces[0]).Z, y => Assert.Equal(-5, y));
        var window = Assert.IsType<BoxMark>(Assert.Single(last[0].Marks));
        Assert.Equal((1.5, 0.5, 3.5, 2.5), (window.X0, window.Y0, window.X1, window.Y1));
    }

    [Fact]
    public void A_stride_leaves_places_out()
    {
        var figure = Plot.KernelSliding(new Tensor(7, 7), new Tensor(3, 3), stride: 2);
        Assert.Equal(1 + 9, figure.Frames.Count);
        Assert.Equal(3.5, ((BoxMark)figure.Frames[^1].Marks![0]).X0);
    }

    [Fact]
    public void Too_large_a_kernel_and_too_many_places_are_refused()
    {
        Assert.Contains("3x4", Assert.Throws<ArgumentException>(() => Plot.KernelSliding(Picture, new Tensor(5, 5))).Message);
        Assert.Contains("676 places", Assert.Throws<ArgumentException>(() => Plot.KernelSliding(new Tensor(28, 28), new Tensor(3, 3))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Plot.KernelSliding(Picture, new Tensor(1, 1), stride: 0));
    }

    [Fact]
    public void A_weight_matrix_has_a_row_for_each_unit_and_white_at_zero()
    {
        var cells = Assert.IsType<HeatmapTrace>(Assert.Single(Plot.WeightMatrix(Picture.ToMatrix()).Traces));
        Assert.Equal((3, 4, -12.0, 12.0), (cells.Rows, cells.Columns, cells.Low, cells.High));
    }

    [Fact]
    public void The_table_has_a_cell_for_each_pair_of_maps()
    {
        var figure = Plot.ConnectionTable(ConnectionTable.LeNet5);
        var cells = Assert.IsType<HeatmapTrace>(Assert.Single(figure.Traces));
        Assert.Equal((6, 16, 60), (cells.Rows, cells.Columns, cells.Z.Count(z => z == 1)));
        Assert.Equal("60 of 96 connected", figure.Title);
        Assert.True(figure.Y.From > figure.Y.To); // map 0 on top
    }

    [Fact]
    public void Receptive_fields_are_boxes_on_the_image()
    {
        var figure = Plot.ReceptiveFields(new Tensor(32, 32), ("C1", 11, 12, 5), ("C5", 0, 0, 32));
        var boxes = figure.Marks.OfType<BoxMark>().ToArray();
        Assert.Equal((11.5, 10.5, 16.5, 15.5), (boxes[0].X0, boxes[0].Y0, boxes[0].X1, boxes[0].Y1));
        Assert.Equal((-0.5, 31.5), (boxes[1].X0, boxes[1].X1));
        Assert.Contains("5x5 from row 28", Assert.Throws<ArgumentException>(() => Plot.ReceptiveFields(new Tensor(32, 32), ("C1", 28, 0, 5))).Message);
        Assert.Throws<ArgumentException>(() => Plot.ReceptiveFields(new Tensor(32, 32)));
    }

    [Fact]
    public void Feature_maps_stand_in_a_row_for_each_layer_in_their_own_size()
    {
        var network = LeNet5.Create(1);
        var figure = Plot.FeatureMaps(network, new Tensor(1, 1, 32, 32), (1, "C1"), (3, "S2"), (5, "C3"), (7, "S4"));
        var picture = Assert.IsType<PictureTrace>(Assert.Single(figure.Traces));
        Assert.Equal(["<b>C1</b>", "<b>S2</b>", "<b>C3</b>", "<b>S4</b>"], figure.Marks.OfType<TextMark>().Select(mark => mark.Text));
        Assert.True(picture.Columns >= 16 * 10 && picture.Rows >= 28 + 14 + 10 + 5);
        Assert.Contains("layer 14", Assert.Throws<ArgumentException>(() => Plot.FeatureMaps(network, new Tensor(1, 1, 32, 32), (14, "no"))).Message);
        Assert.Contains("maps, 1 x C x H x W", Assert.Throws<ArgumentException>(() => Plot.FeatureMaps(network, new Tensor(1, 1, 32, 32), (13, "RBF"))).Message);
        Assert.Contains("1x1x28x28", Assert.Throws<ArgumentException>(() => Plot.FeatureMaps(network, new Tensor(1, 1, 28, 28), (1, "C1"))).Message);
    }
}
