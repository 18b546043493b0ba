using System.Xml.Linq;

namespace CourseKit.Cli;

/// <summary>Matrices, cases and aligned blocks.</summary>
internal sealed partial class TexParser
{
    // Inside a row of an outermost aligned block a \tag numbers that row, not the whole.
    private bool _inAlignedRow;
    private string? _rowTag;
    private int _depth;

    private Atom Environment(int column)
    {
        var name = _reader.TakeRawGroup("begin");
        var columns = name switch
        {
            "array" or "alignedat" or "alignat" or "alignat*" => _reader.TakeRawGroup(name),
            _ => "",
        };
        var (open, close) = name switch
        {
            "pmatrix" => ("(", ")"),
            "bmatrix" => ("[", "]"),
            "Bmatrix" => ("{", "}"),
            "vmatrix" => ("|", "|"),
            "Vmatrix" => ("‖", "‖"),
            "cases" => ("{", ""),
            "rcases" => ("", "}"),
            "matrix" or "smallmatrix" or "array" or "aligned" or "align" or "align*" or "alignedat" or "alignat" or "alignat*" or "split" or "gathered" or "gather" or "gather*" or "equation" or "equation*" => ("", ""),
            _ => throw new TexException($"unknown environment {name}", column),
        };
        var kind = name switch
        {
            "cases" or "rcases" => "cases",
            "equation" or "equation*" => "equation",
            "gathered" or "gather" or "gather*" => "gathered",
            _ when name.StartsWith("align", StringComparison.Ordinal) || name == "split" => "aligned",
            "array" => "array",
            _ => "matrix",
        };
        var table = Table(kind, columns);
        if (_reader.PeekCommand() != "end")
            throw new TexException($"\\begin{{{name}}} is never closed", column);
        var endColumn = _reader.Column;
        _reader.TakeCommand("end");
        var end = _reader.TakeRawGroup("end");
        if (end != name)
            throw new TexException($"\\end{{{end}}} closes \\begin{{{name}}}", endColumn);
        if (open.Length == 0 && close.Length == 0)
            return new Atom(table);
        return new Atom(new XElement("mrow", open.Length > 0 ? Stretching(open, "prefix") : null, table, close.Length > 0 ? Stretching(close, "postfix") : null));
    }

    private XElement Table(string kind, string columns)
    {
        var (style, one, inRow) = (_display, _oneDigit, _inAlignedRow);
        var outermost = _depth++ == 0 && kind is "aligned" or "gathered";
        _oneDigit = false;
        _inAlignedRow |= outermost;
        var rows = new List<(XElement Row, string? Tag)>();
        var cells = new List<XElement>();
        var line = false;
        while (true)
        {
            _display = kind is "aligned" or "gathered" or "equation";
            _reader.SkipSpace();
            while (_reader.PeekCommand() == "hline")
            {
                _reader.TakeCommand("hline");
                _reader.SkipSpace();
                line = true;
            }
            cells.Add(Cell(ParseRow(), kind, cells.Count, columns));
            if (_reader.TryTake('&'))
                continue;
            rows.Add((new XElement("mtr", line ? new XAttribute("class", "line") : null, cells), outermost ? _rowTag : null));
            if (outermost)
                _rowTag = null;
            (line, cells) = (false, []);
            if (_reader.PeekCommand() is not ("\\" or "cr"))
                break;
            _reader.TakeCommand(_reader.PeekCommand()!);
            SkipRowGap();
        }
        (_display, _oneDigit, _inAlignedRow) = (style, one, inRow);
        _depth--;
        // A last \\ leaves an empty row behind.
        if (rows.Count > 1 && rows[^1].Row.Elements().All(cell => !cell.Elements().Any() || cell.Elements().All(e => e.Name == "mrow" && !e.HasElements)))
            rows.RemoveAt(rows.Count - 1);
        if (outermost)
            PlaceNumbers(rows);
        return kind == "equation" && rows.Count == 1
            ? new XElement("mrow", rows[0].Row.Elements().Select(c => c.Elements()))
            : new XElement("mtable", kind is "aligned" or "gathered" ? new XAttribute("displaystyle", "true") : null, new XAttribute("class", kind), rows.Select(r => r.Row));
    }

    private static XElement Cell(XElement content, string kind, int index, string columns)
    {
        var align = kind switch
        {
            "aligned" => index % 2 == 0 ? "right" : "left",
            "cases" => "left",
            "array" => ArrayColumn(columns, index),
            _ => null,
        };
        return new XElement("mtd", align is null ? null : new XAttribute("class", align), content.Name == "mrow" && !content.HasAttributes ? content.Elements() : content);
    }

    /// <summary>The class of an array's column: how it is aligned, and whether a bar stands before it.</summary>
    private static string? ArrayColumn(string columns, int index)
    {
        var before = ' ';
        foreach (var c in columns.Replace(" ", "", StringComparison.Ordinal))
        {
            if (c is 'l' or 'c' or 'r' && index-- == 0)
                return $"{c switch { 'l' => "left", 'r' => "right", _ => "" }}{(before == '|' ? " ruled" : "")}".Trim() is { Length: > 0 } name ? name : null;
            before = c;
        }
        return null;
    }

    /// <summary>One number belongs to the whole formula and stands at its side; several stand at the end of their rows.</summary>
    private void PlaceNumbers(List<(XElement Row, string? Tag)> rows)
    {
        var tagged = rows.Where(r => r.Tag is not null).ToArray();
        if (tagged.Length == 1)
            Tag ??= tagged[0].Tag;
        else if (tagged.Length > 1)
            foreach (var (row, tag) in tagged)
                row.Add(new XElement("mtd", new XAttribute("class", "number"), new XAttribute("id", "eq-" + tag), new XElement("mtext", $"({tag})")));
    }

    /// <summary><c>\\[4pt]</c>: the gap is left to the style sheet.</summary>
    private void SkipRowGap()
    {
        _reader.TryTake('*');
        if (_reader.Peek != '[' || !System.Text.RegularExpressions.Regex.IsMatch(text[_reader.Position..], @"^\[\s*-?\d*\.?\d+\s*(em|ex|pt|px|mm|cm)\s*\]"))
            return;
        while (_reader.Take() != ']') { }
    }

    private XElement Lines(int column)
    {
        _reader.SkipSpace();
        if (!_reader.TryTake('{'))
            throw _reader.Error("\\substack needs an argument in braces");
        var table = Table("substack", "");
        return _reader.TryTake('}') ? table : throw new TexException("the brace of \\substack is never closed", column);
    }
}
