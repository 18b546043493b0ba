namespace CourseKit;

/// <summary>One row of a network's table.</summary>
/// <param name="Name">The layer's name in the network: its kind and its number among those of its kind, <c>dense2</c>.</param>
/// <param name="Layer">What it is, with its sizes: <c>Dense 300 → 100</c>.</param>
/// <param name="OutputShape">One example's output, without the batch.</param>
/// <param name="Parameters">How many numbers it learns.</param>
/// <param name="Connections">How many connections an example runs through.</param>
public sealed record NetworkRow(string Name, string Layer, int[] OutputShape, long Parameters, long Connections);
