using System.Globalization;
using System.Xml.Linq;

namespace CourseKit.Cli;

/// <summary>Reads LaTeX's mathematics and writes MathML Core: rows, scripts, characters. Commands are in the other half.</summary>
internal sealed partial class TexParser(string text, bool display)
{
    private readonly TexReader _reader = new(text);
    private MathFont _font = MathFont.Normal;
    private bool _display = display;
    private bool _oneDigit;

    /// <summary>The number given by <c>\tag</c> for the formula as a whole.</summary>
    public string? Tag { get; private set; }

    /// <summary>Parses the whole text.</summary>
    public XElement ParseAll()
    {
        var row = ParseRow();
        if (!_reader.AtEnd)
            throw _reader.Error(_reader.Peek switch
            {
                '}' => "a brace closes that was never opened",
                '&' => "& stands outside a matrix or an aligned block",
                _ => _reader.PeekCommand() switch
                {
                    "\\" or "cr" => "\\\\ stands outside a matrix or an aligned block",
                    "end" => "\\end without \\begin",
                    "right" => "\\right without \\left",
                    var other => $"\\{other} is out of place",
                },
            });
        return row;
    }

    private XElement ParseRow(char until = '}')
    {
        var atoms = new List<Atom>();
        while (true)
        {
            _reader.SkipSpace();
            if (_reader.AtEnd || _reader.Peek is '}' or '&' || _reader.Peek == until || _reader.PeekCommand() is "\\" or "cr" or "end" or "right" or "middle")
                return Row(atoms);
            if (ParseScripted() is { } atom)
                atoms.Add(atom);
        }
    }

    /// <summary>A row of atoms, with TeX's thin spaces around named functions.</summary>
    private static XElement Row(List<Atom> atoms)
    {
        var children = new List<XElement>();
        for (var i = 0; i < atoms.Count; i++)
        {
            if (i > 0 && NeedsThinSpace(atoms[i - 1].Class, atoms[i].Class))
                children.Add(Space("0.1667em"));
            children.Add(atoms[i].Element);
        }
        return children.Count == 1 ? children[0] : new XElement("mrow", children);
    }

    private static bool NeedsThinSpace(AtomClass left, AtomClass right) =>
        (left == AtomClass.Function && right is AtomClass.Ordinary or AtomClass.Function)
        || (right == AtomClass.Function && left is AtomClass.Ordinary or AtomClass.Close or AtomClass.Function);

    /// <summary>An atom with its primes, subscript and superscript; null for a command that leaves nothing, such as <c>\tag</c>.</summary>
    private Atom? ParseScripted()
    {
        // A script without a base, as in {}^n, hangs on an empty one.
        var atom = _reader.Peek is '^' or '_' or '\'' ? new Atom(new XElement("mrow")) : ParseAtom();
        if (atom is null)
            return null;
        XElement? sub = null, sup = null;
        var primes = 0;
        while (true)
        {
            _reader.SkipSpace();
            var column = _reader.Column;
            if (_reader.PeekCommand() is "limits" or "nolimits")
            {
                var command = _reader.PeekCommand()!;
                _reader.TakeCommand(command);
                atom = atom with { Limits = command == "limits" ? Limits.Always : Limits.Never };
            }
            else if (_reader.TryTake('\''))
                primes++;
            else if (_reader.TryTake('_'))
                sub = sub is null ? ParseScript() : throw new TexException("a second subscript: use braces", column);
            else if (_reader.TryTake('^'))
                sup = sup is null ? ParseScript() : throw new TexException("a second superscript: use braces", column);
            else
                return atom with { Element = Scripts(atom, sub, WithPrimes(primes, sup)), Limits = Limits.Never };
        }
    }

    private static XElement? WithPrimes(int primes, XElement? sup)
    {
        if (primes == 0)
            return sup;
        var mark = new XElement("mo", new XAttribute("lspace", "0"), new XAttribute("rspace", "0"), primes switch { 1 => "′", 2 => "″", 3 => "‴", _ => string.Concat(Enumerable.Repeat("′", primes)) });
        return sup is null ? mark : new XElement("mrow", mark, sup);
    }

    private XElement Scripts(Atom atom, XElement? sub, XElement? sup)
    {
        if (sub is null && sup is null)
            return atom.Element;
        var below = atom.Limits == Limits.Always || (atom.Limits == Limits.InDisplay && _display);
        return (sub, sup) switch
        {
            (not null, not null) => new XElement(below ? "munderover" : "msubsup", atom.Element, sub, sup),
            (not null, null) => new XElement(below ? "munder" : "msub", atom.Element, sub),
            _ => new XElement(below ? "mover" : "msup", atom.Element, sup),
        };
    }

    private XElement ParseScript()
    {
        var before = _display;
        _display = false;
        try { return Tightened(ParseArgument("a script")); }
        finally { _display = before; }
    }

    /// <summary>TeX sets no space around operators in scripts: i=1, not i = 1.</summary>
    private static XElement Tightened(XElement script)
    {
        foreach (var sign in script.DescendantsAndSelf("mo").Where(o => o.Attribute("lspace") is null && o.Attribute("stretchy") is null))
        {
            sign.SetAttributeValue("lspace", "0");
            sign.SetAttributeValue("rspace", "0");
        }
        return script;
    }

