namespace CourseKit;

/// <summary>The line of a pen, as short straight pieces with a thickness: what is drawn into pixels.</summary>
internal ref struct PenLine(Span<PenLine.Node> nodes)
{
    private const int PiecesPerCurve = 5;
    private readonly Span<Node> nodes = nodes;

    /// <summary>How many nodes a line of so many points may need.</summary>
    public static int Capacity(int points) => points * PiecesPerCurve + 1;

    /// <summary>The nodes that were added.</summary>
    public int Count { get; private set; }

    /// <summary>The line's nodes.</summary>
    public readonly Span<Node> Nodes => nodes[..Count];

    /// <summary>Adds a stroke: a smooth curve (Catmull-Rom) through its points, with corners where they are marked.</summary>
    public void AddStroke(ReadOnlySpan<PenPoint> points)
    {
        Add(points[0].X, points[0].Y, starts: true);
        for (var i = 0; i + 1 < points.Length; i++)
        {
            var (p1, p2) = (points[i], points[i + 1]);
            var p0 = i == 0 || p1.IsCorner ? p1 : points[i - 1];
            var p3 = i + 2 >= points.Length || p2.IsCorner ? p2 : points[i + 2];
            for (var piece = 1; piece <= PiecesPerCurve; piece++)
            {
                var t = piece / (float)PiecesPerCurve;
                Add(Curve(p0.X, p1.X, p2.X, p3.X, t), Curve(p0.Y, p1.Y, p2.Y, p3.Y, t), starts: false);
            }
        }
    }

    /// <summary>The box that the nodes lie in.</summary>
    public readonly (float Left, float Top, float Right, float Bottom) Bounds()
    {
        var (left, top, right, bottom) = (float.MaxValue, float.MaxValue, float.MinValue, float.MinValue);
        foreach (var node in Nodes)
        {
            (left, right) = (Math.Min(left, node.X), Math.Max(right, node.X));
            (top, bottom) = (Math.Min(top, node.Y), Math.Max(bottom, node.Y));
        }

        return (left, top, right, bottom);
    }

    /// <summary>The centre of the line's mass.</summary>
    public readonly (float X, float Y) Centre()
    {
        float mass = 1e-6f, x = 1e-6f * nodes[0].X, y = 1e-6f * nodes[0].Y;
        for (var i = 1; i < Count; i++)
        {
            var (a, b) = (nodes[i - 1], nodes[i]);
            if (b.Starts)
                continue;
            var piece = MathF.Sqrt((b.X - a.X) * (b.X - a.X) + (b.Y - a.Y) * (b.Y - a.Y)) * (a.Radius + b.Radius);
            mass += piece;
            x += piece * (a.X + b.X) / 2;
            y += piece * (a.Y + b.Y) / 2;
        }

        return (x / mass, y / mass);
    }

    /// <summary>Draws the line into an image of zeros, bright on dark; where pieces overlap the brighter wins.</summary>
    /// <param name="image">size x size pixels, row by row.</param>
    /// <param name="size">Pixels a side.</param>
    /// <param name="softness">Over how many pixels the line's edge fades.</param>
    /// <param name="brightness">The brightness of the line's middle.</param>
    public readonly void Draw(Span<float> image, int size, float softness, float brightness)
    {
        for (var i = 1; i < Count; i++)
            if (!nodes[i].Starts)
                DrawPiece(nodes[i - 1], nodes[i], image, size, softness, brightness);
    }

    private static void DrawPiece(Node a, Node b, Span<float> image, int size, float softness, float brightness)
    {
        var reach = Math.Max(a.Radius, b.Radius) + softness / 2;
        var left = Math.Max(0, (int)MathF.Ceiling(Math.Min(a.X, b.X) - reach));
        var right = Math.Min(size - 1, (int)MathF.Floor(Math.Max(a.X, b.X) + reach));
        var top = Math.Max(0, (int)MathF.Ceiling(Math.Min(a.Y, b.Y) - reach));
        var bottom = Math.Min(size - 1, (int)MathF.Floor(Math.Max(a.Y, b.Y) + reach));
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        var perLength = 1 / Math.Max(dx * dx + dy * dy, 1e-9f);
        for (var y = top; y <= bottom; y++)
            for (var x = left; x <= right; x++)
            {
                var t = Math.Clamp(((x - a.X) * dx + (y - a.Y) * dy) * perLength, 0, 1);
                var (ex, ey) = (x - a.X - t * dx, y - a.Y - t * dy);
                var inside = a.Radius + t * (b.Radius - a.Radius) - MathF.Sqrt(ex * ex + ey * ey);
                var value = Math.Clamp(inside / softness + 0.5f, 0, 1) * brightness;
                ref var pixel = ref image[y * size + x];
                pixel = Math.Max(pixel, value);
            }
    }

    private static float Curve(float p0, float p1, float p2, float p3, float t) =>
        0.5f * (2 * p1 + t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0))));

    private void Add(float x, float y, bool starts) => nodes[Count++] = new Node { X = x, Y = y, Radius = 1, Starts = starts };

    /// <summary>A place of the pen, and half the line's thickness there.</summary>
    public struct Node
    {
        public float X, Y, Radius;

        /// <summary>Whether the pen was set down here: no line leads to it.</summary>
        public bool Starts;
    }
}
