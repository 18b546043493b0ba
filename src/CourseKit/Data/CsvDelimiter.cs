namespace CourseKit;

/// <summary>Finds out what stands between the cells of a CSV text.</summary>
internal static class CsvDelimiter
{
    private const int Lines = 20;
    private const int Characters = 1 << 16;

    // In this order: 5,1;3,5 is cut into equally many cells by both signs, and there the comma is the decimal sign.
    private static readonly char[] Candidates = ['\t', ';', ','];

    /// <summary>The sign that occurs equally often in the first lines; where none does, the one most frequent in the first.</summary>
    public static char Detect(TextReader text)
    {
        var counts = Count(text);
        if (counts.Count == 0)
            return ',';
        var steady = Enumerable.Range(0, Candidates.Length).Where(c => counts[0][c] > 0 && counts.All(line => line[c] == counts[0][c])).ToList();
        var best = steady.Count > 0 ? steady[0] : Array.IndexOf(counts[0], counts[0].Max());
        return counts[0][best] > 0 ? Candidates[best] : ',';
    }

    private static List<int[]> Count(TextReader text)
    {
        var counts = new List<int[]>();
        var current = new int[Candidates.Length];
        var (quoted, empty) = (false, true);
        for (var i = 0; i < Characters && counts.Count < Lines; i++)
        {
            var next = text.Read();
            if (next < 0 || (next is '\r' or '\n' && !quoted))
            {
                if (!empty)
                    counts.Add(current);
                (current, empty) = (new int[Candidates.Length], true);
                if (next < 0)
                    break;
                continue;
            }

            empty = false;
            if (next == '"')
                quoted = !quoted;
            else if (!quoted && Array.IndexOf(Candidates, (char)next) is >= 0 and var c)
                current[c]++;
        }

        return counts;
    }
}
