namespace CourseKit.Tests.Data;

public class ToneSequencesTests
{
    [Fact]
    public void A_sequence_depends_on_the_seed_and_its_number_alone()
    {
        var tones = ToneSequences.Draw(40, seed: 1);
        Assert.Equal("40x1x64", tones.Inputs.ShapeText);
        Assert.Equal([10, 10, 10, 10], tones.ClassCounts);
        Assert.Equal(tones.Inputs.Data[..640], ToneSequences.Draw(10, seed: 1).Inputs.Data);
        Assert.NotEqual(tones.Inputs.Data, ToneSequences.Draw(40, seed: 2).Inputs.Data);
    }

    [Fact]
    public void The_pattern_tells_the_class_wherever_it_comes()
    {
        // The class whose sound, slid over the sequence in both phases, answers most strongly.
        var tones = ToneSequences.Draw(400, seed: 3, warp: 0.1);
        var right = 0;
        for (var n = 0; n < 400; n++)
        {
            var sequence = tones.Sample(n).ToArray();
            var best = Enumerable.Range(0, 4).MaxBy(label => Enumerable.Range(0, 64 - 24).Max(start => Answer(sequence, label, start)));
            right += best == tones.Labels[n] ? 1 : 0;
        }

        Assert.InRange(right / 400.0, 0.97, 1);
    }

    [Fact]
    public void A_linear_classifier_cannot_find_it()
    {
        var (train, test) = (ToneSequences.Draw(2_000, seed: 1), ToneSequences.Draw(1_000, seed: 2));
        var linear = new SoftmaxRegression { Epochs = 5 };
        linear.Fit(train.Inputs, train.Labels);
        Assert.InRange(linear.Accuracy(test.Inputs, test.Labels), 0.15, 0.5);
    }

    [Fact]
    public void Without_shift_the_sound_is_in_the_middle()
    {
        var tones = ToneSequences.Draw(200, seed: 1, shift: 0, warp: 0, noise: 0);
        for (var n = 0; n < 200; n++)
        {
            Assert.All(tones.Sample(n)[..20].ToArray(), value => Assert.Equal(0, value, 1e-6));
            Assert.All(tones.Sample(n)[44..].ToArray(), value => Assert.Equal(0, value, 1e-6));
            Assert.InRange(tones.Sample(n)[20..44].ToArray().Max(Math.Abs), 0.5, 1.2);
        }
    }

    [Fact]
    public void Impossible_wishes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ToneSequences.Draw(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ToneSequences.Draw(1, 1, length: 16));
        Assert.Throws<ArgumentOutOfRangeException>(() => ToneSequences.Draw(1, 1, shift: 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => ToneSequences.Draw(1, 1, noise: double.NaN));
    }

    private static double Answer(float[] sequence, int label, int start)
    {
        double re = 0, im = 0, phase = 0;
        for (var i = 0; i <= 24; i++)
        {
            if (start + i >= 64)
                break;
            var loudness = Math.Sin(Math.PI * i / 24);
            re += sequence[start + i] * loudness * Math.Cos(phase);
            im += sequence[start + i] * loudness * Math.Sin(phase);
            phase += Math.Tau * ToneSequences.Pitch(label, i / 24.0);
        }

        return re * re + im * im;
    }
}
