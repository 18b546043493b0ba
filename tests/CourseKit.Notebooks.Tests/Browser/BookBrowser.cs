using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;
using OpenQA.Selenium.Support.UI;

namespace CourseKit.Notebooks.Tests.Browser;

/// <summary>
/// A headless Chromium without a network that opens pages from disk and counts what is on them. One at a time is plenty: it takes some 300 MB.
/// </summary>
internal sealed class BookBrowser : IDisposable
{
    /// <summary>A phone's width, in CSS pixels.</summary>
    public const int Phone = 390;

    private readonly string _profile = Directory.CreateTempSubdirectory("coursekit-browser-").FullName;
    private readonly ChromeDriverService _service;
    private readonly ChromeDriver _driver;

    /// <param name="width">The page's width in CSS pixels.</param>
    /// <param name="height">The page's height in CSS pixels.</param>
    /// <param name="dark">Whether the reader prefers a dark page.</param>
    public BookBrowser(int width = 1280, int height = 900, bool dark = false)
    {
        var options = new ChromeOptions { BinaryLocation = Chromium.Browser, PageLoadStrategy = PageLoadStrategy.Normal };
        options.AddArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run",
            "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-default-apps", "--hide-scrollbars", "--allow-file-access-from-files=false",
            // Every name is unknown, and what needs no name goes to a port where nobody listens.
            "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>",
            $"--user-data-dir={_profile}");
        options.SetLoggingPreference(LogType.Browser, LogLevel.All);
        _service = ChromeDriverService.CreateDefaultService(Path.GetDirectoryName(Chromium.Driver), Path.GetFileName(Chromium.Driver));
        _service.SuppressInitialDiagnosticInformation = true;
        _driver = new ChromeDriver(_service, options, TimeSpan.FromSeconds(60));
        Resize(width, height, dark);
    }

    /// <summary>Sets what the reader's screen is like, exactly: a window could not be as narrow as a phone.</summary>
    public void Resize(int width, int height, bool dark = false)
    {
        _driver.ExecuteCdpCommand("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = width <= 480 });
        _driver.ExecuteCdpCommand("Emulation.setEmulatedMedia", new() { ["features"] = new object[] { new Dictionary<string, object> { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" } } });
    }

    /// <summary>Opens a page from disk and waits until its charts are drawn, or no more are drawn for a while.</summary>
    /// <param name="file">The page.</param>
    /// <param name="patience">How long to wait for charts at most; half a minute unless said otherwise.</param>
    public void Open(string file, TimeSpan? patience = null)
    {
        _driver.Manage().Logs.GetLog(LogType.Browser);
        _driver.Navigate().GoToUrl(new Uri(Path.GetFullPath(file)).AbsoluteUri);
        var wait = new DefaultWait<BookBrowser>(this) { Timeout = patience ?? TimeSpan.FromSeconds(30), PollingInterval = TimeSpan.FromMilliseconds(100) };
        try
        {
            wait.Until(page => page.FigureCount == 0 || page.ChartCount >= page.FigureCount);
        }
        catch (WebDriverTimeoutException)
        {
            // The test counts and says what is missing.
        }
    }

    /// <summary>The console's errors and warnings since the page was opened.</summary>
    public IReadOnlyList<string> ConsoleErrors =>
        [.. _driver.Manage().Logs.GetLog(LogType.Browser).Where(e => e.Level >= LogLevel.Warning).Select(e => $"{e.Level}: {e.Message}")];

    /// <summary>How many figures the page means to show.</summary>
    public int FigureCount => Count("document.querySelectorAll('.coursekit-figure').length");

    /// <summary>How many charts plotly.js has really drawn: with a size, and something in them.</summary>
    public int ChartCount => Count("""
        [...document.querySelectorAll('.js-plotly-plot')].filter(p => {
          const s = p.querySelector('.main-svg'), box = s && s.getBoundingClientRect();
          return box && box.width > 50 && box.height > 50 && (p.querySelector('.main-svg *') || p.querySelector('canvas'));
        }).length
        """);

    /// <summary>How many formulas the page has.</summary>
    public int FormulaCount => Count("document.querySelectorAll('math').length");

    /// <summary>How many formulas are really drawn, with a size; a formula in a closed part of the page is not.</summary>
    public int DrawnFormulaCount => Count("[...document.querySelectorAll('math')].filter(m => { const b = m.getBoundingClientRect(); return b.width > 1 && b.height > 1; }).length");

    /// <summary>By how many pixels the page as a whole can be scrolled sideways; 0 is right.</summary>
    public int SidewaysScroll => Count("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)");

    /// <summary>The elements that stick out of the page to the right without a scrolling box around them, for the message of a failed test.</summary>
    public IReadOnlyList<string> StickingOut => [.. ((IEnumerable<object>)_driver.ExecuteScript("""
        const width = document.documentElement.clientWidth;
        const inBox = e => { for (let p = e.parentElement; p; p = p.parentElement) if (/auto|scroll|hidden/.test(getComputedStyle(p).overflowX)) return true; return false; };
        return [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > width + 1 && !inBox(e)).slice(0, 10).map(e => e.outerHTML.slice(0, 120));
        """)!).Select(e => (string)e)];

    /// <summary>The films whose slider begins left of where their buttons end, by their titles.</summary>
    public IReadOnlyList<string> CoveredButtons => [.. ((IEnumerable<object>)_driver.ExecuteScript("""
        return [...document.querySelectorAll('.js-plotly-plot')].filter(p => {
          const rail = p.querySelector('.slider-rail-rect'), buttons = [...p.querySelectorAll('.updatemenu-button')].map(b => b.getBoundingClientRect().right);
          return rail && buttons.length && rail.getBoundingClientRect().left < Math.max(...buttons);
        }).map(p => p.getAttribute('aria-label'));
        """)!).Select(e => (string)e)];

    /// <summary>Addresses of everything that the page tried to load from elsewhere than the disk.</summary>
    public IReadOnlyList<string> NetworkRequests => [.. ((IEnumerable<object>)_driver.ExecuteScript(
        "return performance.getEntriesByType('resource').map(r => r.name).filter(n => /^(https?|wss?):/.test(n))")!).Select(e => (string)e)];

    /// <summary>Runs a script in the page and returns what it returns.</summary>
    public object? Evaluate(string script) => _driver.ExecuteScript(script);

    /// <summary>Runs a script that calls its last argument when it is done, and returns what it hands over.</summary>
    public object? EvaluateAsync(string script)
    {
        _driver.Manage().Timeouts().AsynchronousJavaScript = TimeSpan.FromSeconds(60);
        return _driver.ExecuteAsyncScript(script);
    }

    /// <summary>Saves a picture of the window, or of the whole page.</summary>
    public void Screenshot(string file, bool wholePage = false)
    {
        var answer = (Dictionary<string, object>)_driver.ExecuteCdpCommand("Page.captureScreenshot", new() { ["format"] = "png", ["captureBeyondViewport"] = wholePage })!;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllBytes(file, Convert.FromBase64String((string)answer["data"]));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _driver.Quit();
        }
        finally
        {
            _driver.Dispose();
            _service.Dispose();
            try { Directory.Delete(_profile, recursive: true); }
            catch (IOException) { /* the browser may still be writing its last file */ }
        }
    }

    private int Count(string expression) => (int)(long)_driver.ExecuteScript("return " + expression)!;
}
