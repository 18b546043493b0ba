using TorchSharp;

namespace CourseKit.Benchmarks;

/// <summary>Widrow's rule on 1,000 points of the plane, sample by sample: a step here is one pass, a thousand updates.</summary>
internal sealed class AdalineSamples : IWorkload
{
    private const float Rate = 0.001f;

    public string Name => "adaline-samples";

    public int Order => 1;

    public ITraining Ours() => new LmsTraining(trainer => trainer.Epoch(Rate));

    public ITraining Torchs() => new TorchLms(Rate, batch: 1);
}

/// <summary>The same rule, all 1,000 points at once.</summary>
internal sealed class AdalineBatch : IWorkload
{
    private const float Rate = 0.01f;

    public string Name => "adaline";

    public int Order => 1;

    public ITraining Ours() => new LmsTraining(trainer => trainer.BatchStep(Rate));

    public ITraining Torchs() => new TorchLms(Rate, batch: LmsPoints.Count);
}

internal static class LmsPoints
{
    public const int Count = 1000;

    public static (Tensor Points, Tensor Targets) Make()
    {
        var random = new RandomSource(1);
        var (points, targets) = (new Tensor(Count, 2), new Tensor(Count));
        for (var n = 0; n < Count; n++)
        {
            targets[n] = n % 2 == 0 ? 1 : -1;
            points[n, 0] = targets[n] + (float)random.NextNormal();
            points[n, 1] = targets[n] + (float)random.NextNormal();
        }

        return (points, targets);
    }
}

/// <summary>Our trainer; the loss is E = 1/(2N) sum of squares.</summary>
internal sealed class LmsTraining : ITraining
{
    private readonly Tensor points;
    private readonly Tensor targets;
    private readonly LmsTrainer trainer;
    private readonly Action<LmsTrainer> step;

    public LmsTraining(Action<LmsTrainer> step)
    {
        this.step = step;
        (points, targets) = LmsPoints.Make();
        trainer = new LmsTrainer(points, targets);
    }

    public double Step(bool readLoss)
    {
        var loss = double.NaN;
        if (readLoss)
        {
            var w = trainer.Weights;
            loss = 0;
            for (var i = 0; i < LmsPoints.Count; i++)
            {
                var error = targets.Data[i] - w[0] * points.Data[2 * i] - w[1] * points.Data[2 * i + 1] - w[2];
                loss += error * error / (2.0 * LmsPoints.Count);
            }
        }

        step(trainer);
        return loss;
    }

    public void Dispose()
    {
    }
}

/// <summary>libtorch's linear layer from weights of 0, trained on so many samples at a time.</summary>
internal sealed class TorchLms : ITraining
{
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> linear = torch.nn.Linear(2, 1);
    private readonly torch.optim.Optimizer optimiser;
    private readonly torch.Tensor points;
    private readonly torch.Tensor targets;
    private readonly (torch.Tensor X, torch.Tensor T)[] batches;

    public TorchLms(float rate, int batch)
    {
        using (torch.no_grad())
            foreach (var parameter in linear.parameters())
                parameter.zero_();
        optimiser = torch.optim.SGD(linear.parameters(), rate);
        var (x, t) = LmsPoints.Make();
        (points, targets) = (Torch.Copy(x), Torch.Copy(t).reshape(-1, 1));
        batches = [.. points.split(batch).Zip(targets.split(batch))];
    }

    public double Step(bool readLoss)
    {
        var loss = double.NaN;
        if (readLoss)
            using (torch.no_grad())
            using (torch.NewDisposeScope())
                loss = torch.nn.functional.mse_loss(linear.forward(points), targets).item<float>() / 2;
        foreach (var (x, t) in batches)
        {
            using var scope = torch.NewDisposeScope();
            optimiser.zero_grad();
            (torch.nn.functional.mse_loss(linear.forward(x), t) / 2).backward();
            optimiser.step();
        }

        return loss;
    }

    public void Dispose()
    {
        foreach (var (x, t) in batches)
        {
            x.Dispose();
            t.Dispose();
        }

        points.Dispose();
        targets.Dispose();
        optimiser.Dispose();
        linear.Dispose();
    }
}
