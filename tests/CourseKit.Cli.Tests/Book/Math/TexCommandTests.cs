namespace CourseKit.Cli.Tests;

public class TexCommandTests
{
    [Theory]
    [InlineData(@"x", "<mi>x</mi>")]
    [InlineData(@"3.14", "<mn>3.14</mn>")]
    [InlineData(@"x^12", "<mrow><msup><mi>x</mi><mn>1</mn></msup><mn>2</mn></mrow>")]
    [InlineData(@"x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>")]
    [InlineData(@"a-b", "<mrow><mi>a</mi><mo>−</mo><mi>b</mi></mrow>")]
    [InlineData(@"\frac{1}{m}", "<mfrac><mn>1</mn><mi>m</mi></mfrac>")]
    [InlineData(@"\frac1m", "<mfrac><mn>1</mn><mi>m</mi></mfrac>")]
    [InlineData(@"\sqrt{x}", "<msqrt><mi>x</mi></msqrt>")]
    [InlineData(@"\sqrt[3]{x}", "<mroot><mi>x</mi><mn>3</mn></mroot>")]
    [InlineData(@"\hat{y}", "<mover accent=\"true\"><mi>y</mi><mo stretchy=\"false\">^</mo></mover>")]
    [InlineData(@"\hat y", "<mover accent=\"true\"><mi>y</mi><mo stretchy=\"false\">^</mo></mover>")]
    [InlineData(@"\mathbf{W}", "<mi>𝐖</mi>")]
    [InlineData(@"\mathbf{0}", "<mn>𝟎</mn>")]
    [InlineData(@"\boldsymbol{\omega}", "<mi>𝝎</mi>")]
    [InlineData(@"\boldsymbol{x}", "<mi>𝒙</mi>")]
    [InlineData(@"\mathbb{E}", "<mi>𝔼</mi>")]
    [InlineData(@"\mathbb R", "<mi>ℝ</mi>")]
    [InlineData(@"\mathcal{L}", "<mi>ℒ</mi>")]
    [InlineData(@"\mathrm{d}", "<mi mathvariant=\"normal\">d</mi>")]
    [InlineData(@"\mathrm{ReLU}", "<mi>ReLU</mi>")]
    [InlineData(@"\text{if } x", "<mrow><mtext>if\u00A0</mtext><mi>x</mi></mrow>")]
    [InlineData(@"\text{a $b$}", "<mrow><mtext>a\u00A0</mtext><mi>b</mi></mrow>")]
    [InlineData(@"\operatorname{softmax}(z)", "<mrow><mi>softmax</mi><mo stretchy=\"false\">(</mo><mi>z</mi><mo stretchy=\"false\">)</mo></mrow>")]
    [InlineData(@"2\log x", "<mrow><mn>2</mn><mspace width=\"0.1667em\" /><mi>log</mi><mspace width=\"0.1667em\" /><mi>x</mi></mrow>")]
    [InlineData(@"f'", "<msup><mi>f</mi><mo lspace=\"0\" rspace=\"0\">′</mo></msup>")]
    [InlineData(@"f''_l", "<msubsup><mi>f</mi><mi>l</mi><mo lspace=\"0\" rspace=\"0\">″</mo></msubsup>")]
    [InlineData(@"\nabla\partial\top", "<mrow><mi mathvariant=\"normal\">∇</mi><mi mathvariant=\"normal\">∂</mi><mi mathvariant=\"normal\">⊤</mi></mrow>")]
    [InlineData(@"\Gamma\gamma", "<mrow><mi mathvariant=\"normal\">Γ</mi><mi>γ</mi></mrow>")]
    [InlineData(@"\odot\otimes\triangleq", "<mrow><mo>⊙</mo><mo>⊗</mo><mo>≜</mo></mrow>")]
    [InlineData(@"\le\ge\neq\approx\sim\in\notin", "<mrow><mo>≤</mo><mo>≥</mo><mo>≠</mo><mo>≈</mo><mo>∼</mo><mo>∈</mo><mo>∉</mo></mrow>")]
    [InlineData(@"\cdot\times\dots\cdots\vdots\ddots", "<mrow><mo>⋅</mo><mo>×</mo><mo>…</mo><mo>⋯</mo><mo>⋮</mo><mo>⋱</mo></mrow>")]
    [InlineData(@"\not=", "<mo>=\u0338</mo>")]
    [InlineData(@"\{x\}", "<mrow><mo stretchy=\"false\">{</mo><mi>x</mi><mo stretchy=\"false\">}</mo></mrow>")]
    [InlineData(@"\|w\|", "<mrow><mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">‖</mo><mi>w</mi><mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">‖</mo></mrow>")]
    [InlineData(@"\lVert w\rVert", "<mrow><mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">‖</mo><mi>w</mi><mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">‖</mo></mrow>")]
    [InlineData(@"a\,b\quad c", "<mrow><mi>a</mi><mspace width=\"0.1667em\" /><mi>b</mi><mspace width=\"1em\" /><mi>c</mi></mrow>")]
    [InlineData(@"60{,}000", "<mrow><mn>60</mn><mo lspace=\"0\" rspace=\"0\">,</mo><mn>000</mn></mrow>")]
    [InlineData(@"a % a comment", "<mi>a</mi>")]
    [InlineData(@"\binom{n}{k}", "<mrow><mo>(</mo><mfrac linethickness=\"0\"><mi>n</mi><mi>k</mi></mfrac><mo>)</mo></mrow>")]
    [InlineData(@"\underline{x}", "<munder><mi>x</mi><mo stretchy=\"true\">_</mo></munder>")]
    [InlineData(@"\overset{a}{=}", "<mover><mo>=</mo><mi>a</mi></mover>")]
    [InlineData(@"\dfrac{1}{2}", "<mstyle displaystyle=\"true\"><mfrac><mn>1</mn><mn>2</mn></mfrac></mstyle>")]
    [InlineData(@"\sum_{i=1}^n", "<msubsup><mo>∑</mo><mrow><mi>i</mi><mo lspace=\"0\" rspace=\"0\">=</mo><mn>1</mn></mrow><mi>n</mi></msubsup>")]
    [InlineData(@"\sum\limits_i", "<munder><mo>∑</mo><mi>i</mi></munder>")]
    public void A_command_becomes_its_MathML(string tex, string expected) =>
        Assert.Equal($"<math>{expected}</math>", Formula.FromTex(tex, display: false).MathMl);

