namespace CourseKit.Tests;

[Collection("Threads")]
public class WorkersTests
{
    private const long Large = 1_000_000_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Every_number_is_visited_once_whatever_the_degree(int degree)
    {
        using var limit = Workers.Limit(degree);
        for (var count = 0; count < 60; count++)
            foreach (var grain in new[] { 1, 4, 7 })
            {
                var visits = new int[count];
                var work = new Count(visits);
                Workers.Run(ref work, count, grain, Large);
                Assert.All(visits, visit => Assert.Equal(1, visit));
            }
    }

    [Fact]
    public void Parts_begin_at_multiples_of_the_grain()
    {
        using var limit = Workers.Limit(4);
        var begins = new System.Collections.Concurrent.ConcurrentBag<int>();
        var work = new Begin(begins);
        Workers.Run(ref work, 100, 8, Large);
        Assert.Equal(4, begins.Count);
        Assert.All(begins, from => Assert.Equal(0, from % 8));
    }

    [Fact]
    public void Work_that_is_too_small_stays_on_the_callers_thread()
    {
        using var limit = Workers.Limit(4);
        var threads = new System.Collections.Concurrent.ConcurrentBag<int>();
        var work = new OnThread(threads);
        Workers.Run(ref work, 100, 1, 1000);
        Assert.Equal([Environment.CurrentManagedThreadId], threads);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    public void An_exception_in_a_part_reaches_the_caller_after_all_parts_have_ended(int bad)
    {
        using var limit = Workers.Limit(3);
        for (var round = 0; round < 50; round++)
        {
            var visits = new int[100];
            var work = new Fail(visits, bad);
            var error = Assert.Throws<InvalidOperationException>(() => Workers.Run(ref work, 100, 1, Large));
            Assert.Equal($"{bad} is bad", error.Message);
            Assert.True(visits.Count(visit => visit == 1) >= 66);
        }

        // The team is still there.
        Every_number_is_visited_once_whatever_the_degree(3);
    }

    [Fact]
    public void Nested_work_runs_on_the_thread_that_starts_it()
    {
        using var limit = Workers.Limit(3);
        var inner = new int[30 * 30];
        var work = new Nest(inner);
        Workers.Run(ref work, 30, 1, Large);
        Assert.All(inner, visit => Assert.Equal(1, visit));
    }

    [Fact]
    public async Task Callers_on_several_threads_all_get_their_work_done()
    {
        using var limit = Workers.Limit(2);
        var callers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var round = 0; round < 200; round++)
            {
                var visits = new int[50];
                var work = new Count(visits);
                Workers.Run(ref work, 50, 1, Large);
                Assert.All(visits, visit => Assert.Equal(1, visit));
            }
        }));
        await Task.WhenAll(callers);
    }

    [Fact]
    public void Threads_that_went_to_sleep_wake_up_again()
    {
        using var limit = Workers.Limit(3);
        for (var round = 0; round < 20; round++)
        {
            Thread.Sleep(round % 4);
            var visits = new int[50];
            var work = new Count(visits, slow: round % 5 == 0);
            Workers.Run(ref work, 50, 1, Large);
            Assert.All(visits, visit => Assert.Equal(1, visit));
        }
    }

    [Fact]
    public void A_limit_is_put_back()
    {
        var before = Workers.Degree;
        using (Workers.Limit(1))
            Assert.Equal(1, Workers.Degree);
        Assert.Equal(before, Workers.Degree);
        Assert.Throws<ArgumentOutOfRangeException>(() => Workers.Limit(0));
        Assert.Equal(before, Workers.Degree);
    }

    [Theory]
    [InlineData(64, 64, 4000)]
    [InlineData(301, 517, 128)]
    [InlineData(517, 300, 300)]
    [InlineData(1, 4000, 1000)]
    [InlineData(4000, 3, 1000)]
    [InlineData(33, 300, 784)]
    [InlineData(900, 33, 784)]
    [InlineData(900, 700, 2)]
    public void A_matrix_product_has_the_same_bits_whatever_the_number_of_threads(int m, int n, int k)
    {
        var random = new RandomSource(6);
        foreach (var (transposeA, transposeB) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            var a = Filled(random, transposeA ? k : m, transposeA ? m : k);
            var b = Filled(random, transposeB ? n : k, transposeB ? k : n);
            float[]? expected = null;
            foreach (var threads in new[] { 1, 2, 3, 5 })
            {
                using var limit = Workers.Limit(threads);
                var c = new Tensor(m, n);
                Gemm.Multiply(a, transposeA, b, transposeB, c);
                expected ??= c.Data;
                Assert.True(c.Data.AsSpan().SequenceEqual(expected), $"{threads} threads, A {transposeA}, B {transposeB}");
            }
        }
    }

    [Fact]
    public void A_matrix_product_allocates_nothing_once_it_has_run()
    {
        using var limit = Workers.Limit(2);
        var (a, b, c) = (new Tensor(300, 400), new Tensor(400, 500), new Tensor(300, 500));
        var (row, y) = (new Tensor(1, 400), new Tensor(1, 500));
        void Step()
        {
            Gemm.Multiply(a, false, b, false, c);
            Gemm.Multiply(c, false, b, true, a);
            Gemm.Multiply(row, false, b, false, y);
        }

        for (var i = 0; i < 50; i++)
            Step();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
            Step();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        // The other threads too. The test host allocates now and then on threads of its own: one quiet step among many is enough, since what a
        // step allocates it allocates each time.
        var all = long.MaxValue;
        for (var i = 0; i < 500 && all > 0; i++)
        {
            var start = GC.GetTotalAllocatedBytes(precise: true);
            Step();
            all = Math.Min(all, GC.GetTotalAllocatedBytes(precise: true) - start);
        }

        Assert.Equal(0, all);
    }

    private static Tensor Filled(RandomSource random, params int[] shape)
    {
        var tensor = new Tensor(shape);
        for (var i = 0; i < tensor.Count; i++)
            tensor.Data[i] = 2 * random.NextSingle() - 1;
        return tensor;
    }

    private readonly struct Count(int[] visits, bool slow = false) : IRangeWork
    {
        public void Run(int from, int to)
        {
            if (slow)
                Thread.Sleep(3);
            for (var i = from; i < to; i++)
                Interlocked.Increment(ref visits[i]);
        }
    }

    private readonly struct Begin(System.Collections.Concurrent.ConcurrentBag<int> begins) : IRangeWork
    {
        public void Run(int from, int to) => begins.Add(from);
    }

    private readonly struct OnThread(System.Collections.Concurrent.ConcurrentBag<int> threads) : IRangeWork
    {
        public void Run(int from, int to) => threads.Add(Environment.CurrentManagedThreadId);
    }

    private readonly struct Fail(int[] visits, int bad) : IRangeWork
    {
        public void Run(int from, int to)
        {
            if (from <= bad && bad < to)
                throw new InvalidOperationException($"{bad} is bad");
            for (var i = from; i < to; i++)
                visits[i]++;
        }
    }

    private readonly struct Nest(int[] inner) : IRangeWork
    {
        public void Run(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                var row = new Row(inner, i * 30, Environment.CurrentManagedThreadId);
                Workers.Run(ref row, 30, 1, Large);
            }
        }
    }

    private readonly struct Row(int[] inner, int offset, int thread) : IRangeWork
    {
        public void Run(int from, int to)
        {
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            for (var i = from; i < to; i++)
                Interlocked.Increment(ref inner[offset + i]);
        }
    }
}
