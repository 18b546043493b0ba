using System.Text;

namespace CourseKit.Kernel;

/// <summary>Makes the console write into the running cell and read from the person at the front end.</summary>
internal static class ConsoleCapture
{
    private static TextWriter? output, errors; // as the console hands them out

    /// <summary>From now on <see cref="Console"/> belongs to the cells.</summary>
    public static void Install()
    {
        Console.SetOut(new CellWriter("stdout"));
        Console.SetError(new CellWriter("stderr"));
        Console.SetIn(new CellReader());
        (output, errors) = (Console.Out, Console.Error);
    }

    /// <summary>
    /// Before each cell: gives the console back to the cells, as .NET Interactive does. Who sends it elsewhere and fails before setting it
    /// back would see nothing any more, and not know why.
    /// </summary>
    public static void Restore()
    {
        if (output is null || errors is null)
            return;
        if (Console.Out != output)
            Console.SetOut(output);
        if (Console.Error != errors)
            Console.SetError(errors);
    }

    private sealed class CellWriter(string name) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override IFormatProvider FormatProvider => System.Globalization.CultureInfo.InvariantCulture;

        public override void Write(char value) => CellContext.Output.Stream(name, value.ToString());

        public override void Write(string? value)
        {
            if (!string.IsNullOrEmpty(value))
                CellContext.Output.Stream(name, value);
        }

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void Write(ReadOnlySpan<char> buffer) => Write(new string(buffer));

        public override void WriteLine() => Write("\n");

        public override void WriteLine(string? value) => Write(value + "\n");
    }

    private sealed class CellReader : TextReader
    {
        private readonly StringBuilder rest = new();

        public override string? ReadLine()
        {
            if (rest.Length == 0)
                return CellContext.Output.Ask("", password: false);
            var line = rest.ToString().TrimEnd('\n');
            rest.Clear();
            return line;
        }

        public override int Peek() => rest.Length == 0 ? -1 : rest[0];

        public override int Read()
        {
            if (rest.Length == 0)
                rest.Append(CellContext.Output.Ask("", password: false)).Append('\n');
            var next = rest[0];
            rest.Remove(0, 1);
            return next;
        }
    }
}