    [Theory]
    [InlineData(@"\sum_{i}^n", "<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover>")]
    [InlineData(@"\max_i", "<munder><mi>max</mi><mi>i</mi></munder>")]
    [InlineData(@"\int_0^1", "<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup>")]
    [InlineData(@"\operatorname*{arg\,max}_i", "<munder><mi>arg\u2009max</mi><mi>i</mi></munder>")]
    [InlineData(@"\underbrace{x}_{n}", "<munder><munder><mi>x</mi><mo stretchy=\"true\">⏟</mo></munder><mi>n</mi></munder>")]
    [InlineData(@"\xrightarrow{n}", "<mover><mo stretchy=\"true\" minsize=\"1.5em\">→</mo><mrow><mspace width=\"0.4em\" /><mi>n</mi><mspace width=\"0.4em\" /></mrow></mover>")]
    [InlineData(@"\left(x\right]", "<mrow><mo form=\"prefix\" fence=\"true\" stretchy=\"true\" symmetric=\"true\">(</mo><mi>x</mi><mo form=\"postfix\" fence=\"true\" stretchy=\"true\" symmetric=\"true\">]</mo></mrow>")]
    [InlineData(@"\left.x\right|", "<mrow><mi>x</mi><mo form=\"postfix\" fence=\"true\" stretchy=\"true\" symmetric=\"true\">|</mo></mrow>")]
    [InlineData(@"\begin{matrix}a&b\\c&d\end{matrix}", "<mtable class=\"matrix\"><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr><mtr><mtd><mi>c</mi></mtd><mtd><mi>d</mi></mtd></mtr></mtable>")]
    [InlineData(@"\begin{array}{l|r}a&b\\ \hline c&d\end{array}", "<mtable class=\"array\"><mtr><mtd class=\"left\"><mi>a</mi></mtd><mtd class=\"right ruled\"><mi>b</mi></mtd></mtr><mtr class=\"line\"><mtd class=\"left\"><mi>c</mi></mtd><mtd class=\"right ruled\"><mi>d</mi></mtd></mtr></mtable>")]
    [InlineData(@"\begin{aligned}a&=b\\[4pt]&=c\\\end{aligned}", "<mtable displaystyle=\"true\" class=\"aligned\"><mtr><mtd class=\"right\"><mi>a</mi></mtd><mtd class=\"left\"><mo>=</mo><mi>b</mi></mtd></mtr><mtr><mtd class=\"right\" /><mtd class=\"left\"><mo>=</mo><mi>c</mi></mtd></mtr></mtable>")]
    public void A_displayed_command_becomes_its_MathML(string tex, string expected) =>
        Assert.Equal($"<math display=\"block\">{expected}</math>", Formula.FromTex(tex, display: true).MathMl);

