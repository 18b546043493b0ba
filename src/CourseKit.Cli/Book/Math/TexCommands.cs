using System.Xml.Linq;

namespace CourseKit.Cli;

/// <summary>The commands.</summary>
internal sealed partial class TexParser
{
    private Atom? ParseCommand(string name)
    {
        var column = _reader.Column;
        _reader.TakeCommand(name);
        if (TexSymbols.Letters.TryGetValue(name, out var letter))
            return new Atom(Letter(letter));
        if (TexSymbols.Operators.TryGetValue(name, out var sign))
            return new Atom(new XElement("mo", sign), AtomClass.Operator);
        if (TexSymbols.LargeOperators.TryGetValue(name, out var large))
            return new Atom(new XElement("mo", large), AtomClass.Operator, name.EndsWith("int", StringComparison.Ordinal) ? Limits.Never : Limits.InDisplay);
        if (TexSymbols.Functions.TryGetValue(name, out var limits))
            return new Atom(new XElement("mi", name switch { "argmax" => "arg\u2009max", "argmin" => "arg\u2009min", "liminf" => "lim\u2009inf", "limsup" => "lim\u2009sup", _ => name }), AtomClass.Function, limits);
        if (TexSymbols.Spaces.TryGetValue(name, out var width))
            return new Atom(Space(width), AtomClass.Space);
        if (TexSymbols.Delimiters.TryGetValue(name, out var delimiter))
            return new Atom(delimiter is "|" or "‖" ? Bar(delimiter) : Fence(delimiter), TexSymbols.Opens(name) ? AtomClass.Open : AtomClass.Close);
        if (TexSymbols.Accents.TryGetValue(name, out var accent))
            return new Atom(new XElement("mover", new XAttribute("accent", "true"), ParseArgument("\\" + name), new XElement("mo", new XAttribute("stretchy", accent.Wide ? "true" : "false"), accent.Mark)));
        if (TexSymbols.Fonts.TryGetValue(name, out var font))
            return new Atom(WithFont(font, () => ParseArgument("\\" + name)));
        if (TexSymbols.Texts.TryGetValue(name, out var style))
            return new Atom(Text(name, style, column));
        if (TexSymbols.Sizes.TryGetValue(name, out var size))
            return new Atom(Sized(size, name), name[^1] switch { 'l' => AtomClass.Open, 'r' => AtomClass.Close, _ => AtomClass.Ordinary });
        return name switch
        {
            "frac" or "cfrac" => new Atom(Fraction(name)),
            "dfrac" => new Atom(new XElement("mstyle", new XAttribute("displaystyle", "true"), Fraction(name))),
            "tfrac" => new Atom(new XElement("mstyle", new XAttribute("displaystyle", "false"), Fraction(name))),
            "binom" => new Atom(Binomial()),
            "sqrt" => new Atom(Root()),
            "left" => new Atom(Fenced(column)),
            "begin" => Environment(column),
            "operatorname" => Operator(),
            "mathop" => new Atom(ParseArgument("\\mathop"), AtomClass.Function, Limits.InDisplay),
            "mathrel" or "mathbin" or "mathpunct" => new Atom(new XElement("mo", ParseArgument("\\" + name).Value), AtomClass.Operator),
            "mathord" or "mathopen" or "mathclose" or "mathinner" => new Atom(ParseArgument("\\" + name)),
            "underline" => new Atom(Under(ParseArgument("\\underline"), "_")),
            "underbrace" => new Atom(Under(ParseArgument("\\underbrace"), "⏟"), AtomClass.Ordinary, Limits.Always),
            "overbrace" => new Atom(new XElement("mover", ParseArgument("\\overbrace"), new XElement("mo", new XAttribute("stretchy", "true"), "⏞")), AtomClass.Ordinary, Limits.Always),
            "overset" or "stackrel" => Set("mover", name),
            "underset" => Set("munder", name),
            "xrightarrow" => new Atom(LabelledArrow("→", name), AtomClass.Operator),
            "xleftarrow" => new Atom(LabelledArrow("←", name), AtomClass.Operator),
            "substack" => new Atom(Lines(column)),
            "phantom" or "hphantom" or "vphantom" => new Atom(new XElement("mphantom", ParseArgument("\\" + name))),
            "boxed" => new Atom(new XElement("mrow", new XAttribute("class", "boxed"), ParseArgument("\\boxed"))),
            "bmod" => new Atom(new XElement("mo", new XAttribute("lspace", "0.2222em"), new XAttribute("rspace", "0.2222em"), "mod"), AtomClass.Operator),
            "pmod" => new Atom(new XElement("mrow", Space("1em"), Fence("("), new XElement("mi", "mod"), Space("0.3333em"), ParseArgument("\\pmod"), Fence(")"))),
            "not" => new Atom(new XElement("mo", ParseArgument("\\not").Value + "\u0338"), AtomClass.Operator),
            "hspace" or "mspace" => new Atom(Space(Length(name)), AtomClass.Space),
            "displaystyle" => Styled(true),
            "textstyle" => Styled(false),
            "tag" or "label" or "notag" or "nonumber" => Number(name, column),
            _ => throw new TexException($"unknown command \\{name}{Nearest(name)}", column),
        };
    }

