namespace CourseKit.Cli.Tests;

public sealed class BookServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pages_are_served_and_a_change_makes_the_book_anew()
    {
        _folder.Write("book/index.html", "<p>old</p>");
        _folder.Write("book/zh/index.html", "<p>旧</p>");
        _folder.Write("secret.txt", "not a page");
        var notebook = _folder.Write("notebooks/01-a.ipynb", "{}");
        using var stop = new CancellationTokenSource();
        var remade = new TaskCompletionSource();
        var server = new BookServer(Path.Combine(_folder.Path, "book"), [Path.GetDirectoryName(notebook)!], _ =>
        {
            // Whole, as the book does it: a second change may come while a page is asked for.
            File.Move(_folder.Write("new.html", "<p>new</p>"), Path.Combine(_folder.Path, "book", "index.html"), overwrite: true);
            remade.TrySetResult();
            return Task.CompletedTask;
        });
        var address = new TaskCompletionSource<string>();
        var running = server.RunAsync(0, address.SetResult, stop.Token);
        using var client = new HttpClient { BaseAddress = new Uri(await address.Task.WaitAsync(TimeSpan.FromSeconds(20))) };

        Assert.StartsWith("<p>old</p><script>", await client.GetStringAsync(""), StringComparison.Ordinal);
        Assert.StartsWith("<p>旧</p>", await client.GetStringAsync("zh/"), StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await client.GetAsync("..%2fsecret.txt")).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await client.GetAsync("gone.html")).StatusCode);
        var version = await client.GetStringAsync(".version");

        File.WriteAllText(notebook, "{ }");
        await remade.Task.WaitAsync(TimeSpan.FromSeconds(20));
        for (var i = 0; i < 100 && await client.GetStringAsync(".version") == version; i++)
            await Task.Delay(50);
        Assert.NotEqual(version, await client.GetStringAsync(".version"));
        Assert.StartsWith("<p>new</p>", await client.GetStringAsync("index.html"), StringComparison.Ordinal);

        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task It_can_be_stopped_at_any_moment()
    {
        _folder.Write("book/index.html", "<p>page</p>");
        for (var i = 0; i < 100; i++)
        {
            using var stop = new CancellationTokenSource();
            var server = new BookServer(Path.Combine(_folder.Path, "book"), [], _ => Task.CompletedTask);
            var address = new TaskCompletionSource<string>();
            var running = server.RunAsync(0, address.SetResult, stop.Token);
            using var client = new HttpClient();
            Assert.StartsWith("<p>page</p>", await client.GetStringAsync(await address.Task), StringComparison.Ordinal);
            await stop.CancelAsync(); // as the answer arrives, and before the server waits for the next question
            await running.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }
}
