namespace CourseKit.Tests.Autoencoders;

public class PrincipalComponentsTests
{
    /// <summary>Samples with a known covariance: standard deviation s_j along each of some random orthogonal directions.</summary>
    private static (Tensor X, MathNet.Numerics.LinearAlgebra.Matrix<double> Axes) Ellipsoid(int count, int d, Func<int, double> s)
    {
        var random = new RandomSource(1);
        var axes = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(d, d, (_, _) => random.NextNormal()).GramSchmidt().Q;
        var scaled = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(count, d, (_, j) => s(j) * random.NextNormal());
        return (Tensor.FromMatrix((scaled * axes.Transpose()).Add(0.7)), axes);
    }

    [Fact]
    public void The_directions_are_those_of_largest_variance()
    {
        const int d = 40;
        var (x, axes) = Ellipsoid(20_000, d, j => j < 4 ? 8 - 1.5 * j : 1);
        var pca = PrincipalComponents.Fit(x, 4);
        Assert.Equal([64, 42.25, 25, 12.25], pca.Variances, (a, b) => Math.Abs(a / b - 1) < 0.05);
        Assert.Equal(d - 4 + 143.5, pca.TotalVariance, 0.03 * (d + 140));
        for (var i = 0; i < 4; i++)
        {
            var cos = Math.Abs(pca.Directions.ToMatrix().Row(i).DotProduct(axes.Column(i)));
            Assert.True(cos > 0.997, $"direction {i}: {cos}");
        }

        var gram = pca.Directions.ToMatrix() * pca.Directions.ToMatrix().Transpose();
        Assert.True((gram - MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseIdentity(4)).L2Norm() < 1e-5);
        Assert.Equal(pca.TotalVariance - pca.Variances.Sum(), pca.SquaredError(x), 0.002 * pca.TotalVariance);
    }

    [Fact]
    public void The_variances_are_also_those_of_the_samples_inner_products()
    {
        var x = StrokeDigits.Generate(400, seed: 1).Inputs.Reshape(400, 784);
        var pca = PrincipalComponents.Fit(x, 8);
        var centred = x.ToMatrix();
        var mean = centred.ColumnSums() / 400;
        var rows = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(400, 784, (i, j) => centred[i, j] - mean[j]);
        var gram = (rows * rows.Transpose() / 400).Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric); // the same eigenvalues, from the other side
        double[] variances = [.. gram.EigenValues.Select(value => value.Real).OrderDescending().Take(8)];
        Assert.Equal(variances, pca.Variances, (a, b) => Math.Abs(a / b - 1) < 1e-4);
    }

    [Fact]
    public void Angles_between_planes_are_what_they_are()
    {
        float Cos(double degrees) => (float)Math.Cos(degrees * Math.PI / 180);
        float Sin(double degrees) => (float)Math.Sin(degrees * Math.PI / 180);
        var A = Tensor.From([1, 0, 0, 0, 0, 1, 0, 0], 2, 4);
        var B = Tensor.From([Cos(30), 0, Sin(30), 0, 0, Cos(0.2), 0, Sin(0.2)], 2, 4);
        Assert.Equal([0.2, 30], PrincipalAngles.Degrees(A, B), (a, b) => Math.Abs(a - b) < 1e-3);
        var same = Tensor.From([1, 1, 0, 0, 1, -3, 0, 0], 2, 4); // other rows, the same plane
        Assert.Equal([0, 0], PrincipalAngles.Degrees(A, same), (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal([90.0], PrincipalAngles.Degrees(Tensor.From([1, 0], 1, 2), Tensor.From([0, 2], 1, 2)), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_given_and_what_is_expected()
    {
        void Refused(string part, Action action) => Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(action).Message);
        Refused("at least 2 are expected", () => PrincipalComponents.Fit(new Tensor(1, 3), 1));
        Refused("1 to 3 components", () => PrincipalComponents.Fit(new Tensor(5, 3), 4));
        var pca = PrincipalComponents.Fit(Ellipsoid(10, 3, _ => 1).X, 2);
        Refused("shape 2x4 given, Nx3 expected", () => pca.Encode(new Tensor(2, 4)));
        Refused("shape 2x3 given, Nx2 expected", () => pca.Decode(new Tensor(2, 3)));
        Refused("The second subspace: shape 2x4 given, 1x4 expected", () => PrincipalAngles.Degrees(new Tensor(1, 4), new Tensor(2, 4)));
        Refused("cannot be independent", () => PrincipalAngles.Degrees(new Tensor(3, 2), new Tensor(3, 2)));
    }
}