    private static string Nearest(string name) =>
        TexSymbols.All.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } near ? $" (is \\{near} meant?)" : "";

    private XElement WithFont(MathFont font, Func<XElement> parse)
    {
        // \boldsymbol{\mathrm{x}} and the like: bold wins over upright, otherwise the inner style holds.
        var before = _font;
        _font = font == MathFont.Roman && before is MathFont.Bold or MathFont.BoldItalic ? MathFont.Bold : font;
        try { return parse(); }
        finally { _font = before; }
    }

    private XElement Fraction(string name)
    {
        var before = _display;
        _display = false;
        var fraction = new XElement("mfrac", ParseArgument("\\" + name), ParseArgument("\\" + name));
        _display = before;
        return fraction;
    }

    private XElement Binomial() =>
        new("mrow", new XElement("mo", "("), new XElement("mfrac", new XAttribute("linethickness", "0"), ParseArgument("\\binom"), ParseArgument("\\binom")), new XElement("mo", ")"));

    private XElement Root()
    {
        _reader.SkipSpace();
        if (!_reader.TryTake('['))
            return new XElement("msqrt", ParseArgument("\\sqrt"));
        var index = ParseRow(']');
        if (!_reader.TryTake(']'))
            throw _reader.Error("the root's ] is missing");
        return new XElement("mroot", ParseArgument("\\sqrt"), index);
    }

    private XElement Text(string name, string style, int column)
    {
        // $…$ inside a text is mathematics again.
        var parts = _reader.TakeRawGroup(name).Split('$');
        if (parts.Length % 2 == 0)
            throw new TexException($"a dollar in \\{name} is never closed", column);
        var elements = parts.Select((part, i) => i % 2 == 1
            ? new TexParser(part, false).ParseAll()
            : new XElement("mtext", style.Length > 0 ? new XAttribute("style", style) : null, Hard(part.Replace("\\", "", StringComparison.Ordinal)))).Where(e => e.Name != "mtext" || e.Value.Length > 0).ToArray();
        return elements.Length == 1 ? elements[0] : new XElement("mrow", elements);
    }

    /// <summary>MathML drops the blanks at a text's ends; no-break spaces stay.</summary>
    private static string Hard(string s) => s.Replace(' ', '\u00A0');

    private Atom Operator()
    {
        var limits = _reader.TryTake('*') ? Limits.InDisplay : Limits.Never;
        var word = _reader.TakeRawGroup("operatorname").Replace("\\,", "\u2009", StringComparison.Ordinal).Replace("~", "\u00A0", StringComparison.Ordinal).Trim();
        if (word.Contains('\\'))
            throw _reader.Error("\\operatorname takes letters only");
        return new Atom(new XElement("mi", word.Length == 1 ? new XAttribute("mathvariant", "normal") : null, word), AtomClass.Function, limits);
    }

    private static XElement Under(XElement body, string mark) => new("munder", body, new XElement("mo", new XAttribute("stretchy", "true"), mark));

    private Atom Set(string element, string name)
    {
        var script = ParseArgument("\\" + name);
        var body = ParseArgument("\\" + name);
        return new Atom(new XElement(element, body, script), body.Name == "mo" ? AtomClass.Operator : AtomClass.Ordinary);
    }

    private XElement LabelledArrow(string arrow, string name)
    {
        _reader.SkipSpace();
        XElement? below = null;
        if (_reader.TryTake('['))
        {
            below = ParseRow(']');
            if (!_reader.TryTake(']'))
                throw _reader.Error("the arrow's ] is missing");
        }
        var above = Padded(ParseArgument("\\" + name));
        var shaft = new XElement("mo", new XAttribute("stretchy", "true"), new XAttribute("minsize", "1.5em"), arrow);
        return below is null ? new XElement("mover", shaft, above) : new XElement("munderover", shaft, Padded(below), above);
    }

    private static XElement Padded(XElement label) => new("mrow", Space("0.4em"), label, Space("0.4em"));

    private string Length(string name)
    {
        var length = _reader.TakeRawGroup(name).Trim();
        return System.Text.RegularExpressions.Regex.IsMatch(length, @"^-?\d*\.?\d+(em|ex|pt|px)$") ? length : throw _reader.Error($"\\{name} wants a length such as 1em, not {length}");
    }

    /// <summary><c>\displaystyle</c> rules the rest of its group.</summary>
    private Atom Styled(bool displayStyle)
    {
        _display = displayStyle;
        return new Atom(new XElement("mstyle", new XAttribute("displaystyle", displayStyle ? "true" : "false"), ParseRow()));
    }

    private Atom? Number(string name, int column)
    {
        if (name is "notag" or "nonumber")
            return null;
        var starred = _reader.TryTake('*');
        var value = _reader.TakeRawGroup(name).Trim();
        if (name == "label")
            return null;
        if (starred || value.Length == 0)
            throw new TexException("\\tag needs a number or a name, and no star", column);
        if ((_inAlignedRow ? _rowTag : Tag) is { } first)
            throw new TexException($"a second \\tag: this is ({first}) already", column);
        if (_inAlignedRow)
            _rowTag = value;
        else
            Tag = value;
        return null;
    }

    private string Delimiter(string owner)
    {
        _reader.SkipSpace();
        if (_reader.PeekCommand() is { } command)
        {
            if (!TexSymbols.Delimiters.TryGetValue(command, out var sign) && !(command.EndsWith("arrow", StringComparison.Ordinal) && TexSymbols.Operators.TryGetValue(command, out sign)))
                throw _reader.Error($"\\{owner} needs a delimiter, not \\{command}");
            _reader.TakeCommand(command);
            return sign;
        }
        var c = _reader.Take();
        return c switch
        {
            '.' => "",
            '(' or ')' or '[' or ']' or '|' or '/' => c.ToString(System.Globalization.CultureInfo.InvariantCulture),
            '<' => "⟨",
            '>' => "⟩",
            _ => throw new TexException($"\\{owner} needs a delimiter, not {c}", _reader.Column - 1),
        };
    }

    private XElement Sized(string size, string name) =>
        new("mo", new XAttribute("stretchy", "true"), new XAttribute("symmetric", "true"), new XAttribute("minsize", size), new XAttribute("maxsize", size), new XAttribute("lspace", "0"), new XAttribute("rspace", "0"), Delimiter(name));

    private XElement Fenced(int column)
    {
        var children = new List<XElement>();
        if (Delimiter("left") is { Length: > 0 } open)
            children.Add(Stretching(open, "prefix"));
        var (style, one) = (_display, _oneDigit);
        _oneDigit = false;
        children.Add(ParseRow());
        while (_reader.PeekCommand() == "middle")
        {
            _reader.TakeCommand("middle");
            children.Add(Stretching(Delimiter("middle"), "infix"));
            children.Add(ParseRow());
        }
        (_display, _oneDigit) = (style, one);
        if (_reader.PeekCommand() != "right")
            throw new TexException("this \\left has no \\right", column);
        _reader.TakeCommand("right");
        if (Delimiter("right") is { Length: > 0 } close)
            children.Add(Stretching(close, "postfix"));
        return new XElement("mrow", children);
    }

    private static XElement Stretching(string sign, string form) =>
        new("mo", new XAttribute("form", form), new XAttribute("fence", "true"), new XAttribute("stretchy", "true"), new XAttribute("symmetric", "true"), sign);
}
