namespace CourseKit.Cli;

/// <summary>A language of the book: its folder and the words around the pages.</summary>
/// <param name="Language">The HTML language tag.</param>
/// <param name="Folder">Where its pages stand, seen from the book's folder; empty or with a slash at its end.</param>
/// <param name="Name">The language's own name, for the switch.</param>
internal sealed record Edition(string Language, string Folder, string Name)
{
    /// <summary>English, whose pages stand at the top.</summary>
    public static readonly Edition English = new("en", "", "English");

    /// <summary>Chinese.</summary>
    public static readonly Edition Chinese = new("zh", "zh/", "中文");

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Edition> All = [English, Chinese];

    /// <summary>The edition of a notebook or a text: Chinese in a folder named zh, English elsewhere.</summary>
    public static Edition Of(string path) => Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))) == "zh" ? Chinese : English;

    /// <summary>One of two words, by language.</summary>
    public string Say(string english, string chinese) => Language == "zh" ? chinese : english;
}
