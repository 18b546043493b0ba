using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace CourseKit;

/// <summary>Work on the numbers from ... to - 1 of some range, which may be cut anywhere.</summary>
internal interface IRangeWork
{
    /// <summary>Does the part from <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
    void Run(int from, int to);
}

/// <summary>
/// The threads that share the work of one large operation: the caller and, for each further core, one thread of our own.
/// </summary>
/// <remarks>
/// The range is cut into equal parts, one a thread, always in the same places: nothing is handed out in the order in which threads
/// happen to come. Handing over costs about a microsecond while the threads are still looking for work and some ten after they went to
/// sleep, so an operation of less than about <see cref="WorthSharing"/> multiply-adds stays on the caller's thread; so does one that is
/// started from within another, and one that finds the threads busy for another caller. A thread looks for work for some hundred
/// pauses and then sleeps: when another process takes the core, spinning would stop everybody. A part that no thread has begun when the
/// caller is through with its own is done by the caller.
/// </remarks>
public static unsafe class Workers
{
    /// <summary>How many multiply-adds are worth sharing: some 12 microseconds of one core.</summary>
    internal const long WorthSharing = 400_000;

    /// <summary>
    /// How many multiply-adds are worth waking a thread that sleeps: some 25 microseconds, more than waking takes. A training step of one
    /// example of a 784-300-100-10 network has one such operation, the optimiser's; from then on the thread is awake for the others.
    /// </summary>
    internal const long WorthWaking = 1_500_000;

    private static readonly Lock Gate = new();
    private static readonly int Default = Math.Max(1, Environment.ProcessorCount);
    private static int degree = Default;
    private static Worker[] team = [];

    [ThreadStatic]
    private static bool isWorking;

