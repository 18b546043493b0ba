namespace CourseKit;

/// <summary>The values of a network at one moment, to go back to.</summary>
internal sealed class WeightSnapshot
{
    private readonly Tensor[] values;
    private readonly float[][] copies;

    public WeightSnapshot(Network network)
    {
        values = [.. network.Parameters.Select(parameter => parameter.Value), .. network.State.Select(state => state.Value)];
        copies = [.. values.Select(value => new float[value.Count])];
        Take();
    }

    /// <summary>Copies the network's present values.</summary>
    public void Take()
    {
        for (var i = 0; i < values.Length; i++)
            values[i].Data.CopyTo(copies[i], 0);
    }

    /// <summary>Puts the copied values back.</summary>
    public void Restore()
    {
        for (var i = 0; i < values.Length; i++)
            copies[i].CopyTo(values[i].Data, 0);
    }
}
