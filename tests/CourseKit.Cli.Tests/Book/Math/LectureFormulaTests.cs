namespace CourseKit.Cli.Tests;

/// <summary>Every formula of the lecture, as the slides write it, one a line: D for a displayed one, I for one within a line of text.</summary>
public class LectureFormulaTests
{
    public static TheoryData<string> Formulas => [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Book", "Math", "lecture-formulas.txt")).Where(l => l.Length > 2)];

    [Theory, MemberData(nameof(Formulas))]
    public void Every_formula_of_the_lecture_converts(string line)
    {
        var formula = Formula.FromTex(line[2..], display: line[0] == 'D');
        var text = System.Xml.Linq.XElement.Parse(formula.MathMl).Value;
        Assert.NotEmpty(text);
        Assert.DoesNotContain('\\', text);
    }
}
