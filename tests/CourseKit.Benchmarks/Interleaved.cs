namespace CourseKit.Benchmarks;

/// <summary>Times several actions in turn, many short rounds long, so that whatever else the machine does meets all of them alike.</summary>
internal static class Interleaved
{
    // OpenMP's threads look for work for up to some tens of milliseconds after a call before they sleep: long enough to hold a core during the next turn.
    private const int RestMilliseconds = 40;

    /// <summary>Seconds per call: an array of rounds for each action.</summary>
    /// <remarks>
    /// On the wall's clock every turn begins after a rest, in which the threads of the one before go to sleep, and with a call that does not
    /// count, which wakes its own.
    /// </remarks>
    /// <param name="clock">Whose time counts.</param>
    /// <param name="rounds">How often the actions take their turn.</param>
    /// <param name="slice">How long one action's turn lasts, in seconds, at least.</param>
    /// <param name="actions">What is timed.</param>
    public static double[][] Time(Clock clock, int rounds, double slice, params Action[] actions)
    {
        var calls = actions.Select(action => CallsPer(clock, slice, action)).ToArray();
        var times = actions.Select(_ => new double[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
            for (var i = 0; i < actions.Length; i++)
            {
                if (clock == Clock.Wall)
                {
                    Thread.Sleep(RestMilliseconds);
                    actions[i]();
                }

                times[i][round] = Time(clock, actions[i], calls[i]) / calls[i];
            }

        return times;
    }

    /// <summary>
    /// Runs the actions until the runtime has compiled them for speed: it does so in the background, once nothing new has turned up for a
    /// tenth of a second.
    /// </summary>
    public static void WarmUp(params Action[] actions)
    {
        for (var round = 0; round < 3; round++)
        {
            foreach (var action in actions)
                for (var start = Clock.Thread.Now(); Clock.Thread.Now() - start < 0.03;)
                    action();
            Thread.Sleep(150);
        }
    }

    /// <summary>Seconds for so many calls.</summary>
    public static double Time(Clock clock, Action action, int calls)
    {
        var start = clock.Now();
        for (var i = 0; i < calls; i++)
            action();
        return clock.Now() - start;
    }

    // Doubling until the slice is filled also warms the action up.
    private static int CallsPer(Clock clock, double slice, Action action)
    {
        for (var i = 0; i < 3; i++)
            action();
        for (var calls = 1; ; calls *= 2)
        {
            var time = Time(clock, action, calls);
            if (time >= slice / 2)
                return Math.Max(1, (int)Math.Round(calls * slice / time));
        }
    }
}

/// <summary>The median of a figure over the rounds, with the quartiles beside it.</summary>
internal readonly record struct Quartiles(double Lower, double Median, double Upper)
{
    public static Quartiles Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new(At(0.25), At(0.5), At(0.75));

        double At(double share)
        {
            var place = share * (sorted.Length - 1);
            var below = (int)place;
            return sorted[below] + (place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
        }
    }

    /// <summary>Round by round, how much more time the first took than the second.</summary>
    public static Quartiles Ratio(double[] times, double[] than) => Of(times.Zip(than, (x, y) => x / y));

    public override string ToString() => FormattableString.Invariant($"{Median:0.00} ({Lower:0.00}-{Upper:0.00})");
}
