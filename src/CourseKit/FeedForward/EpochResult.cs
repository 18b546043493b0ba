namespace CourseKit;

/// <summary>What one pass over the training examples came to.</summary>
/// <param name="Epoch">The epoch's number, counted from 1.</param>
/// <param name="Loss">J of (9) over the training examples, each batch taken just before its update.</param>
/// <param name="Error">The share of training examples put into a wrong class, taken likewise, 0 ... 1; null where there are no classes.</param>
/// <param name="ValidationLoss">J over the validation examples after the epoch; null where there are none.</param>
/// <param name="ValidationError">The share of them put into a wrong class; null where there are none, or no classes.</param>
/// <param name="LearningRate">α of the epoch's last update.</param>
/// <param name="Elapsed">Since training began.</param>
public sealed record EpochResult(
    int Epoch, double Loss, double? Error, double? ValidationLoss, double? ValidationError, float LearningRate, TimeSpan Elapsed);