    [Theory]
    [InlineData("pmatrix", "(", ")")]
    [InlineData("bmatrix", "[", "]")]
    [InlineData("vmatrix", "|", "|")]
    [InlineData("cases", "{", "")]
    public void A_matrix_stands_between_its_fences(string name, string open, string close)
    {
        var text = System.Xml.Linq.XElement.Parse(Formula.FromTex($@"\begin{{{name}}}1\\2\end{{{name}}}", true).MathMl).Value;
        Assert.Equal(open + "12" + close, text);
    }

    [Fact]
    public void A_tag_is_the_formulas_number_wherever_it_stands()
    {
        Assert.Equal("13", Formula.FromTex(@"a = b \tag{13}", true).Tag);
        Assert.Equal("3", Formula.FromTex(@"\begin{aligned}a&=b\\c&=d\tag{3}\end{aligned}", true).Tag);
        Assert.DoesNotContain("13", Formula.FromTex(@"a = b \tag{13}", true).MathMl, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_tags_stand_at_the_end_of_their_rows_with_an_anchor_each()
    {
        var formula = Formula.FromTex(@"\begin{align}a&=b\tag{1}\\c&=d\tag{2}\end{align}", true);
        Assert.Null(formula.Tag);
        Assert.Contains("<mtd class=\"number\" id=\"eq-1\"><mtext>(1)</mtext></mtd></mtr>", formula.MathMl, StringComparison.Ordinal);
        Assert.Contains("<mtd class=\"number\" id=\"eq-2\"><mtext>(2)</mtext></mtd></mtr>", formula.MathMl, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"a + \foo{b}", 5, @"unknown command \foo")]
    [InlineData(@"\Mathbf{b}", 1, @"unknown command \Mathbf (is \mathbf meant?)")]
    [InlineData(@"{a", 1, "this brace is never closed")]
    [InlineData(@"a}", 2, "a brace closes that was never opened")]
    [InlineData(@"\frac{1}", 9, @"\frac has nothing to work on")]
    [InlineData(@"x_1_2", 4, "a second subscript: use braces")]
    [InlineData(@"x^1^2", 4, "a second superscript: use braces")]
    [InlineData(@"\left( x", 1, @"this \left has no \right")]
    [InlineData(@"x \right)", 3, @"\right without \left")]
    [InlineData(@"a & b", 3, "& stands outside a matrix or an aligned block")]
    [InlineData(@"\begin{matrx}a\end{matrx}", 1, "unknown environment matrx")]
    [InlineData(@"\begin{matrix}a\end{array}", 16, @"\end{array} closes \begin{matrix}")]
    [InlineData(@"\begin{matrix}a", 1, @"\begin{matrix} is never closed")]
    [InlineData(@"\text{never", 6, @"the brace of \text is never closed")]
    [InlineData(@"a \tag{1} \tag{2}", 11, @"a second \tag: this is (1) already")]
    [InlineData(@"\left x", 7, @"\left needs a delimiter, not x")]
    [InlineData(@"a # b", 3, "# has no meaning inside a formula")]
    public void A_mistake_is_named_with_its_column(string tex, int column, string message)
    {
        var error = Assert.Throws<TexException>(() => Formula.FromTex(tex, display: true));
        Assert.Equal((column, message), (error.Column, error.Message));
    }

    [Fact]
    public void Every_prefix_of_a_long_formula_converts_or_fails_with_a_place_inside_it()
    {
        const string tex = @"\begin{aligned}\delta^{(l)} &\triangleq \left[\sum_{i=1}^{n} \frac{\hat{y}}{\sqrt[3]{x}}\right]^\top \\ &= \text{a $b$}\operatorname{f}\big(x'\big) \tag{9}\end{aligned}";
        for (var length = 0; length <= tex.Length; length++)
            try
            {
                Formula.FromTex(tex[..length], true);
            }
            catch (TexException e)
            {
                Assert.InRange(e.Column, 1, length + 1);
            }
    }
}
