using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CourseKit;

/// <summary>
/// The few vector instructions that the kernels are written in, for one register width. A kernel is generic over it, so one source
/// becomes machine code for 512, 256 and 128 bits.
/// </summary>
/// <typeparam name="TVector">The register: <see cref="Vector512{T}"/>, <see cref="Vector256{T}"/> or <see cref="Vector128{T}"/> of float.</typeparam>
internal unsafe interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>How many floats a register holds.</summary>
    static abstract int Count { get; }

    static abstract TVector Load(float* from);

    static abstract void Store(TVector value, float* to);

    static abstract TVector Broadcast(float value);

    static abstract TVector Add(TVector x, TVector y);

    static abstract TVector Multiply(TVector x, TVector y);

    /// <summary>x y + z, rounded once where the machine has the instruction.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector z);

    /// <summary>The sum of all lanes.</summary>
    static abstract float Sum(TVector value);

    /// <summary>The sums of all lanes of four registers, side by side.</summary>
    static abstract Vector128<float> Sum4(TVector x, TVector y, TVector z, TVector w);

    /// <summary>The largest lane.</summary>
    static abstract float Max(TVector value);

    static abstract TVector Subtract(TVector x, TVector y);

    static abstract TVector Divide(TVector x, TVector y);

    // The machine's own instruction: on x86 it answers its second operand where either is NaN, hence the order. Min and Max that promise
    // more cost several instructions each.
    /// <summary>The smaller of a bound and x; NaN where x is.</summary>
    static abstract TVector Min(TVector bound, TVector x);

    /// <summary>The larger of a bound and x; NaN where x is.</summary>
    static abstract TVector Max(TVector bound, TVector x);

    /// <summary>All bits set where x is less than y.</summary>
    static abstract TVector LessThan(TVector x, TVector y);

    /// <summary>x where the mask's bits are set, y elsewhere.</summary>
    static abstract TVector Select(TVector mask, TVector x, TVector y);

    /// <summary>The last so many lanes; zero in those before.</summary>
    static abstract TVector KeepLast(TVector x, int lanes);

    /// <summary>The bits as integers, less a number, as bits again.</summary>
    static abstract TVector SubtractBits(TVector x, int bits);

    /// <summary>x 2^n, where the bits of n are an integer of -252 ... 254; goes through the denormals and over to infinity as it must.</summary>
    static abstract TVector Scale(TVector x, TVector n);

    /// <summary>The bits, an integer shifted up by 23, as a number: floor(bits / 2^23).</summary>
    static abstract TVector HighBits(TVector x);

    /// <summary>The bits, less those of another number's multiple of 2^23.</summary>
    static abstract TVector SubtractHighBits(TVector x, TVector of);
}

