namespace CourseKit.Notebooks.Tests.Browser;

/// <summary>A test that looks at a page in Chromium; skipped with the reason where there is none and none can be installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        Skip = Chromium.Missing;
        // The console runner shows a skipped test without its reason.
        if (Skip is not null)
            Console.WriteLine($"Browser test skipped: {Skip}");
    }
}
