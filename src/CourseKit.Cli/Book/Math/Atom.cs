using System.Xml.Linq;

namespace CourseKit.Cli;

/// <summary>What TeX calls an atom: an element with the class that decides how its scripts and its neighbours stand.</summary>
/// <param name="Element">The MathML.</param>
/// <param name="Class">TeX's class.</param>
/// <param name="Limits">Whether scripts go below and above: always, never, or in display style only.</param>
internal sealed record Atom(XElement Element, AtomClass Class = AtomClass.Ordinary, Limits Limits = Limits.Never);

/// <summary>TeX's classes, as far as MathML's own operator spacing does not already know them.</summary>
internal enum AtomClass
{
    /// <summary>A letter, a number, a group: no space of its own.</summary>
    Ordinary,

    /// <summary>A named function such as log: a thin space to the letters beside it.</summary>
    Function,

    /// <summary>Binary, relation, punctuation or large operator: MathML's dictionary spaces it.</summary>
    Operator,

    /// <summary>An opening delimiter.</summary>
    Open,

    /// <summary>A closing delimiter.</summary>
    Close,

    /// <summary>White space that was asked for.</summary>
    Space,
}

/// <summary>Where an atom's scripts stand.</summary>
internal enum Limits
{
    /// <summary>Beside it, at the corners.</summary>
    Never,

    /// <summary>Below and above in display style, beside it otherwise.</summary>
    InDisplay,

    /// <summary>Below and above.</summary>
    Always,
}
