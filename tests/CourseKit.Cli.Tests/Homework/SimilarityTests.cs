using System.Diagnostics;

namespace CourseKit.Cli.Tests.Homework;

/// <summary>The lexer that reads students' code in the grader's own process.</summary>
public sealed class SimilarityTests
{
    public static TheoryData<string, string> Hostile => new()
    {
        { "$\"{", "(" }, { "#if ", "!" }, { "", "$" }, { "", "@" }, { "", "/*" }, { "", "\"" }, { "", "$\"{" }, { "'", "\\" }, { "\"", "\\" }, { "/", "*" }, { "", "a" }, { "", "1" }, { "", "\ud800" },
    };

    [Theory, MemberData(nameof(Hostile))]
    public void A_megabyte_of_anything_takes_no_time_and_no_stack(string start, string again)
    {
        var clock = Stopwatch.StartNew();
        Similarity.Pieces(start + string.Concat(Enumerable.Repeat(again, 1_000_000)));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), clock.Elapsed.ToString()); // hours, where it went back for each character
    }

    [Fact]
    public void Names_and_comments_are_left_out_and_keywords_and_texts_are_not()
    {
        const string Code = "var total = 0.0; foreach (var value in x) { total += value; } Console.WriteLine($\"is {total}\"); return 'x';";
        Assert.NotEmpty(Similarity.Pieces(Code));
        Assert.Equal(Similarity.Pieces(Code), Similarity.Pieces("/* mine */" + Code.Replace("total = ", "@sum /* of \"all\" */ =", StringComparison.Ordinal).Replace("value", "Größe", StringComparison.Ordinal) + "// the end"));
        Assert.NotEqual(Similarity.Pieces(Code), Similarity.Pieces(Code.Replace("foreach", "mine", StringComparison.Ordinal)));
        Assert.NotEqual(Similarity.Pieces(Code), Similarity.Pieces(Code.Replace("is {", "was {", StringComparison.Ordinal)));
    }
}
