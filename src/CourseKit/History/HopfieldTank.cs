namespace CourseKit;

/// <summary>
/// Hopfield and Tank's continuous network for the round trip of n cities: n x n units V_Xi in (0, 1), where V_Xi near 1 says "city X is
/// visited at place i". All constants are in the open, with the values of 1985.
/// </summary>
/// <remarks>
/// The network of 1985 moves by
/// <code>
/// du_Xi/dt = -u_Xi/tau - A sum_{j != i} V_Xj - B sum_{Y != X} V_Yi - C (sum V - n') - D sum_Y d_XY (V_Y,i+1 + V_Y,i-1),
/// V_Xi = (1 + tanh(u_Xi / u0)) / 2,
/// </code>
/// places counted round. A keeps a city from two places, B a place from two cities, C asks for n' active units in all (n' = 1.5 n: a
/// bias against the pull of the other terms), D is the length of the tour. It is integrated by Euler's method with the step
/// <see cref="TimeStep"/> (in units of tau).
/// <para><see cref="HopfieldTankEnergy.RowsAndColumns"/> is what helps: the constraints become "each row sums to 1, each column sums to 1",
/// which pull a row up as well as down; their place is then the same for every valid tour, and C becomes a push of each unit to 0 or 1.
/// <code>
/// du_Xi/dt = -u_Xi/tau - A (sum_j V_Xj - 1) - B (sum_Y V_Yi - 1) - C (1/2 - V_Xi) - D sum_Y d_XY (V_Y,i+1 + V_Y,i-1)
/// </code></para>
/// Sources: J. J. Hopfield and D. W. Tank, "'Neural' computation of decisions in optimization problems", Biological Cybernetics 52 (1985),
/// 141-152; G. V. Wilson and G. S. Pawley, "On the stability of the travelling salesman problem algorithm of Hopfield and Tank",
/// Biological Cybernetics 58 (1988), 63-70 (they could not repeat it: few starts ended in a valid tour); R. D. Brandt, Y. Wang,
/// A. J. Laub and S. K. Mitra, "Alternative networks for solving the traveling salesman problem and the list-matching problem", IEEE
/// International Conference on Neural Networks (1988), volume 2, 333-340 (rows and columns).
/// </remarks>
public sealed class HopfieldTank
{
    /// <summary>Which energy the network goes down.</summary>
    public HopfieldTankEnergy Energy { get; init; } = HopfieldTankEnergy.Original;

    /// <summary>A: one place a city.</summary>
    public double A { get; init; } = 500;

    /// <summary>B: one city a place.</summary>
    public double B { get; init; } = 500;

    /// <summary>C: n' active units in all (or, with rows and columns, how hard each unit is pushed to 0 or 1).</summary>
    public double C { get; init; } = 200;

    /// <summary>D: the length of the tour.</summary>
    public double D { get; init; } = 500;

    /// <summary>u0: how soft a unit is; V goes from 0.12 to 0.88 while u goes from -u0 to u0.</summary>
    public double U0 { get; init; } = 0.02;

    /// <summary>n' / n: 15 for 10 cities in 1985. Unused with rows and columns.</summary>
    public double ActivityRatio { get; init; } = 1.5;

    /// <summary>dt / tau: Euler's step.</summary>
    public double TimeStep { get; init; } = 1e-5;

    /// <summary>The start is u_00 + delta, delta uniform in [-noise u0, noise u0], with u_00 such that sum V = n but for the noise.</summary>
    public double Noise { get; init; } = 0.1;

    /// <summary>At most this many steps.</summary>
    public int MaxSteps { get; init; } = 10_000;

    /// <summary>The run ends when no V changes by more in a step.</summary>
    public double Tolerance { get; init; } = 1e-7;

    /// <summary>
    /// The network with rows and columns. Its constants were tried here, on cities in the unit square: C = 4 gives as many valid tours,
    /// but fixes the units before the distances have had their say, and the tours are some 45 % too long.
    /// </summary>
    public static HopfieldTank RowsAndColumns { get; } = new()
    {
        Energy = HopfieldTankEnergy.RowsAndColumns, A = 2, B = 2, C = 1, D = 1, TimeStep = 1e-3, MaxSteps = 20_000,
    };

