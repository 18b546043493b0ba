namespace CourseKit;

/// <summary>A network's weights in a file, and back.</summary>
public static class NetworkWeights
{
    /// <summary>Writes all parameters, and what layers keep beside them, as safetensors under their names in the network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; one that is there is replaced once the new one is complete.</param>
    /// <exception cref="IOException">The file cannot be written; one that was there is unchanged.</exception>
    public static void Save(this Network network, string path)
    {
        ArgumentNullException.ThrowIfNull(network);
        Safetensors.Write(path, Named(network));
    }

    /// <summary>Reads all parameters from a file; the network is changed only if everything in the file fits.</summary>
    /// <param name="network">The network, built as the one that was saved.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="SafetensorsException">
    /// The file is not there, cut off or corrupt, or has other names or shapes than the network, or numbers that are not finite; the
    /// network is as it was.
    /// </exception>
    public static void Load(this Network network, string path)
    {
        ArgumentNullException.ThrowIfNull(network);
        var tensors = Safetensors.Read(path);
        var named = Named(network);
        var missing = named.Select(own => own.Name).Where(name => !tensors.ContainsKey(name)).ToArray();
        var unknown = tensors.Keys.Except(named.Select(own => own.Name)).ToArray();
        if (missing.Length + unknown.Length > 0)
            throw new SafetensorsException(path, $"the weights are another network's. Not in the file: {List(missing)}. Not in the network: {List(unknown)}.");
        foreach (var (name, value) in named)
        {
            var read = tensors[name];
            if (!read.HasShape(value.Shape))
                throw new SafetensorsException(path, $"{name} has shape {read.ShapeText}, but {value.ShapeText} in the network.");
            if (Finiteness.FirstNonFinite(read.Span) is var i and >= 0)
                throw new SafetensorsException(path, $"{name} holds {Finiteness.Describe(read.Data[i])} (number {i}).");
        }

        foreach (var (name, value) in named)
            tensors[name].Data.CopyTo(value.Data, 0);
    }

    private static List<(string Name, Tensor Value)> Named(Network network) =>
        [.. network.NamedParameters.Select(named => (named.Name, named.Parameter.Value)), .. network.State];

    private static string List(string[] names) => names.Length == 0 ? "nothing" : string.Join(", ", names);
}
