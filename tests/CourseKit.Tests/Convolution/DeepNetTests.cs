namespace CourseKit.Tests.Convolution;

public class DeepNetTests
{
    [Fact]
    public void Both_forms_have_the_same_parameters_and_start_from_the_same_numbers()
    {
        var (plain, residual) = (DeepNet.Create([1, 7, 7], 30, false, 10, seed: 5), DeepNet.Create([1, 7, 7], 30, true, 10, seed: 5));
        Assert.Equal(30, plain.Parameters.Count(parameter => parameter.IsWeight));
        Assert.Equal(plain.Parameters.Select(parameter => parameter.Value.Data), residual.Parameters.Select(parameter => parameter.Value.Data));
        Assert.NotEqual(plain.Parameters[0].Value.Data, DeepNet.Create([1, 7, 7], 30, false, 10, seed: 6).Parameters[0].Value.Data);
        Assert.Equal(14, residual.Layers.OfType<Residual>().Count());
        Assert.Empty(plain.Layers.OfType<Residual>());
    }

    [Fact]
    public void What_makes_no_such_network_is_refused()
    {
        Assert.Contains("7 layers given", Assert.Throws<ArgumentException>(() => DeepNet.Create([1, 7, 7], 7, false, 10, 1)).Message);
        Assert.Contains("shape 49 given", Assert.Throws<ArgumentException>(() => DeepNet.Create([49], 8, false, 10, 1)).Message);
        Assert.Contains("shape 1x7x8 given", Assert.Throws<ArgumentException>(() => DeepNet.Create([1, 7, 8], 8, false, 10, 1)).Message);
    }
}