    /// <summary>Lets the network run from a random start.</summary>
    /// <param name="distances">n x n, symmetric, zeros on the diagonal, n at least 3; the constants are made for a unit square.</param>
    /// <param name="seed">The seed of the start.</param>
    /// <param name="framesEvery">Every how many steps V is kept for a figure; 0 keeps the first and the last.</param>
    /// <exception cref="ArgumentException">The distances are not such.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A constant is negative, or u0 or the step is not above 0.</exception>
    public HopfieldTankRun Run(double[,] distances, int seed, int framesEvery = 0)
    {
        var n = Tours.Check(distances);
        if (n < 3)
            throw new ArgumentException($"{n} cities given; a round trip needs at least 3.", nameof(distances));
        CheckConstants();
        ArgumentOutOfRangeException.ThrowIfNegative(framesEvery);
        var random = new RandomSource(seed);
        var u = new double[n, n];
        var V = new double[n, n];
        var u00 = -0.5 * U0 * Math.Log(n - 1); // V = 1/n there
        for (var X = 0; X < n; X++)
            for (var i = 0; i < n; i++)
            {
                u[X, i] = u00 + Noise * U0 * (2 * random.NextDouble() - 1);
                V[X, i] = Activity(u[X, i]);
            }

        var frames = new List<double[,]> { (double[,])V.Clone() };
        var (rows, columns, change) = (new double[n], new double[n], double.MaxValue);
        var step = 0;
        for (; step < MaxSteps && change > Tolerance; step++)
        {
            Sums(V, rows, columns);
            Move(u, V, distances, rows, columns);
            change = Answer(u, V);
            if (framesEvery > 0 && (step + 1) % framesEvery == 0)
                frames.Add((double[,])V.Clone());
        }

        frames.Add((double[,])V.Clone());
        var tour = ReadTour(V);
        return new HopfieldTankRun(V, tour is null ? null : new Tour(tour, Tours.Sum(distances, tour)), step, change <= Tolerance, frames);
    }

    /// <summary>The tour that V stands for, with V above 1/2 read as 1: null unless each row and each column has exactly one 1.</summary>
    /// <exception cref="ArgumentException">V is not square.</exception>
    public static int[]? ReadTour(double[,] V)
    {
        ArgumentNullException.ThrowIfNull(V);
        var n = V.GetLength(0);
        if (V.GetLength(1) != n)
            throw new ArgumentException($"Activities of shape {n}x{V.GetLength(1)} given; as many places as cities are expected.", nameof(V));
        var tour = new int[n];
        Array.Fill(tour, -1);
        for (var X = 0; X < n; X++)
            for (var i = 0; i < n; i++)
                if (V[X, i] > 0.5)
                {
                    if (tour[i] >= 0)
                        return null;
                    tour[i] = X;
                }

        return Tours.IsTour(tour, n) ? tour : null;
    }

    private static void Sums(double[,] V, double[] rows, double[] columns)
    {
        Array.Clear(rows);
        Array.Clear(columns);
        for (var X = 0; X < rows.Length; X++)
            for (var i = 0; i < rows.Length; i++)
            {
                rows[X] += V[X, i];
                columns[i] += V[X, i];
            }
    }

    /// <summary>u += dt du/dt, all units from the same V.</summary>
    private void Move(double[,] u, double[,] V, double[,] distances, double[] rows, double[] columns)
    {
        var n = rows.Length;
        var excess = rows.Sum() - ActivityRatio * n;
        for (var i = 0; i < n; i++)
        {
            var (after, before) = ((i + 1) % n, (i + n - 1) % n);
            for (var X = 0; X < n; X++)
            {
                var way = 0.0;
                for (var Y = 0; Y < n; Y++)
                    way += distances[X, Y] * (V[Y, after] + V[Y, before]);
                var constraints = Energy == HopfieldTankEnergy.Original
                    ? A * (rows[X] - V[X, i]) + B * (columns[i] - V[X, i]) + C * excess
                    : A * (rows[X] - 1) + B * (columns[i] - 1) + C * (0.5 - V[X, i]);
                u[X, i] += TimeStep * (-u[X, i] - constraints - D * way);
            }
        }
    }

    /// <summary>V from u; the largest change of a V.</summary>
    private double Answer(double[,] u, double[,] V)
    {
        var change = 0.0;
        for (var X = 0; X < V.GetLength(0); X++)
            for (var i = 0; i < V.GetLength(1); i++)
            {
                var v = Activity(u[X, i]);
                change = Math.Max(change, Math.Abs(v - V[X, i]));
                V[X, i] = v;
            }

        return change;
    }

    private double Activity(double u) => 0.5 * (1 + Math.Tanh(u / U0));

    private void CheckConstants()
    {
        foreach (var (name, value) in new[] { (nameof(A), A), (nameof(B), B), (nameof(C), C), (nameof(D), D), (nameof(Noise), Noise), (nameof(Tolerance), Tolerance), (nameof(ActivityRatio), ActivityRatio) })
            if (!(value >= 0 && double.IsFinite(value)))
                throw new ArgumentOutOfRangeException(name, value, "A number of at least 0 is expected.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(U0);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(TimeStep);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSteps, 1);
    }
}

/// <summary>Which energy a <see cref="HopfieldTank"/> goes down.</summary>
public enum HopfieldTankEnergy
{
    /// <summary>Hopfield and Tank 1985.</summary>
    Original,

    /// <summary>Rows and columns that sum to 1, after Brandt, Wang, Laub and Mitra 1988.</summary>
    RowsAndColumns,
}
