namespace CourseKit;

/// <summary>The last few views that were made of other tensors, so that the same buffer seen again costs nothing.</summary>
internal sealed class TensorViews
{
    private readonly (Tensor? Of, Tensor? View)[] recent = new (Tensor?, Tensor?)[4];
    private int next;

    /// <summary>The view kept of this very tensor, or null.</summary>
    public Tensor? Find(Tensor of)
    {
        foreach (var (source, view) in recent)
            if (ReferenceEquals(source, of))
                return view;
        return null;
    }

    /// <summary>Keeps a view in place of the oldest one.</summary>
    public Tensor Keep(Tensor of, Tensor view)
    {
        recent[next] = (of, view);
        next = (next + 1) % recent.Length;
        return view;
    }
}
