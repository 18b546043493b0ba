namespace CourseKit.Cli;

/// <summary>A place in a formula's text that moves forward: commands, groups, raw arguments.</summary>
internal sealed class TexReader(string text)
{
    /// <summary>The next character's index.</summary>
    public int Position { get; private set; }

    /// <summary>The next character's column, counted from 1.</summary>
    public int Column => Position + 1;

    /// <summary>Whether the text is used up.</summary>
    public bool AtEnd => Position >= text.Length;

    /// <summary>The next character, or NUL at the end.</summary>
    public char Peek => AtEnd ? '\0' : text[Position];

    /// <summary>The next command's name if a command is next, without moving; null otherwise.</summary>
    public string? PeekCommand()
    {
        if (Peek != '\\' || Position + 1 >= text.Length)
            return null;
        var end = Position + 1;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
            end++;
        return end > Position + 1 ? text[(Position + 1)..end] : text[(Position + 1)..(Position + 2)];
    }

    /// <summary>Takes the next character.</summary>
    public char Take() => AtEnd ? throw Error("the formula ends too early") : text[Position++];

    /// <summary>Takes a character if it is next.</summary>
    public bool TryTake(char c)
    {
        if (Peek != c || AtEnd)
            return false;
        Position++;
        return true;
    }

    /// <summary>Takes the command whose name was peeked.</summary>
    public void TakeCommand(string name) => Position += 1 + name.Length;

    /// <summary>Passes over white space and comments.</summary>
    public void SkipSpace()
    {
        while (!AtEnd)
        {
            if (char.IsWhiteSpace(Peek))
                Position++;
            else if (Peek == '%')
                while (!AtEnd && Peek != '\n')
                    Position++;
            else
                return;
        }
    }

    /// <summary>Takes <c>{…}</c> as it stands, braces inside balanced.</summary>
    public string TakeRawGroup(string owner)
    {
        SkipSpace();
        var start = Position;
        if (!TryTake('{'))
            throw Error($"\\{owner} needs an argument in braces");
        for (var depth = 1; depth > 0;)
        {
            if (AtEnd)
                throw new TexException($"the brace of \\{owner} is never closed", start + 1);
            var c = Take();
            if (c == '\\' && !AtEnd)
                Position++;
            else
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
        return text[(start + 1)..(Position - 1)];
    }

    /// <summary>An error at the next character.</summary>
    public TexException Error(string message) => new(message, Column);
}