    /// <summary>What TeX takes for an argument: a group, a command, or a single character.</summary>
    private XElement ParseArgument(string owner)
    {
        _reader.SkipSpace();
        if (_reader.AtEnd || _reader.Peek is '}' or '&' or '^' or '_')
            throw _reader.Error($"{owner} has nothing to work on");
        _oneDigit = true;
        try { return ParseAtom()?.Element ?? new XElement("mrow"); }
        finally { _oneDigit = false; }
    }

    private XElement ParseGroup()
    {
        var column = _reader.Column;
        _reader.Take();
        var (one, font, style) = (_oneDigit, _font, _display);
        _oneDigit = false;
        var row = ParseRow();
        (_oneDigit, _font, _display) = (one, font, style);
        return _reader.TryTake('}') ? row : throw (_reader.AtEnd ? new TexException("this brace is never closed", column) : _reader.Error("} expected"));
    }

    private Atom? ParseAtom()
    {
        if (_reader.PeekCommand() is { } command)
            return ParseCommand(command);
        if (_reader.Peek == '{')
        {
            var group = ParseGroup();
            // 60{,}000: a comma in a group is a digit separator, without the space of a list.
            return new Atom(group is { Name.LocalName: "mo", Value: "," } ? Tight(",") : group);
        }
        return ParseCharacter();
    }

    private Atom ParseCharacter()
    {
        var column = _reader.Column;
        var c = _reader.Take();
        switch (c)
        {
            case >= '0' and <= '9':
                var number = c.ToString(CultureInfo.InvariantCulture);
                while (!_oneDigit && (char.IsAsciiDigit(_reader.Peek) || (_reader.Peek == '.' && !number.Contains('.') && NextIsDigitAfterPoint())))
                    number += _reader.Take();
                return new Atom(new XElement("mn", MathFonts.Style(number, _font)));
            case >= 'a' and <= 'z' or >= 'A' and <= 'Z':
                return new Atom(Letter(c.ToString(CultureInfo.InvariantCulture)));
            case '(' or '[':
                return new Atom(Fence(c.ToString(CultureInfo.InvariantCulture)), AtomClass.Open);
            case ')' or ']':
                return new Atom(Fence(c.ToString(CultureInfo.InvariantCulture)), AtomClass.Close);
            case '|':
                return new Atom(Bar("|"));
            case '/' or '.':
                return new Atom(Tight(c.ToString(CultureInfo.InvariantCulture)));
            case '-':
                return new Atom(new XElement("mo", "−"), AtomClass.Operator);
            case '*':
                return new Atom(new XElement("mo", "∗"), AtomClass.Operator);
            case '+' or '=' or '<' or '>' or ',' or ';' or ':' or '!' or '?':
                return new Atom(new XElement("mo", c), AtomClass.Operator);
            case '~':
                return new Atom(Space("0.333em"), AtomClass.Space);
            case '"' or '`' or '@':
                return new Atom(new XElement("mtext", c));
            case '$' or '#' or '\\':
                throw new TexException($"{c} has no meaning inside a formula", column);
        }
        if (char.IsHighSurrogate(c))
            return new Atom(new XElement("mi", $"{c}{_reader.Take()}"));
        if (c is >= 'Ͱ' and <= 'Ͽ' or >= '℀' and <= '⅏' or '∂' or '∇' or '∞')
            return new Atom(Letter(c.ToString(CultureInfo.InvariantCulture)));
        return char.IsLetter(c) || char.IsPunctuation(c) ? new Atom(new XElement("mtext", c)) : new Atom(new XElement("mo", c), AtomClass.Operator);
    }

    private bool NextIsDigitAfterPoint() => _reader.Position + 1 < text.Length && char.IsAsciiDigit(text[_reader.Position + 1]);

    /// <summary>A letter in the current style; upright where the style says so and the browser would slant it.</summary>
    private XElement Letter(string letter)
    {
        // Neighbours in \mathrm are one word.
        if (_font == MathFont.Roman)
            while (!_oneDigit && char.IsAsciiLetter(_reader.Peek))
                letter += _reader.Take();
        var upright = letter.Length == 1 && (_font == MathFont.Roman || (_font == MathFont.Normal && (letter[0] is >= 'Α' and <= 'Ω' or '∂' or '∇' or '∞' || !char.IsLetter(letter[0]))));
        return upright ? new XElement("mi", new XAttribute("mathvariant", "normal"), letter) : new XElement("mi", MathFonts.Style(letter, _font));
    }

    private static XElement Fence(string sign) => new("mo", new XAttribute("stretchy", "false"), sign);

    private static XElement Bar(string sign) => new("mo", new XAttribute("stretchy", "false"), new XAttribute("lspace", "0"), new XAttribute("rspace", "0"), sign);

    private static XElement Tight(string sign) => new("mo", new XAttribute("lspace", "0"), new XAttribute("rspace", "0"), sign);

    private static XElement Space(string width) => new("mspace", new XAttribute("width", width));
}
