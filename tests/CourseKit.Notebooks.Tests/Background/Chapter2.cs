namespace CourseKit.Notebooks.Tests.Background;

/// <summary>The text of chapter 2, so that a test of a claim fails too when the claim, or the cell it is about, changes.</summary>
internal static class Chapter2
{
    private const string Notebook = "notebooks/en/02-background.ipynb";

    /// <summary>Asserts that the prose says this, wherever its lines break.</summary>
    public static void Says(string claim) => Assert.Contains(Spaced(claim), Spaced(string.Join(
        "\n", CourseNotebooks.Cells(Notebook).Where(cell => !CourseNotebooks.IsCode(cell)).Select(CourseNotebooks.Source))));

    /// <summary>Asserts that the cell runs this, so that the test computes what the reader sees.</summary>
    public static void Runs(string id, string code) =>
        Assert.Contains(Spaced(code), Spaced(CourseNotebooks.CodeCells(Notebook).Single(cell => cell.Id == id).Source));

    private static string Spaced(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
