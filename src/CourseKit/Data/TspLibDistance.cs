namespace CourseKit;

/// <summary>How a <see cref="CitySet"/> measures.</summary>
public enum CityDistance
{
    /// <summary>TSPLIB's EUC_2D: the straight line in the plane, rounded to the nearest integer.</summary>
    Euclidean,

    /// <summary>TSPLIB's GEO: kilometres along the surface of an idealised earth of radius 6378.388, cut to an integer and 1 added.</summary>
    Geographical,
}

/// <summary>The distances as TSPLIB computes them, roundings included.</summary>
/// <remarks>Source: G. Reinelt, "TSPLIB 95", University of Heidelberg, section 2.1 and 2.4, and the FAQ on GEO: pi has seven digits, and
/// degrees are the integer part of a coordinate.</remarks>
internal static class TspLibDistance
{
    private const double Pi = 3.141592;
    private const double Radius = 6378.388;

    /// <summary>The integer distance of two places.</summary>
    public static int Between(CityDistance kind, double x1, double y1, double x2, double y2) =>
        kind == CityDistance.Geographical ? Geo(x1, y1, x2, y2) : Euclid(x1 - x2, y1 - y2);

    private static int Euclid(double dx, double dy) => (int)(Math.Sqrt(dx * dx + dy * dy) + 0.5);

    private static int Geo(double x1, double y1, double x2, double y2)
    {
        var (latitude1, longitude1, latitude2, longitude2) = (Radians(x1), Radians(y1), Radians(x2), Radians(y2));
        var q1 = Math.Cos(longitude1 - longitude2);
        var q2 = Math.Cos(latitude1 - latitude2);
        var q3 = Math.Cos(latitude1 + latitude2);
        // Rounding may carry the cosine of a distance 0 beyond 1.
        var cosine = Math.Clamp(0.5 * ((1 + q1) * q2 - (1 - q1) * q3), -1, 1);
        return (int)(Radius * Math.Acos(cosine) + 1);
    }

    private static double Radians(double coordinate)
    {
        var degrees = Math.Truncate(coordinate);
        var minutes = coordinate - degrees;
        return Pi * (degrees + 5 * minutes / 3) / 180;
    }
}
