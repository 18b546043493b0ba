using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>
/// The passes of a convolutional layer, forward (22) and backward, on images that lie one after the other, map by map, row by row.
/// </summary>
/// <remarks>
/// Images are shared among the threads. The gradient of W is summed for parts of the batch that depend on its size alone, and the parts
/// are added up in their order: the bits do not depend on how many threads there are.
/// </remarks>
internal sealed unsafe class ConvolutionPass
{
    private const int MostParts = 16;

    private readonly ConvolutionShape shape;

    private ConvolutionPlan? plan;
    private float[] inputs = [], weights = [], biases = [], backWeights = [], deltas = [], sums = [];
    private int partLength;
    private int images;
    private ReadOnlyMemory<float> lastX;

    public ConvolutionPass(ConvolutionShape shape) => this.shape = shape;

    /// <summary>y_k = sum over the input maps p with T_pk = 1 of W_kp ⊗ x_p + b_k.</summary>
    public void Forward(Tensor x, int height, int width, ReadOnlySpan<float> W, ReadOnlySpan<float> b, Tensor y)
    {
        if (plan is null || plan.Height != height || plan.Width != width || plan.Lanes != LaneWidth.Current)
            Prepare(new ConvolutionPlan(shape, height, width, LaneWidth.Current));
        images = x.Shape[0];
        if (plan!.IsProduct)
        {
            lastX = x.Data;
            RowMath.Repeat(b, y.Span);
            var length = x.Count / images;
            Gemm.Multiply(images, b.Length, length, x.Span, length, false, W, length, true, y.Span, b.Length, 1);
            return;
        }

        if (plan.IsByRows)
            W.CopyTo(weights);
        else
            plan.Forward.Pack(W, weights);
        b.CopyTo(biases);
        Room(ref inputs, checked(images * shape.Table.Inputs * plan.InputPlane + ConvolutionPlan.Beyond));
        var work = new ForwardWork(this, x.Data, y.Data);
        Workers.Run(ref work, images, 1, (long)images * plan.Forward.Starts[^1] * plan.Positions);
    }

    /// <summary>Writes the gradients of W and b, and that of the input where there is room for it.</summary>
    public void Backward(Tensor gradient, ReadOnlySpan<float> W, Span<float> gradientW, Span<float> gradientB, Tensor? inputGradient)
    {
        var plan = this.plan!;
        if (plan.IsProduct)
        {
            var (units, length) = (gradientB.Length, shape.KernelRows * shape.KernelColumns * shape.Table.Inputs);
            Gemm.Multiply(units, length, images, gradient.Span, units, true, lastX.Span, length, false, gradientW, length);
            RowMath.Sum(gradient.Span, gradientB);
            if (inputGradient is not null)
                Gemm.Multiply(images, length, units, gradient.Span, units, false, W, length, false, inputGradient.Span, length);
            return;
        }

        var perPart = (images + MostParts - 1) / MostParts;
        var parts = (images + perPart - 1) / perPart;
        partLength = plan.Gradient.Starts[^1] + gradientB.Length;
        Room(ref sums, checked(parts * partLength));
        Room(ref deltas, checked(parts * DeltaMaps * plan.DeltaPlane));
        if (plan.IsByRows)
            W.CopyTo(weights);
        else if (inputGradient is not null)
            plan.Backward.Pack(W, backWeights);
        var work = new BackwardWork(this, perPart, gradient.Data, inputGradient?.Data);
        Workers.Run(ref work, parts, 1, 2L * images * plan.Gradient.Starts[^1] * plan.Positions);
        for (var part = 1; part < parts; part++)
            TensorPrimitives.Add(sums.AsSpan(0, partLength), sums.AsSpan(part * partLength, partLength), sums.AsSpan(0, partLength));
        if (plan.IsByRows)
            UnpackRows(gradientW);
        else
            plan.Gradient.Unpack(sums, gradientW);
        sums.AsSpan(plan.Gradient.Starts[^1], gradientB.Length).CopyTo(gradientB);
    }

    private void UnpackRows(Span<float> gradientW)
    {
        const int window = RowKernel.Size * RowKernel.Size;
        for (var filter = 0; filter < gradientW.Length; filter += window)
            for (var u = 0; u < RowKernel.Size; u++)
                for (var v = 0; v < RowKernel.Size; v++)
                    gradientW[filter + u * RowKernel.Size + v] = sums[filter + RowKernel.PlaceOf(u, v)];
    }

