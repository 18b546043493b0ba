using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;

namespace CourseKit.Tests.Data.Download;

public sealed class InstallerTests : IDisposable
{
    private static readonly byte[] First = Noise(30_000, 1);
    private static readonly byte[] Second = Noise(500, 2);

    private readonly string folder = Directory.CreateTempSubdirectory("coursekit-get-").FullName;
    private readonly List<LocalServer> servers = [];
    private readonly ConcurrentQueue<DownloadProgress> progress = new();

    public void Dispose()
    {
        servers.ForEach(server => server.Dispose());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_set_is_installed_whole_and_not_fetched_again()
    {
        var server = Server(Good);
        var path = await Install(Set(server));
        Assert.Equal(Path.Combine(folder, "set"), path);
        AssertWhole();
        Assert.Equal(["/first", "/second"], server.Requests.Select(request => request.Path));
        Assert.Equal((30_500, 30_500), (progress.Last().Bytes, progress.Last().TotalBytes));
        await Install(Set(server));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_slow_server_is_waited_for()
    {
        // Longer in all than the silence that is allowed, but never silent for that long.
        await Install(Set(Server(request => Good(request) with { Wait = TimeSpan.FromMilliseconds(220) })), silence: 5);
        AssertWhole();
    }

    [Fact]
    public async Task A_silent_server_is_given_up_for_the_next_mirror()
    {
        var silent = Server(request => Good(request) with { Wait = TimeSpan.FromSeconds(30) });
        await Install(Set(silent, Server(Good)), silence: 3);
        AssertWhole();
        Assert.Contains(progress, step => step.Note?.Contains("silent for 3 s") == true);
    }

    [Fact]
    public async Task A_connection_that_drops_half_way_is_taken_up_where_it_broke()
    {
        var server = Server(request => Good(request) with { DropAfter = 12_000 });
        await Install(Set(server));
        AssertWhole();
        Assert.Equal(
            [null, 12_000L, 24_000L],
            server.Requests.Where(request => request.Path == "/first").Select(request => request.From));
        Assert.Equal("\"1\"", server.Requests.ElementAt(1).IfRange);
    }

    [Fact]
    public async Task What_an_interrupted_run_left_is_taken_up_by_the_next()
    {
        var broken = Server(request => request.From is null ? Good(request) with { DropAfter = 12_000 } : new Reply(503, []));
        Assert.Equal(DownloadFailure.BadMirrors, (await Fails(Set(broken))).Failure);
        var server = Server(Good);
        await Install(Set(server));
        AssertWhole();
        Assert.Equal(12_000, server.Requests.First().From);
    }

    [Fact]
    public async Task A_rest_that_belongs_to_another_file_is_thrown_away_and_the_whole_fetched()
    {
        var staging = Directory.CreateDirectory(Path.Combine(folder, ".staging", "set")).FullName;
        File.WriteAllBytes(Path.Combine(staging, "first.part"), Noise(12_000, 3));
        var server = Server(Good);
        await Install(Set(server));
        AssertWhole();
        Assert.Equal([12_000, null], server.Requests.Take(2).Select(request => request.From));
    }

    [Fact]
    public async Task A_file_that_changed_on_the_server_meanwhile_is_fetched_from_its_beginning()
    {
        var tag = "\"1\"";
        var server = Server(request =>
        {
            var reply = LocalServer.Serve(request.Path == "/first" ? First : Second, request, tag);
            tag = "\"2\"";
            return request.Path == "/first" && request.From is null ? reply with { DropAfter = 12_000 } : reply;
        });
        await Install(Set(server));
        AssertWhole();
        Assert.Equal(("\"1\"", 12_000), (server.Requests.ElementAt(1).IfRange, server.Requests.ElementAt(1).From));
    }

    [Fact]
    public async Task Two_halves_of_different_files_are_thrown_away_and_the_whole_fetched()
    {
        var calls = 0;
        var server = Server(request => request.Path == "/first" && calls++ == 0
            ? new Reply(200, Noise(30_000, 3)) { DropAfter = 12_000 }
            : Good(request with { IfRange = null }));
        await Install(Set(server));
        AssertWhole();
        Assert.Equal([null, 12_000, null], server.Requests.Take(3).Select(request => request.From));
    }

    [Fact]
    public async Task A_server_that_never_answers_is_silent_and_not_offline()
    {
        using var never = new ManualResetEventSlim();
        var set = Set(Server(request =>
        {
            never.Wait(TimeSpan.FromSeconds(20));
            return Good(request);
        }));
        var installer = Installer(silence: 0.3) with { ConnectTimeout = TimeSpan.FromSeconds(4) };
        var failure = await Assert.ThrowsAsync<DownloadException>(() => installer.InstallAsync(set));
        never.Set();
        Assert.Equal(DownloadFailure.BadMirrors, failure.Failure);
        Assert.Contains("silent for 0.3 s", failure.Message);
    }

    [Fact]
    public async Task A_server_without_ranges_starts_over()
    {
        var calls = 0;
        await Install(Set(Server(request => new Reply(200, Good(request with { From = null }).Body) { DropAfter = calls++ == 0 ? 12_000 : null })));
        AssertWhole();
    }

    [Fact]
    public async Task A_wrong_checksum_leaves_nothing_and_is_named()
    {
        var failure = await Fails(Set(Server(request => new Reply(200, Noise(Good(request).Body.Length, 9)))));
        Assert.Contains("first has another checksum", failure.Message);
        Assert.Contains("goes on with the fallback", failure.Message);
    }

    [Theory]
    [InlineData(29_999, null, "29999 bytes there, 30000 expected")]
    [InlineData(30_001, null, "30001 bytes there, 30000 expected")]
    [InlineData(30_001, -1L, "goes on after its 30000 bytes")]
    public async Task A_wrong_length_leaves_nothing_and_is_named(int length, long? claimed, string says) =>
        Assert.Contains(says, (await Fails(Set(Server(_ => new Reply(200, Noise(length, 9)) { Length = claimed })))).Message);

    [Fact]
    public async Task A_second_file_that_no_mirror_has_leaves_the_set_absent()
    {
        var failure = await Fails(Set(Server(request => request.Path == "/first" ? Good(request) : new Reply(500, []))));
        Assert.Contains("answers 500 Test to second", failure.Message);
    }

    [Fact]
    public async Task A_redirect_is_followed_and_a_loop_of_them_is_not()
    {
        var good = Server(Good);
        await Install(Set(Server(request => new Reply(302, []) { Headers = [$"Location: {good.Address}{request.Path[1..]}"] })));
        AssertWhole();
        Directory.Delete(Path.Combine(folder, "set"), recursive: true);
        var failure = await Fails(Set(Server(_ => new Reply(302, []) { Headers = ["Location: /again"] })));
        Assert.Contains("from address to address", failure.Message);
    }

    [Fact]
    public async Task A_mirror_without_the_file_is_passed_over_and_the_rest_fetched_where_the_first_was()
    {
        var without = Server(_ => new Reply(404, []));
        await Install(Set(without, Server(Good)));
        AssertWhole();
        Assert.Single(without.Requests);
        Assert.Contains(progress, step => step.Note?.Contains("404") == true);
    }

    [Fact]
    public async Task Offline_is_said_at_once_with_the_fallback()
    {
        Uri closed;
        using (var server = new LocalServer(Good))
            closed = server.Address;
        var watch = Stopwatch.StartNew();
        var failure = await Fails(Set() with { Mirrors = [closed, new("http://no-such-host.invalid/")] });
        Assert.Equal(DownloadFailure.Offline, failure.Failure);
        Assert.Contains("offline", failure.Message);
        Assert.Contains("goes on with the fallback", failure.Message);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public async Task A_full_disk_leaves_nothing_and_gives_its_space_back()
    {
        var room = 20_000L;
        var installer = Installer() with { OpenWrite = (path, mode) => new SmallDisk(path, mode, () => room, written => room -= written) };
        var failure = await Assert.ThrowsAsync<DownloadException>(() => installer.InstallAsync(Set(Server(Good))));
        Assert.Equal(DownloadFailure.Disk, failure.Failure);
        Assert.Contains("No space left", failure.Message);
        Assert.False(Directory.Exists(Path.Combine(folder, "set")));
        Assert.False(Directory.Exists(Path.Combine(folder, ".staging", "set")));
    }

    [Fact]
    public async Task Of_two_at_once_one_installs_and_the_other_says_so()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var gate = new ManualResetEventSlim();
        var set = Set(Server(request =>
        {
            entered.TrySetResult();
            gate.Wait(TimeSpan.FromSeconds(20));
            return Good(request);
        }));
        var first = Installer(silence: 30).InstallAsync(set);
        await entered.Task;
        var failure = await Assert.ThrowsAsync<DownloadException>(() => Installer().InstallAsync(set));
        Assert.Equal(DownloadFailure.Busy, failure.Failure);
        Assert.Contains("another process", failure.Message);
        Assert.Equal(DownloadFailure.Busy, Assert.Throws<DownloadException>(() => Installer().Remove(set)).Failure);
        gate.Set();
        await first;
        AssertWhole();
    }

    [Fact]
    public async Task A_damaged_set_is_repaired_with_what_is_whole_of_it_and_what_is_not_the_sets_stays()
    {
        var server = Server(Good);
        var path = await Install(Set(server));
        File.WriteAllBytes(Path.Combine(path, "second"), Noise(500, 7));
        File.WriteAllText(Path.Combine(path, "notes.txt"), "mine");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(path, "drawn")).FullName, "seven.txt"), "mine too");
        Assert.Equal([DataFileState.Whole, DataFileState.WrongChecksum], Set(server).Check(path).Select(found => found.State));
        await Install(Set(server));
        AssertWhole();
        Assert.Equal("/second", server.Requests.Last().Path);
        Assert.Equal(3, server.Requests.Count);
        Assert.True(File.Exists(Path.Combine(path, "notes.txt")));
        Assert.Equal("mine too", File.ReadAllText(Path.Combine(path, "drawn", "seven.txt")));
        Assert.True(Installer().Remove(Set(server)));
        Assert.Equal(["notes.txt"], Directory.GetFiles(path).Select(Path.GetFileName));
        Assert.False(Installer().Remove(Set(server)));
    }

    [Fact]
    public async Task A_folder_serves_as_a_source_and_is_checked_like_a_mirror()
    {
        var source = Directory.CreateTempSubdirectory("coursekit-source-").FullName;
        File.WriteAllBytes(Path.Combine(source, "first"), First);
        var installer = Installer() with { Source = source };
        var failure = await Assert.ThrowsAsync<DownloadException>(() => installer.InstallAsync(Set()));
        Assert.Contains("second is not there", failure.Message);
        Assert.False(Directory.Exists(Path.Combine(folder, "set")));
        Directory.CreateDirectory(Path.Combine(source, "set"));
        File.WriteAllBytes(Path.Combine(source, "set", "second"), Second);
        await installer.InstallAsync(Set());
        AssertWhole();
        Directory.Delete(source, recursive: true);
    }

    [Fact]
    public async Task A_mirror_and_a_proxy_can_be_given()
    {
        var proxy = Server(request => Good(request with { Path = new Uri(request.Path).AbsolutePath }));
        await (Installer() with { Source = "http://mirror.invalid", Proxy = proxy.Address }).InstallAsync(Set());
        AssertWhole();
        Assert.Equal("http://mirror.invalid/first", proxy.Requests.First().Path);
    }

    private static Reply Good(Request request) => LocalServer.Serve(request.Path == "/first" ? First : Second, request);

    private static byte[] Noise(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static DataSetDescription Set(params LocalServer[] mirrors) => new()
    {
        Name = "set",
        Title = "",
        Licence = "",
        Citation = "",
        Fallback = "the fallback",
        Mirrors = [.. mirrors.Select(mirror => mirror.Address)],
        Files = [Describe("first", First), Describe("second", Second)],
    };

    private static DataSetFile Describe(string name, byte[] bytes) =>
        new(name, bytes.Length, Convert.ToHexStringLower(MD5.HashData(bytes)), Convert.ToHexStringLower(SHA256.HashData(bytes)));

    private LocalServer Server(Func<Request, Reply> answer)
    {
        servers.Add(new LocalServer(answer));
        return servers[^1];
    }

    private Installer Installer(double silence = 5) =>
        new() { Folder = folder, SilenceTimeout = TimeSpan.FromSeconds(silence), ConnectTimeout = TimeSpan.FromSeconds(20) };

    private Task<string> Install(DataSetDescription set, double silence = 5) => Installer(silence).InstallAsync(set, new Collect(progress));

    private async Task<DownloadException> Fails(DataSetDescription set)
    {
        var failure = await Assert.ThrowsAsync<DownloadException>(() => Install(set));
        Assert.False(Directory.Exists(Path.Combine(folder, "set")));
        return failure;
    }

    private void AssertWhole()
    {
        Assert.Equal(First, File.ReadAllBytes(Path.Combine(folder, "set", "first")));
        Assert.Equal(Second, File.ReadAllBytes(Path.Combine(folder, "set", "second")));
        Assert.False(Directory.Exists(Path.Combine(folder, ".staging", "set")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder, "set"), "*.part*"));
    }

    private sealed class Collect(ConcurrentQueue<DownloadProgress> steps) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => steps.Enqueue(value);
    }

    /// <summary>A file on a disk with little room.</summary>
    private sealed class SmallDisk(string path, FileMode mode, Func<long> room, Action<int> take) : FileStream(path, mode, FileAccess.Write)
    {
        public override void Write(byte[] array, int offset, int count)
        {
            if (count > room())
                throw new IOException("No space left on device");
            take(count);
            base.Write(array, offset, count);
        }
    }
}
