namespace CourseKit;

/// <summary>What was seen in one iteration of Algorithm 1, each figure on the iteration's own batches and before the update it led to.</summary>
/// <param name="Iteration">Counted from 1.</param>
/// <param name="V">The value of the game, E[log D(x)] + E[log(1 - D(G(z)))], in nats; -log 4 where D is 1/2 everywhere.</param>
/// <param name="DOnData">The mean of D(x).</param>
/// <param name="DOnSamples">The mean of D(G(z)).</param>
/// <param name="GeneratorLoss">What the generator made smaller, in nats.</param>
public readonly record struct AdversarialStep(int Iteration, double V, double DOnData, double DOnSamples, double GeneratorLoss);