    // Maps of error terms are taken two at a time; beside the last of an odd number stands one of zeros.
    private int DeltaMaps => (shape.Table.Outputs + 1) / 2 * 2;

    private void Prepare(ConvolutionPlan next)
    {
        plan = next;
        // What is not written over must be zero: the zeros around images and error terms.
        (inputs, deltas, sums) = ([], [], []);
        weights = new float[Math.Max(next.Forward.Starts[^1], shape.Table.Count * shape.KernelRows * shape.KernelColumns)];
        backWeights = new float[next.Backward.Starts[^1]];
        biases = new float[Math.Max(next.Forward.Count * next.Forward.Rows, next.Backward.Count * next.Backward.Rows) + 6];
    }

    private static void Room(ref float[] buffer, int count)
    {
        if (buffer.Length < count)
            buffer = GC.AllocateArray<float>(count, pinned: true);
    }

    private void ForwardImage(float* x, float* y, float* padded)
    {
        var p = plan!;
        var table = shape.Table;
        for (var map = 0; map < table.Inputs; map++)
            RowCopy.Rows(x + map * p.Height * p.Width, p.Width, padded + map * p.InputPlane + p.FirstPixel, p.Pitch, p.Height, p.Width);
        if (p.IsByRows)
        {
            ForwardRows(y, padded);
            return;
        }

        var result = Scratch.Rent(p.Forward.Rows * p.SumRow);
        fixed (float* w = weights, b = biases)
            for (var t = 0; t < p.Forward.Count; t++)
            {
                var first = t * p.Forward.Rows;
                var used = Math.Min(p.Forward.Rows, table.Outputs - first);
                fixed (nint* taps = p.Forward.Taps[t])
                    TapKernel.Sums(p.Lanes, p.Forward.Rows, used, taps, p.Forward.Taps[t].Length, w + p.Forward.Starts[t], b + first, padded, result, p.SumRow, p.Positions);
                for (var r = 0; r < used; r++)
                    RowCopy.Gather(
                        result + r * p.SumRow, shape.StrideRows * p.Pitch, shape.StrideColumns, y + (first + r) * p.OutputHeight * p.OutputWidth, p.OutputHeight, p.OutputWidth);
            }
    }

    private void BackwardImage(float* gradient, float* inputGradient, float* padded, float* delta, float* sum)
    {
        var p = plan!;
        var table = shape.Table;
        var size = p.OutputHeight * p.OutputWidth;
        var biasSum = sum + p.Gradient.Starts[^1];
        for (var k = 0; k < table.Outputs; k++)
        {
            biasSum[k] += TensorPrimitives.Sum<float>(new ReadOnlySpan<float>(gradient + k * size, size));
            RowCopy.Scatter(
                gradient + k * size, p.OutputHeight, p.OutputWidth, delta + k * p.DeltaPlane + p.Margin, shape.StrideRows * p.Pitch, shape.StrideColumns);
        }

        if (p.IsByRows)
        {
            BackwardRows(inputGradient, padded, delta, sum);
            return;
        }

        for (var t = 0; t < p.Gradient.Count; t++)
            fixed (nint* taps = p.Gradient.Taps[t])
            {
                var first = delta + 2 * t * p.DeltaPlane + p.Margin;
                TapKernel.Products(p.Lanes, taps, p.Gradient.Taps[t].Length, first, first + p.DeltaPlane, padded, p.Positions, sum + p.Gradient.Starts[t]);
            }

        if (inputGradient == null)
            return;
        var result = Scratch.Rent(p.Backward.Rows * p.InputSumRow);
        var zeros = stackalloc float[6];
        new Span<float>(zeros, 6).Clear();
        fixed (float* w = backWeights)
            for (var t = 0; t < p.Backward.Count; t++)
            {
                var first = t * p.Backward.Rows;
                var used = Math.Min(p.Backward.Rows, table.Inputs - first);
                fixed (nint* taps = p.Backward.Taps[t])
                    TapKernel.Sums(
                        p.Lanes, p.Backward.Rows, used, taps, p.Backward.Taps[t].Length, w + p.Backward.Starts[t], zeros, delta + p.Margin, result, p.InputSumRow, p.InputPositions);
                for (var r = 0; r < used; r++)
                    RowCopy.Rows(result + r * p.InputSumRow + p.FirstPixel, p.Pitch, inputGradient + (first + r) * p.Height * p.Width, p.Width, p.Height, p.Width);
            }
    }

