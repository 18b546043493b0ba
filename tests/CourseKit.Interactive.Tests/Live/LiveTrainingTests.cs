namespace CourseKit.Interactive.Tests;

/// <summary>A training that is watched: what is shown on the way, what stays, and that a stop keeps the network.</summary>
public class LiveTrainingTests
{
    private static readonly Dataset Clouds = ToySets.Blobs(100, seed: 1, classes: 3, d: 4);

    [Fact]
    public void The_network_is_the_same_as_without_a_display_and_the_curves_stay_as_a_figure()
    {
        var (watched, plain) = (Make(5), Make(5));
        var screen = new Screen();
        var history = Train(watched, screen);
        plain.Train(new Examples(Clouds), new Examples(Clouds));
        Assert.Equal(plain.Network.Parameters.SelectMany(parameter => parameter.Value.Data), watched.Network.Parameters.SelectMany(parameter => parameter.Value.Data));
        var figure = Assert.IsType<Figure>(screen.Shown[^1]);
        Assert.Equal(2, figure.Panels.Count);
        Assert.All(figure.Panels, panel => Assert.All(panel.Traces, trace => Assert.Equal(5, Assert.IsType<LineTrace>(trace).Y.Count)));
        Assert.Equal(history.Epochs.Select(epoch => 100 * epoch.ValidationError!.Value), ((LineTrace)figure.Panels[1].Traces[1]).Y);
        Assert.StartsWith("Training: 5 epochs in ", figure.Title);
        Assert.EndsWith(" % of the unseen right", figure.Title);
        Assert.Equal(1, screen.Places); // all in one place
    }

    [Fact]
    public void On_the_way_it_says_the_epoch_the_loss_and_the_time_left_and_draws_the_curves_so_far()
    {
        var screen = new Screen();
        Train(Make(40, _ => Thread.Sleep(20)), screen);
        var views = screen.Shown.OfType<TrainingView>().ToArray();
        Assert.NotEmpty(views);
        Assert.All(views, view => Assert.Matches(@"^Training: epoch \d+ of 40, \d+ %, loss [-\d.E]+, \d+ s left$", view.ToString()));
        var html = views[^1].ToHtml();
        Assert.Equal(4, html.Split("<polyline").Length - 1); // J and the error, of what is learned and of what is not
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        var names = System.Xml.Linq.XElement.Parse(html).Descendants() // well-formed
            .Where(element => element.Name.LocalName == "text" && element.Value is "training" or "unseen").Select(element => (double)element.Attribute("y")!).ToArray();
        Assert.Equal(4, names.Length);
        Assert.True(Math.Abs(names[0] - names[1]) > 15 && Math.Abs(names[2] - names[3]) > 15); // no name over another
    }

    [Fact]
    public void The_stop_button_ends_the_training_and_keeps_the_network_and_the_history()
    {
        var screen = new Screen();
        var trainer = Make(1_000_000, epoch =>
        {
            if (epoch.Epoch == 3)
                Guard.Press!();
        });
        var history = LiveTraining.TrainLive(
            trainer, new Examples(Clouds), new Examples(Clouds), screen.Show, new CourseKitHost(typeof(string), typeof(Guard)), null, default);
        Assert.Equal(StopReason.Cancelled, history.Reason);
        Assert.Equal(3, history.Epochs.Count);
        Assert.StartsWith("Training: stopped in epoch 4 of 1000000, after ", Assert.IsType<Figure>(screen.Shown[^1]).Title);
        Assert.NotEqual(Make(1).Network.Parameters[0].Value.Data, trainer.Network.Parameters[0].Value.Data);
        Assert.Null(Guard.Press); // nothing listens any more
    }

    [Fact]
    public void In_NET_Interactive_the_commands_cancellation_stops_it()
    {
        using var source = new CancellationTokenSource();
        Context.Current = new Context { CancellationToken = source.Token };
        try
        {
            var trainer = Make(1_000_000, _ => source.Cancel());
            var history = LiveTraining.TrainLive(
                trainer, new Examples(Clouds), null, new Screen().Show, null, new InteractiveHost(typeof(Context), typeof(string)), default);
            Assert.Equal(StopReason.Cancelled, history.Reason);
        }
        finally
        {
            Context.Current = null;
        }
    }

    [Fact]
    public void Stopped_before_the_first_epoch_is_over_there_is_a_figure_that_says_so()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var screen = new Screen();
        var trainer = Make(5);
        Assert.Empty(LiveTraining.TrainLive(trainer, new Examples(Clouds), null, screen.Show, null, null, source.Token).Epochs);
        Assert.StartsWith("Training: stopped in epoch 1 of 5", Assert.IsType<Figure>(Assert.Single(screen.Shown)).Title);
    }

    [Fact]
    public void A_training_that_diverges_says_what_happened()
    {
        var screen = new Screen();
        var network = new Network(2, new Dense(2, 1)).Initialise(Initialisation.XavierNormal, 1);
        var trainer = new Trainer(network, new HalfSquaredError(), new GradientDescent(1e9)) { Epochs = 50, What = "A rate too large" };
        var history = LiveTraining.TrainLive(trainer, new Examples(ToySets.Xor().Inputs, ToySets.Xor().Targets), null, screen.Show, null, null, default);
        Assert.Equal(StopReason.Diverged, history.Reason);
        Assert.Equal($"A rate too large: {history.Message}", Assert.IsType<Figure>(screen.Shown[^1]).Title);
    }

    [Fact]
    public void Bad_examples_show_nothing()
    {
        var screen = new Screen();
        Assert.Throws<ArgumentException>(() => LiveTraining.TrainLive(Make(1), new Examples(ToySets.Xor().Inputs, ToySets.Xor().Targets), null, screen.Show, null, null, default));
        Assert.Empty(screen.Shown);
    }

    private static TrainingHistory Train(Trainer trainer, Screen screen) =>
        LiveTraining.TrainLive(trainer, new Examples(Clouds), new Examples(Clouds), screen.Show, null, null, default);

    private static Trainer Make(int epochs, Action<EpochResult>? ended = null) => new(
        new Network(4, new Dense(4, 8), new ReLU(), new Dense(8, 3)).Initialise(Initialisation.HeNormal, 1), new SoftmaxCrossEntropy(), new Adam(0.01))
    {
        Epochs = epochs, BatchSize = 10, Seed = 1, EpochEnded = ended,
    };

    private sealed class Screen : ILiveDisplay
    {
        public List<object> Shown { get; } = [];

        public int Places { get; private set; }

        public ILiveDisplay Show(object value)
        {
            Places++;
            Update(value);
            return this;
        }

        public void Update(object value) => Shown.Add(value);
    }

    private static class Guard
    {
        public static bool HasCell => true;

        public static Action? Press { get; private set; }

        public static void OnInterrupt(Action? stop) => Press = stop;
    }

    private sealed class Context
    {
        public static Context? Current { get; set; }

        public CancellationToken CancellationToken { get; init; }
    }
}
