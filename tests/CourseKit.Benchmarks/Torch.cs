using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace CourseKit.Benchmarks;

/// <summary>Whether libtorch is here. Where its native library does not load, everything else is measured all the same.</summary>
internal static class Torch
{
    static Torch()
    {
        try
        {
            // TorchSharp looks in many places and prints a page when it fails; the loader's own message is the one that helps.
            var assembly = typeof(torch).Assembly;
            NativeLibrary.Load("torch_cpu", assembly, null);
            NativeLibrary.Load("LibTorchSharp", assembly, null);
            IsAvailable = Answers();
            Reason = IsAvailable ? "" : "libtorch did not add 1 and 1.";
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or TypeInitializationException or NotSupportedException)
        {
            Reason = e.Message.Split('\n').FirstOrDefault(line => line.Contains("version")) ?? e.Message.Split('\n')[0];
        }
    }

    public static bool IsAvailable { get; }

    /// <summary>Why not.</summary>
    public static string Reason { get; }

    /// <summary>Sets both libraries to so many threads.</summary>
    public static void Threads(int count)
    {
        Workers.Degree = count;
        if (IsAvailable)
            torch.set_num_threads(count);
    }

    /// <summary>A copy of our numbers.</summary>
    public static torch.Tensor Copy(Tensor tensor) => torch.tensor(tensor.Data, tensor.Shape.ToArray().Select(extent => (long)extent).ToArray());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Answers()
    {
        using var one = torch.ones(1);
        using var two = one.add(one);
        return two.item<float>() == 2;
    }
}
