using TorchSharp;

namespace CourseKit.Benchmarks;

/// <summary>
/// An iteration of Algorithm 1 with k = 1: one update of D, one of G, non-saturating loss, momentum, on made-up pictures. Both sides give D the
/// data and the samples as one batch, and take the noise from the same few batches.
/// </summary>
internal sealed class Gan : IWorkload
{
    private const int Batch = 100;
    private const int Batches = 8;
    private const float Rate = 0.01f;
    private const float Mu = 0.5f;

    public string Name => "gan";

    public int Order => 30;

    public ITraining Ours()
    {
        var (G, D) = Start();
        return new Game(new(G, D, new Momentum(Rate, Mu), new Momentum(Rate, Mu)), Data());
    }

    public ITraining Torchs()
    {
        var (G, D) = Start();
        return new TorchGame(TorchTraining.Sequential(G), TorchTraining.Sequential(D), Data());
    }

    private static (Network G, Network D) Start() => (
        new Network(100, new Dense(100, 256), new ReLU(), new Dense(256, 784), new Sigmoid()).Initialise(Initialisation.HeUniform, 1),
        new Network(784, new Dense(784, 256), new ReLU(), new Dense(256, 1)).Initialise(Initialisation.HeUniform, 2));

    private static (Tensor X, Tensor ZOfD, Tensor ZOfG)[] Data()
    {
        var random = new RandomSource(1);
        return [.. Enumerable.Range(0, Batches).Select(_ => (Fill(new Tensor(Batch, 784), 0), Fill(new Tensor(Batch, 100), -1), Fill(new Tensor(Batch, 100), -1)))];

        Tensor Fill(Tensor tensor, float low)
        {
            random.FillUniform(tensor.Span, low, 1);
            return tensor;
        }
    }

    private sealed class Game(GenerativeAdversarialNetwork gan, (Tensor X, Tensor ZOfD, Tensor ZOfG)[] data) : ITraining
    {
        private int step;

        public double Step(bool readLoss)
        {
            var (x, zOfD, zOfG) = data[step++ % data.Length];
            return gan.StepDiscriminator(x, zOfD) + gan.StepGenerator(zOfG);
        }

        public void Dispose()
        {
        }
    }

    private sealed class TorchGame : ITraining
    {
        private readonly torch.nn.Module<torch.Tensor, torch.Tensor> G, D;
        private readonly torch.optim.Optimizer ruleOfG, ruleOfD;
        private readonly (torch.Tensor X, torch.Tensor ZOfD, torch.Tensor ZOfG)[] data;
        private readonly torch.Tensor one = torch.ones(Batch, 1);
        private readonly torch.Tensor oneZero = torch.cat([torch.ones(Batch, 1), torch.zeros(Batch, 1)]);
        private int step;

        public TorchGame(
            torch.nn.Module<torch.Tensor, torch.Tensor> G, torch.nn.Module<torch.Tensor, torch.Tensor> D, (Tensor X, Tensor ZOfD, Tensor ZOfG)[] data)
        {
            (this.G, this.D) = (G, D);
            (ruleOfG, ruleOfD) = (torch.optim.SGD(G.parameters(), Rate, Mu), torch.optim.SGD(D.parameters(), Rate, Mu));
            this.data = [.. data.Select(batch => (Torch.Copy(batch.X), Torch.Copy(batch.ZOfD), Torch.Copy(batch.ZOfG)))];
        }

        public double Step(bool readLoss)
        {
            using var scope = torch.NewDisposeScope();
            var (x, zOfD, zOfG) = data[step++ % data.Length];
            torch.Tensor samples;
            using (torch.no_grad())
                samples = G.forward(zOfD);
            var dLoss = 2 * torch.nn.functional.binary_cross_entropy_with_logits(D.forward(torch.cat([x, samples])), oneZero);
            ruleOfD.zero_grad();
            dLoss.backward();
            ruleOfD.step();

            // D's own gradients are not wanted here; frozen, libtorch does not compute them either.
            foreach (var parameter in D.parameters())
                parameter.requires_grad = false;
            var gLoss = torch.nn.functional.binary_cross_entropy_with_logits(D.forward(G.forward(zOfG)), one);
            ruleOfG.zero_grad();
            gLoss.backward();
            ruleOfG.step();
            foreach (var parameter in D.parameters())
                parameter.requires_grad = true;
            return readLoss ? dLoss.item<float>() + gLoss.item<float>() : double.NaN;
        }

        public void Dispose()
        {
            foreach (var part in new IDisposable[] { G, D, ruleOfG, ruleOfD, one, oneZero })
                part.Dispose();
            foreach (var (x, zOfD, zOfG) in data)
                foreach (var tensor in new[] { x, zOfD, zOfG })
                    tensor.Dispose();
        }
    }
}
