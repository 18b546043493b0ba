using ColorCode;
using ColorCode.Common;
using ColorCode.Styling;

namespace CourseKit.Cli;

/// <summary>Colours a code cell. ColorCode's own C# is that of 2015; this one knows raw strings, records and top-level scripts.</summary>
internal static class CSharpHighlighter
{
    private const string Keywords =
        "abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit "
        + "extern false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null object operator "
        + "out override params private protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this "
        + "throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while and async await dynamic from get init into let "
        + "nameof not or orderby partial record required select set var when where with yield";

    private static readonly ILanguage Language = new CSharp14();
    private static readonly HtmlClassFormatter Formatter = new(StyleDictionary.DefaultLight);

    /// <summary>The code as HTML, spans with the classes <c>comment</c>, <c>string</c>, <c>number</c>, <c>keyword</c>, <c>preprocessorKeyword</c>.</summary>
    public static string ToHtml(string code)
    {
        lock (Formatter)
        {
            // The formatter wraps the code in its own div and pre.
            var html = Formatter.GetHtmlString(code, Language);
            var start = html.IndexOf("<pre>", StringComparison.Ordinal) + 5;
            return html[start..html.LastIndexOf("</pre>", StringComparison.Ordinal)].Trim('\r', '\n').Replace("\r\n", "\n", StringComparison.Ordinal);
        }
    }

    private sealed class CSharp14 : ILanguage
    {
        public string Id => "csharp14";
        public string FirstLinePattern => "";
        public string Name => "C# 14";
        public string CssClassName => "csharp";
        public bool HasAlias(string lang) => lang is "cs" or "csharp";

        public IList<LanguageRule> Rules { get; } =
        [
            new(@"/\*[\s\S]*?\*/|//[^\r\n]*", Scope(ScopeName.Comment)),
            new(@"\$*""""""[\s\S]*?""""""+", Scope(ScopeName.String)),
            new(@"(?:\$@|@\$|@)""(?:[^""]|"""")*""|\$?""(?:\\.|[^""\\\r\n])*""|'(?:\\.[^']*|[^'\\\r\n])'", Scope(ScopeName.String)),
            new(@"^[ \t]*#[!a-z]+[^\r\n]*", Scope(ScopeName.PreprocessorKeyword)),
            new(@"\b(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)[fFdDmMuUlL]{0,2}\b", Scope(ScopeName.Number)),
            new($@"(?<!@)\b(?:{Keywords.Replace(' ', '|')})\b", Scope(ScopeName.Keyword)),
        ];

        private static Dictionary<int, string> Scope(string name) => new() { [0] = name };
    }
}
