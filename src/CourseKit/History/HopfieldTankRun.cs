namespace CourseKit;

/// <summary>What a <see cref="HopfieldTank"/> network did from one start.</summary>
/// <param name="V">The final activities, n x n: row X is a city, column i a place.</param>
/// <param name="Tour">The tour they stand for; null where they stand for none.</param>
/// <param name="Steps">How many Euler steps were made.</param>
/// <param name="Converged">Whether the network had come to rest before the steps were used up.</param>
/// <param name="Frames">V at the start, on the way where it was asked for, and at the end.</param>
public sealed record HopfieldTankRun(double[,] V, Tour? Tour, int Steps, bool Converged, IReadOnlyList<double[,]> Frames)
{
    /// <summary>Whether the network ended in a tour.</summary>
    public bool IsValid => Tour is not null;
}

/// <summary>What many starts of a <see cref="HopfieldTank"/> network came to.</summary>
/// <param name="Starts">How many starts there were.</param>
/// <param name="Optimum">The length of the shortest tour, by <see cref="HeldKarp"/>.</param>
/// <param name="Lengths">The lengths of the valid tours.</param>
/// <param name="Rested">How many starts had come to rest before their steps were used up.</param>
public sealed record HopfieldTankTrial(int Starts, double Optimum, IReadOnlyList<double> Lengths, int Rested)
{
    /// <summary>The share of starts that ended in a valid tour.</summary>
    public double ValidShare => Lengths.Count / (double)Starts;

    /// <summary>The mean length of the valid tours over the optimum: 1.1 is 10 % too long. NaN where no tour was valid.</summary>
    public double MeanRatio => Lengths.Count == 0 ? double.NaN : Lengths.Average() / Optimum;

    /// <summary>Runs a network from many starts, in parallel; the result does not depend on the number of threads.</summary>
    /// <param name="network">The network and its constants.</param>
    /// <param name="distances">n x n, at most <see cref="HeldKarp.MostCities"/> cities.</param>
    /// <param name="starts">How many starts; start k has the seed <paramref name="seed"/> + k.</param>
    /// <param name="seed">The first start's seed.</param>
    /// <exception cref="ArgumentException">The distances are not good.</exception>
    /// <exception cref="ArgumentOutOfRangeException">starts is less than 1, or a constant of the network is out of range.</exception>
    public static HopfieldTankTrial Run(HopfieldTank network, double[,] distances, int starts, int seed)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(starts, 1);
        var optimum = HeldKarp.Solve(distances).Length;
        var runs = new HopfieldTankRun[starts];
        InParallel.For(starts, k => runs[k] = network.Run(distances, seed + k));
        return new HopfieldTankTrial(
            starts, optimum, [.. runs.Where(run => run.IsValid).Select(run => run.Tour!.Length)], runs.Count(run => run.Converged));
    }
}