/// <summary>16 floats: AVX-512.</summary>
internal readonly unsafe struct Lanes512 : ILanes<Vector512<float>>
{
    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* from) => Vector512.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, float* to) => value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> x, Vector512<float> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> x, Vector512<float> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> x, Vector512<float> y, Vector512<float> z) => Vector512.MultiplyAddEstimate(x, y, z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> value) => Vector512.Sum(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sum4(Vector512<float> x, Vector512<float> y, Vector512<float> z, Vector512<float> w) => Lanes256.Sum4(
        x.GetLower() + x.GetUpper(), y.GetLower() + y.GetUpper(), z.GetLower() + z.GetUpper(), w.GetLower() + w.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector512<float> value) => Math.Max(Lanes256.Max(value.GetLower()), Lanes256.Max(value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Subtract(Vector512<float> x, Vector512<float> y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Divide(Vector512<float> x, Vector512<float> y) => x / y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Min(Vector512<float> bound, Vector512<float> x) => Vector512.MinNative(bound, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Max(Vector512<float> bound, Vector512<float> x) => Vector512.MaxNative(bound, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LessThan(Vector512<float> x, Vector512<float> y) => Vector512.LessThan(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Select(Vector512<float> mask, Vector512<float> x, Vector512<float> y) => Vector512.ConditionalSelect(mask, x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> KeepLast(Vector512<float> x, int lanes) => Vector512.GreaterThanOrEqual(Vector512<float>.Indices, Vector512.Create((float)(Count - lanes))) & x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SubtractBits(Vector512<float> x, int bits) => (x.AsInt32() - Vector512.Create(bits)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Scale(Vector512<float> x, Vector512<float> n)
    {
        // 2^n alone has no room for n below -126: two halves of it have.
        var half = n.AsInt32() >> 1;
        var one = Vector512.Create(127);
        return x * ((half + one) << 23).AsSingle() * ((n.AsInt32() - half + one) << 23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> HighBits(Vector512<float> x) => Vector512.ConvertToSingle(x.AsInt32() >> 23);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SubtractHighBits(Vector512<float> x, Vector512<float> of) => (x.AsInt32() - (of.AsInt32() & Vector512.Create(unchecked((int)0xFF80_0000)))).AsSingle();
}

/// <summary>8 floats: AVX2.</summary>
internal readonly unsafe struct Lanes256 : ILanes<Vector256<float>>
{
    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* from) => Vector256.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> value, float* to) => value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> x, Vector256<float> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Multiply(Vector256<float> x, Vector256<float> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> x, Vector256<float> y, Vector256<float> z) => Vector256.MultiplyAddEstimate(x, y, z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> value) => Vector256.Sum(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sum4(Vector256<float> x, Vector256<float> y, Vector256<float> z, Vector256<float> w) => Lanes128.Sum4(
        x.GetLower() + x.GetUpper(), y.GetLower() + y.GetUpper(), z.GetLower() + z.GetUpper(), w.GetLower() + w.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector256<float> value) => Math.Max(Lanes128.Max(value.GetLower()), Lanes128.Max(value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Subtract(Vector256<float> x, Vector256<float> y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Divide(Vector256<float> x, Vector256<float> y) => x / y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Min(Vector256<float> bound, Vector256<float> x) => Vector256.MinNative(bound, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Max(Vector256<float> bound, Vector256<float> x) => Vector256.MaxNative(bound, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LessThan(Vector256<float> x, Vector256<float> y) => Vector256.LessThan(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Select(Vector256<float> mask, Vector256<float> x, Vector256<float> y) => Vector256.ConditionalSelect(mask, x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> KeepLast(Vector256<float> x, int lanes) => Vector256.GreaterThanOrEqual(Vector256<float>.Indices, Vector256.Create((float)(Count - lanes))) & x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SubtractBits(Vector256<float> x, int bits) => (x.AsInt32() - Vector256.Create(bits)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Scale(Vector256<float> x, Vector256<float> n)
    {
        // 2^n alone has no room for n below -126: two halves of it have.
        var half = n.AsInt32() >> 1;
        var one = Vector256.Create(127);
        return x * ((half + one) << 23).AsSingle() * ((n.AsInt32() - half + one) << 23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> HighBits(Vector256<float> x) => Vector256.ConvertToSingle(x.AsInt32() >> 23);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SubtractHighBits(Vector256<float> x, Vector256<float> of) => (x.AsInt32() - (of.AsInt32() & Vector256.Create(unchecked((int)0xFF80_0000)))).AsSingle();
}

/// <summary>4 floats: every machine; what has no vector unit computes them one by one.</summary>
internal readonly unsafe struct Lanes128 : ILanes<Vector128<float>>
{
    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* from) => Vector128.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> value, float* to) => value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Add(Vector128<float> x, Vector128<float> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Multiply(Vector128<float> x, Vector128<float> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> x, Vector128<float> y, Vector128<float> z) => Vector128.MultiplyAddEstimate(x, y, z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128<float> value) => Vector128.Sum(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sum4(Vector128<float> x, Vector128<float> y, Vector128<float> z, Vector128<float> w)
    {
        if (!Sse.IsSupported)
            return Vector128.Create(Vector128.Sum(x), Vector128.Sum(y), Vector128.Sum(z), Vector128.Sum(w));
        // Half of a 4 x 4 transposition, an addition, and the other half.
        var xy = Sse.UnpackLow(x, y) + Sse.UnpackHigh(x, y);
        var zw = Sse.UnpackLow(z, w) + Sse.UnpackHigh(z, w);
        return Sse.MoveLowToHigh(xy, zw) + Sse.MoveHighToLow(zw, xy);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector128<float> value) => Math.Max(Math.Max(value[0], value[1]), Math.Max(value[2], value[3]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Subtract(Vector128<float> x, Vector128<float> y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Divide(Vector128<float> x, Vector128<float> y) => x / y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Min(Vector128<float> bound, Vector128<float> x) => Vector128.MinNative(bound, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Max(Vector128<float> bound, Vector128<float> x) => Vector128.MaxNative(bound, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LessThan(Vector128<float> x, Vector128<float> y) => Vector128.LessThan(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Select(Vector128<float> mask, Vector128<float> x, Vector128<float> y) => Vector128.ConditionalSelect(mask, x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> KeepLast(Vector128<float> x, int lanes) => Vector128.GreaterThanOrEqual(Vector128<float>.Indices, Vector128.Create((float)(Count - lanes))) & x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SubtractBits(Vector128<float> x, int bits) => (x.AsInt32() - Vector128.Create(bits)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Scale(Vector128<float> x, Vector128<float> n)
    {
        // 2^n alone has no room for n below -126: two halves of it have.
        var half = n.AsInt32() >> 1;
        var one = Vector128.Create(127);
        return x * ((half + one) << 23).AsSingle() * ((n.AsInt32() - half + one) << 23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> HighBits(Vector128<float> x) => Vector128.ConvertToSingle(x.AsInt32() >> 23);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SubtractHighBits(Vector128<float> x, Vector128<float> of) => (x.AsInt32() - (of.AsInt32() & Vector128.Create(unchecked((int)0xFF80_0000)))).AsSingle();
}