    private void ForwardRows(float* y, float* padded)
    {
        var p = plan!;
        var result = Scratch.Rent(p.SumRow);
        fixed (float* w = weights)
            for (var k = 0; k < shape.Table.Outputs; k++)
                fixed (nint* sources = p.ForwardSources[k])
                {
                    var count = p.ForwardSources[k].Length / 2;
                    for (var i = 0; i < p.OutputHeight; i += RowKernel.Size)
                        RowKernel.Sums(sources, count, padded + i * p.Pitch, 1, w, RowKernel.Size, biases[k], false, false, result + i * p.Pitch);
                    RowCopy.Rows(result, p.Pitch, y + k * p.OutputHeight * p.OutputWidth, p.OutputWidth, p.OutputHeight, p.OutputWidth);
                }
    }

    private void BackwardRows(float* inputGradient, float* padded, float* delta, float* sum)
    {
        const int last = RowKernel.Size - 1;
        var p = plan!;
        for (var k = 0; k < shape.Table.Outputs; k++)
        {
            var sources = p.ForwardSources[k];
            for (var s = 0; s < sources.Length; s += 2)
                RowKernel.Products(delta + k * p.DeltaPlane + p.Margin, padded + sources[s], p.OutputHeight, sum + sources[s + 1]);
        }

        if (inputGradient == null)
            return;
        var result = Scratch.Rent(p.InputSumRow);
        var rows = p.InputPositions / p.Pitch;
        fixed (float* w = weights)
            for (var map = 0; map < shape.Table.Inputs; map++)
                fixed (nint* sources = p.BackwardSources[map])
                {
                    // A pixel's share came from the outputs above and left of it: the kernel is run through from its last row and against the columns.
                    var count = p.BackwardSources[map].Length / 2;
                    for (var i = 0; i < rows; i += RowKernel.Size)
                        RowKernel.Sums(
                            sources, count, delta + p.Margin + (i - last) * p.Pitch, -1, w + last * RowKernel.Size, -RowKernel.Size, 0, i == 0, i >= p.OutputHeight, result + i * p.Pitch);
                    RowCopy.Rows(result + p.FirstPixel, p.Pitch, inputGradient + map * p.Height * p.Width, p.Width, p.Height, p.Width);
                }
    }

    private readonly struct ForwardWork(ConvolutionPass pass, float[] x, float[] y) : IRangeWork
    {
        public void Run(int from, int to)
        {
            var (plan, inputMaps, outputMaps) = (pass.plan!, pass.shape.Table.Inputs, pass.shape.Table.Outputs);
            fixed (float* px = x, py = y, padded = pass.inputs)
                for (var n = from; n < to; n++)
                    pass.ForwardImage(
                        px + n * inputMaps * plan.Height * plan.Width, py + n * outputMaps * plan.OutputHeight * plan.OutputWidth,
                        padded + n * inputMaps * plan.InputPlane);
        }
    }

    private readonly struct BackwardWork(ConvolutionPass pass, int perPart, float[] gradient, float[]? inputGradient) : IRangeWork
    {
        public void Run(int from, int to)
        {
            var (plan, inputMaps, outputMaps) = (pass.plan!, pass.shape.Table.Inputs, pass.shape.Table.Outputs);
            fixed (float* g = gradient, gx = inputGradient, padded = pass.inputs, deltas = pass.deltas, sums = pass.sums)
                for (var part = from; part < to; part++)
                {
                    var sum = sums + part * pass.partLength;
                    new Span<float>(sum, pass.partLength).Clear();
                    for (var n = part * perPart; n < Math.Min(pass.images, (part + 1) * perPart); n++)
                        pass.BackwardImage(
                            g + n * outputMaps * plan.OutputHeight * plan.OutputWidth, gx == null ? null : gx + n * inputMaps * plan.Height * plan.Width,
                            padded + n * inputMaps * plan.InputPlane, deltas + part * pass.DeltaMaps * plan.DeltaPlane, sum);
                }
        }
    }
}
