namespace CourseKit;

/// <summary>
/// The Gabor function: a wave under a bell. It answers to an edge or a bar of one direction and width at one place, as the simple cells
/// do that Hubel and Wiesel found in V1.
/// </summary>
/// <param name="X0">Column of the centre, in pixels.</param>
/// <param name="Y0">Row of the centre, in pixels, downwards.</param>
/// <param name="Theta">The direction in which the wave runs, in radians, from the x axis towards the y axis; edges lie across it.</param>
/// <param name="Frequency">Waves a pixel.</param>
/// <param name="SigmaAlong">Width of the bell in the direction of the wave, in pixels.</param>
/// <param name="SigmaAcross">Width of the bell along the edge, in pixels.</param>
/// <param name="Phase">0: a bright bar in the centre; -pi/2: an edge.</param>
/// <remarks>
/// Source: J. G. Daugman, "Uncertainty relation for resolution in space, spatial frequency, and orientation optimized by two-dimensional
/// visual cortical filters", Journal of the Optical Society of America A 2 (1985), 1160-1169.
/// </remarks>
public readonly record struct Gabor(
    double X0, double Y0, double Theta, double Frequency, double SigmaAlong, double SigmaAcross, double Phase)
{
    /// <summary>exp(-u²/(2 SigmaAlong²) - v²/(2 SigmaAcross²)) cos(2 pi Frequency u + Phase), with (u, v) turned by Theta.</summary>
    public double At(double x, double y)
    {
        var (bell, angle) = BellAndAngle(x, y);
        return bell * Math.Cos(angle + Phase);
    }

    /// <summary>The function on a square of pixels, row by row.</summary>
    /// <param name="size">Pixels a side.</param>
    public float[] Draw(int size)
    {
        var pixels = new float[size * size];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (float)At(i % size, i / size);
        return pixels;
    }

    /// <summary>The bell and the angle of the wave, apart: what a fit of the phase needs.</summary>
    internal (double Bell, double Angle) BellAndAngle(double x, double y)
    {
        var (sin, cos) = Math.SinCos(Theta);
        var u = (x - X0) * cos + (y - Y0) * sin;
        var v = -(x - X0) * sin + (y - Y0) * cos;
        var bell = Math.Exp(-u * u / (2 * SigmaAlong * SigmaAlong) - v * v / (2 * SigmaAcross * SigmaAcross));
        return (bell, 2 * Math.PI * Frequency * u);
    }
}