    /// <summary>
    /// How many threads an operation uses at most, the caller included; as many as there are cores unless set. No result depends on it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1, or more than 256.</exception>
    public static int Degree
    {
        get => Volatile.Read(ref degree);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 256);
            Volatile.Write(ref degree, value);
        }
    }

    /// <summary>Sets <see cref="Degree"/> until the result is disposed: <c>using (Workers.Limit(1)) { ... }</c>.</summary>
    /// <param name="threads">How many threads, the caller included.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1, or more than 256.</exception>
    public static DegreeScope Limit(int threads)
    {
        var scope = new DegreeScope(Degree);
        Degree = threads;
        return scope;
    }

    /// <summary>Runs the work on 0 ... count - 1, shared among the threads; returns when all of it is done.</summary>
    /// <param name="work">What is to be done; every thread calls the same value.</param>
    /// <param name="count">The length of the range.</param>
    /// <param name="grain">A part has a multiple of so many numbers, except the last.</param>
    /// <param name="cost">The whole work in multiply-adds, or what takes as long.</param>
    /// <exception cref="Exception">What a part threw, once all have ended; the first part's where several threw.</exception>
    internal static void Run<TWork>(ref TWork work, int count, int grain, long cost)
        where TWork : struct, IRangeWork
    {
        // The smallest operations take less time than the divisions.
        var parts = cost < WorthSharing ? 1 : (int)Math.Min(Math.Min(Degree, (count + grain - 1L) / grain), cost / (WorthSharing / 2));
        if (parts <= 1 || isWorking || !Gate.TryEnter())
        {
            if (count > 0)
                work.Run(0, count);
            return;
        }

        try
        {
            isWorking = true;
            if (team.Length < parts - 1)
                Grow(parts - 1);
            if (cost < WorthWaking && team[0].IsAsleep)
            {
                work.Run(0, count);
                return;
            }

            // A copy on this thread's stack does not move, and stays until all parts are done.
            var shared = work;
            var job = new Job(&Part<TWork>, Unsafe.AsPointer(ref shared), count, grain, parts);
            Share(job);
        }
        finally
        {
            isWorking = false;
            Gate.Exit();
        }
    }

    private static void Share(in Job job)
    {
        var members = team;
        for (var i = 1; i < job.Parts; i++)
            members[i - 1].Begin(job, i);
        ExceptionDispatchInfo? failure = null;
        try
        {
            job.Run(0);
        }
        catch (Exception e)
        {
            failure = ExceptionDispatchInfo.Capture(e);
        }

        // Even after a failure the others must end first: they read the caller's stack.
        for (var i = 1; i < job.Parts; i++)
        {
            var theirs = members[i - 1].End();
            failure ??= theirs;
        }

        failure?.Throw();
    }

    private static void Part<TWork>(void* work, int from, int to)
        where TWork : struct, IRangeWork => Unsafe.AsRef<TWork>(work).Run(from, to);

    private static void Grow(int count)
    {
        var grown = new Worker[count];
        team.CopyTo(grown, 0);
        for (var i = team.Length; i < count; i++)
            grown[i] = new Worker(i + 1);
        team = grown;
    }

    /// <summary>Puts <see cref="Degree"/> back when disposed.</summary>
    public readonly struct DegreeScope : IDisposable
    {
        private readonly int before;

        internal DegreeScope(int before) => this.before = before;

        /// <summary>Puts the degree back that was set before.</summary>
        public void Dispose()
        {
            if (before > 0)
                Degree = before;
        }
    }

    private readonly struct Job(delegate*<void*, int, int, void> part, void* work, int count, int grain, int parts)
    {
        public int Parts => parts;

        public void Run(int i)
        {
            var grains = (count + grain - 1L) / grain;
            var from = (int)(grains * i / parts * grain);
            var to = (int)Math.Min(count, grains * (i + 1) / parts * grain);
            part(work, from, to);
        }
    }

    /// <summary>One thread and the place where it is given its part.</summary>
    private sealed class Worker
    {
        private const int Pauses = 200;
        private const int Idle = 0, Given = 1, Taken = 2, Done = 3;

        private readonly object sleep = new();
        private Job job;
        private int part;
        private ExceptionDispatchInfo? failure;
        private int state;
        private bool sleeping;
        private bool callerSleeping;
        private int thread;
        private int avoided = -1;

        public Worker(int number)
        {
            var thread = new Thread(Loop) { IsBackground = true, Name = $"CourseKit worker {number}" };
            thread.UnsafeStart();
        }

        /// <summary>Whether the thread has given up looking for work.</summary>
        public bool IsAsleep => Volatile.Read(ref sleeping);

        public void Begin(in Job job, int part)
        {
            this.job = job;
            this.part = part;
            // A full fence, so that either this thread sees that the worker sleeps, or the worker sees the job.
            Interlocked.Exchange(ref state, Given);
            if (Volatile.Read(ref sleeping))
                Wake();
        }

        /// <summary>
        /// Waits for the part. One that was not begun yet is taken back and done here: on a busy machine the worker may not get a core for
        /// milliseconds.
        /// </summary>
        public ExceptionDispatchInfo? End()
        {
            if (Interlocked.CompareExchange(ref state, Idle, Given) == Given)
                return Try();
            Wait(Done, ref callerSleeping);
            Volatile.Write(ref state, Idle);
            var result = failure;
            failure = null;
            return result;
        }

        private void Wake()
        {
            var core = CoreChoice.CurrentCore();
            if (core != avoided)
                CoreChoice.KeepOff(Volatile.Read(ref thread), avoided = core);
            lock (sleep)
                Monitor.PulseAll(sleep);
        }

        private void Loop()
        {
            Volatile.Write(ref thread, CoreChoice.CurrentThread());
            isWorking = true; // what a part shares in turn runs on this thread alone
            while (true)
            {
                Wait(Given, ref sleeping);
                if (Interlocked.CompareExchange(ref state, Taken, Given) != Given)
                    continue;
                failure = Try();
                Interlocked.Exchange(ref state, Done);
                if (Volatile.Read(ref callerSleeping))
                    lock (sleep)
                        Monitor.PulseAll(sleep);
            }
        }

        private ExceptionDispatchInfo? Try()
        {
            try
            {
                job.Run(part);
                return null;
            }
            catch (Exception e)
            {
                return ExceptionDispatchInfo.Capture(e);
            }
        }

        private void Wait(int wanted, ref bool asleep)
        {
            while (true)
            {
                for (var i = 0; i < Pauses; i++)
                {
                    if (Volatile.Read(ref state) == wanted)
                        return;
                    Thread.SpinWait(10);
                }

                // Whoever is woken too late, when the work was taken back, looks for the next before sleeping again: it is not far.
                lock (sleep)
                {
                    Volatile.Write(ref asleep, true);
                    Interlocked.MemoryBarrier();
                    if (Volatile.Read(ref state) != wanted)
                        Monitor.Wait(sleep);
                    Volatile.Write(ref asleep, false);
                }
            }
        }
    }
}
