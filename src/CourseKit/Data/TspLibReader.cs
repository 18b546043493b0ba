using System.Globalization;
using System.Text;

namespace CourseKit;

/// <summary>Reads city sets and tours in the format of TSPLIB 95: symmetric instances of type EUC_2D and GEO, and <c>.opt.tour</c> files.</summary>
/// <remarks>Source: G. Reinelt, "TSPLIB - A traveling salesman problem library", ORSA Journal on Computing 3 (1991), 376-384.</remarks>
public static class TspLibReader
{
    /// <summary>The most cities that a file may hold: their distances are kept as a table.</summary>
    public const int MaxCities = 2000;

    // Further out, the square of a difference or its integer root would not be exact.
    private const double MaxCoordinate = 1e8;
    private const int MaxLine = 4096;

    /// <summary>Reads a city set, <c>.tsp</c>.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">The file is no city set, or one of a kind that is not read; the message names the line.</exception>
    public static CitySet ReadCities(string path) => Read(path, text => Cities(text, path));

    /// <summary>Reads a tour, such as <c>.opt.tour</c>.</summary>
    /// <returns>The cities in their order, counted from 0 (TSPLIB counts from 1).</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">The file is no tour that visits each city once; the message names the line.</exception>
    public static int[] ReadTour(string path) => Read(path, text => Tour(text, path));

    private static CitySet Cities(TspLibLines lines, string path)
    {
        var header = Header(lines, path, "NODE_COORD_SECTION");
        RequireType(header, path, "TSP");
        var kind = header.GetValueOrDefault("EDGE_WEIGHT_TYPE");
        var distance = kind.Value switch
        {
            "EUC_2D" => CityDistance.Euclidean,
            "GEO" => CityDistance.Geographical,
            _ => throw Error(path, kind.Line, $"EDGE_WEIGHT_TYPE {kind.Value ?? "missing"}", "EUC_2D or GEO"),
        };
        var n = Dimension(header, path);
        var (names, x, y) = (new string[n], new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            var line = lines.Next() ?? throw Error(path, lines.Line, $"the end after {i} cities", $"{n}, as DIMENSION says");
            var parts = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length != 3)
                throw Error(path, lines.Line, $"'{Short(line)}'", $"city {i + 1} of {n} as number and two coordinates");
            if (Whole(parts[0]) != i + 1)
                throw Error(path, lines.Line, $"city number '{Short(parts[0])}'", (i + 1).ToString(CultureInfo.InvariantCulture));
            (names[i], x[i], y[i]) = (parts[0], Coordinate(parts[1]), Coordinate(parts[2]));
            if (distance == CityDistance.Geographical && (Math.Abs(x[i]) > 90 || Math.Abs(y[i]) > 180))
                throw Error(path, lines.Line, $"'{Short(line)}'", "a latitude from -90 to 90 and a longitude from -180 to 180");
        }

        RequireEnd(lines, path);
        return new CitySet(header.GetValueOrDefault("NAME").Value ?? Path.GetFileNameWithoutExtension(path), header.GetValueOrDefault("COMMENT").Value ?? "", names, x, y, distance);

        double Coordinate(string text) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= MaxCoordinate
                ? value
                : throw Error(path, lines.Line, $"coordinate '{Short(text)}'", "a number of at most 10^8");
    }

    private static int[] Tour(TspLibLines lines, string path)
    {
        var header = Header(lines, path, "TOUR_SECTION");
        RequireType(header, path, "TOUR");
        var n = Dimension(header, path);
        var tour = new List<int>(n);
        var seen = new bool[n + 1];
        while (true)
        {
            var line = lines.Next() ?? throw Error(path, lines.Line, $"the end after {tour.Count} cities", $"{n} and a closing -1");
            foreach (var part in line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                if (part == "-1" && tour.Count == n)
                {
                    RequireEnd(lines, path);
                    return [.. tour];
                }

                if (Whole(part) is not { } city || city < 1 || city > n || seen[city])
                    throw Error(path, lines.Line, $"'{Short(part)}' after {tour.Count} cities", tour.Count == n ? "-1" : $"a city from 1 to {n} that has not occurred");
                seen[city] = true;
                tour.Add(city - 1);
            }
        }
    }

    private static T Read<T>(string path, Func<TspLibLines, T> read)
    {
        try
        {
            using var text = DataFile.OpenText(path);
            return read(new TspLibLines(text, path, MaxLine));
        }
        catch (DecoderFallbackException notUtf8)
        {
            throw DataFile.NotUtf8(path, notUtf8);
        }
    }

    private static Dictionary<string, (string Value, int Line)> Header(TspLibLines lines, string path, string section)
    {
        var header = new Dictionary<string, (string Value, int Line)>();
        for (var line = lines.Next(); line != section; line = lines.Next())
        {
            if (line is null or "EOF")
                throw Error(path, lines.Line, "the end of the file", section);
            var colon = line.IndexOf(':');
            if (colon <= 0)
                throw Error(path, lines.Line, $"'{Short(line)}'", $"KEYWORD : value, or {section}");
            if (!header.TryAdd(line[..colon].TrimEnd(), (line[(colon + 1)..].Trim(), lines.Line)))
                throw Error(path, lines.Line, $"a second {Short(line[..colon].TrimEnd())}", "each keyword once");
        }

        return header;
    }

    private static void RequireType(Dictionary<string, (string Value, int Line)> header, string path, string expected)
    {
        var type = header.GetValueOrDefault("TYPE");
        // Some tools write the type of an instance with its author behind it.
        if (type.Value?.Split(' ')[0] != expected)
            throw Error(path, type.Line, $"TYPE {Short(type.Value ?? "missing")}", expected);
    }

    private static int Dimension(Dictionary<string, (string Value, int Line)> header, string path)
    {
        var dimension = header.GetValueOrDefault("DIMENSION");
        return dimension.Value is { } text && Whole(text) is { } n && n is >= 1 and <= MaxCities
            ? n
            : throw Error(path, dimension.Line, $"DIMENSION {Short(dimension.Value ?? "missing")}", $"a number of cities from 1 to {MaxCities}");
    }

    private static void RequireEnd(TspLibLines lines, string path)
    {
        if (lines.Next() is not (null or "EOF" or "-1") || lines.Next() is not (null or "EOF"))
            throw Error(path, lines.Line, "more lines", "EOF");
    }

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static DataFormatException Error(string path, int line, string found, string expected) =>
        new(path, DataFormatException.Line(Math.Max(line, 1)), found, expected);
}
