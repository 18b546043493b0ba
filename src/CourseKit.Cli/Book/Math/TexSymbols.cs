namespace CourseKit.Cli;

/// <summary>The commands that stand for one character or one name.</summary>
internal static class TexSymbols
{
    /// <summary>Letters and letter-like signs.</summary>
    public static readonly Dictionary<string, string> Letters = Table(
        """
        alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ
        omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω
        Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
        ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ wp ℘ imath ı jmath ȷ infty ∞ partial ∂ nabla ∇ emptyset ∅ varnothing ∅ top ⊤ bot ⊥ angle ∠
        triangle △ square □ Box □ blacksquare ■ diamond ⋄ star ⋆ dagger † degree ° prime ′ backslash \ checkmark ✓ % % # # $ $ _ _ S §
        forall ∀ exists ∃ nexists ∄
        """);

    /// <summary>Operators and relations; MathML's dictionary knows their spacing.</summary>
    public static readonly Dictionary<string, string> Operators = Table(
        """
        cdot ⋅ times × div ÷ pm ± mp ∓ ast ∗ circ ∘ bullet ∙ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ wedge ∧ vee ∨ land ∧ lor ∨
        cap ∩ cup ∪ sqcap ⊓ sqcup ⊔ setminus ∖ neg ¬ lnot ¬
        le ≤ leq ≤ leqslant ⩽ ge ≥ geq ≥ geqslant ⩾ ne ≠ neq ≠ lt < gt > ll ≪ gg ≫ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝
        lesssim ≲ gtrsim ≳ prec ≺ succ ≻ preceq ⪯ succeq ⪰ doteq ≐ triangleq ≜ coloneqq ≔ asymp ≍ in ∈ ni ∋ notin ∉
        subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ nsubseteq ⊈ perp ⊥ parallel ∥ mid ∣ nmid ∤ vdash ⊢ models ⊨
        to → rightarrow → gets ← leftarrow ← leftrightarrow ↔ mapsto ↦ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔
        longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ longmapsto ⟼ Longrightarrow ⟹ Longleftarrow ⟸ implies ⟹ impliedby ⟸ iff ⟺
        uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ hookrightarrow ↪ hookleftarrow ↩
        rightharpoonup ⇀ leftharpoonup ↼ rightleftharpoons ⇌ leadsto ⇝
        dots … ldots … cdots ⋯ vdots ⋮ ddots ⋱ dotsc … dotsb ⋯ colon : therefore ∴ because ∵
        """);

    /// <summary>Large operators whose limits go below and above in display style; the integrals keep theirs beside them.</summary>
    public static readonly Dictionary<string, string> LargeOperators = Table(
        "sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ bigvee ⋁ bigwedge ⋀ int ∫ iint ∬ iiint ∭ oint ∮");

    /// <summary>Functions written upright; the value says whether a subscript goes below them in display style.</summary>
    public static readonly Dictionary<string, Limits> Functions = new (Limits Limits, string Names)[]
    {
        (Limits.Never, "arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh tan tanh"),
        (Limits.InDisplay, "det gcd inf lim liminf limsup max min Pr sup argmax argmin"),
    }.SelectMany(g => g.Names.Split(' ').Select(n => (Name: n, g.Limits))).ToDictionary(p => p.Name, p => p.Limits);

    /// <summary>Delimiters by the command that names them.</summary>
    public static readonly Dictionary<string, string> Delimiters = Table(
        """
        { { } } | ‖ lbrace { rbrace } langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lvert | rvert | vert | lVert ‖ rVert ‖ Vert ‖
        lbrack [ rbrack ] lgroup ⟮ rgroup ⟯
        """);

    /// <summary>Which delimiters open, for the spacing; the rest close or stand on both sides.</summary>
    public static bool Opens(string command) => command is "{" or "lbrace" or "langle" or "lfloor" or "lceil" or "lvert" or "lVert" or "lbrack" or "lgroup";

    /// <summary>Accents over one letter or, where wide, over the whole.</summary>
    public static readonly Dictionary<string, (string Mark, bool Wide)> Accents = new()
    {
        ["hat"] = ("^", false), ["widehat"] = ("^", true), ["tilde"] = ("~", false), ["widetilde"] = ("~", true), ["bar"] = ("¯", false),
        ["overline"] = ("¯", true), ["vec"] = ("→", false), ["overrightarrow"] = ("→", true), ["overleftarrow"] = ("←", true),
        ["dot"] = ("˙", false), ["ddot"] = ("¨", false), ["check"] = ("ˇ", false), ["breve"] = ("˘", false), ["acute"] = ("´", false),
        ["grave"] = ("`", false), ["mathring"] = ("˚", false),
    };

    /// <summary>Spaces, in em.</summary>
    public static readonly Dictionary<string, string> Spaces = new()
    {
        [","] = "0.1667em", ["thinspace"] = "0.1667em", [":"] = "0.2222em", [">"] = "0.2222em", ["medspace"] = "0.2222em", [";"] = "0.2778em",
        ["thickspace"] = "0.2778em", ["!"] = "-0.1667em", ["negthinspace"] = "-0.1667em", [" "] = "0.25em", ["space"] = "0.25em",
        ["enspace"] = "0.5em", ["quad"] = "1em", ["qquad"] = "2em",
    };

    /// <summary>Letter styles that take an argument.</summary>
    public static readonly Dictionary<string, MathFont> Fonts = new()
    {
        ["mathbf"] = MathFont.Bold, ["boldsymbol"] = MathFont.BoldItalic, ["bm"] = MathFont.BoldItalic, ["pmb"] = MathFont.BoldItalic,
        ["mathbb"] = MathFont.DoubleStruck, ["mathcal"] = MathFont.Script, ["mathscr"] = MathFont.Script, ["mathfrak"] = MathFont.Fraktur,
        ["mathrm"] = MathFont.Roman, ["mathsf"] = MathFont.SansSerif, ["mathtt"] = MathFont.Monospace, ["mathit"] = MathFont.Italic,
        ["mathnormal"] = MathFont.Normal, ["symbf"] = MathFont.Bold, ["symbfit"] = MathFont.BoldItalic,
    };

    /// <summary>Text in a formula.</summary>
    public static readonly Dictionary<string, string> Texts = new()
    {
        ["text"] = "", ["textrm"] = "", ["textnormal"] = "", ["mbox"] = "", ["hbox"] = "", ["textbf"] = "font-weight:bold",
        ["textit"] = "font-style:italic", ["emph"] = "font-style:italic", ["texttt"] = "font-family:monospace", ["textsf"] = "font-family:sans-serif",
    };

    /// <summary>Sizes of delimiters that are set by hand.</summary>
    public static readonly Dictionary<string, string> Sizes = new[] { ("big", "1.2em"), ("Big", "1.8em"), ("bigg", "2.4em"), ("Bigg", "3em") }
        .SelectMany(s => new[] { "", "l", "r", "m" }.Select(side => (Name: s.Item1 + side, Size: s.Item2)))
        .ToDictionary(s => s.Name, s => s.Size);

    /// <summary>Every command of these tables, for the list that an error can offer.</summary>
    public static IEnumerable<string> All =>
        [.. Letters.Keys, .. Operators.Keys, .. LargeOperators.Keys, .. Functions.Keys, .. Delimiters.Keys, .. Accents.Keys, .. Spaces.Keys, .. Fonts.Keys, .. Texts.Keys, .. Sizes.Keys];

    private static Dictionary<string, string> Table(string pairs)
    {
        var words = pairs.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Chunk(2).ToDictionary(p => p[0], p => p[1]);
    }
}
