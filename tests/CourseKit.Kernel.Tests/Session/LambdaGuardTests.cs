namespace CourseKit.Kernel.Tests.Session;

[Collection(SessionCollection.Name)]
public sealed class LambdaGuardTests : SessionTest
{
    [Theory]
    [InlineData("Enumerable.Range(0, int.MaxValue).Aggregate(0.0, (sum, x) => Math.Sin(sum + x))")]
    [InlineData("Enumerable.Range(0, int.MaxValue).Select(x => { return x % 3; }).Sum(x => (long)x)")]
    public void A_librarys_endless_loop_over_a_lambda_is_interrupted(string endless)
    {
        using var timer = new Timer(_ => Session.Interrupt(), null, 500, Timeout.Infinite);
        Assert.Equal("KeyboardInterrupt", Error(endless).Name);
    }

    [Theory]
    [InlineData("var list = new List<int>(); new[] { 1, 2 }.ToList().ForEach(x => list.Add(x)); list.Count", "2")]
    [InlineData("System.Linq.Expressions.Expression<Func<int, int>> e = x => x + 1; e.Compile()(1)", "2")]
    [InlineData("string F(Func<byte> f) => \"byte\"; string G(Func<byte> f) => F(f); string H() => F(() => 1 + 1); H()", "byte")]
    [InlineData("var q = new[] { 1, 2, 3 }.AsQueryable().Where(x => x > 1).Select(x => x * 2); q.Sum()", "10")]
    [InlineData("for (Func<int, int> f = x => x + 1; f(1) < 2; ) { } var n = 0; foreach (var x in new[] { 1, 2 }.Where(x => x > 1)) while (new[] { n }.All(k => k < x)) n++; n", "2")]
    [InlineData("Func<int, string> name = n => n switch { 2 => \"two\", _ => $\"{n}\" }; name(2) + name(3)", "two3")]
    [InlineData("Func<Task> wait = async () => await Task.Delay(1); Func<Task<int>> late = async () => await Task.FromResult(2); await wait(); await late()", "2")]
    [InlineData("Func<int, int> fail = x => throw new Exception(); var seen = 0; try { fail(1); } catch { seen = 2; } seen", "2")]
    [InlineData("async Task<int> Deep(int n) => n == 0 ? 0 : 1 + await Deep(n - 1); await Deep(5000)", "5000")]
    [InlineData("var t = new System.Threading.Thread(() => { var s = new[] { 1, 2 }.Sum(x => x); }, 128 << 10); t.Start(); t.Join(); 2", "2")]
    [InlineData("Func<byte> f = () => 1; f() + 1", "2")]
    [InlineData("Func<int, Func<int, int>> add = a => b => a + b; add(1)(1)", "2")]
    [InlineData("Func<int[]> f = () => [1, 2]; f().Length", "2")]
    [InlineData("Func<Task<int>> f = async () => await Task.FromResult(2); await f()", "2")]
    [InlineData("var n = 0; Action f = () => n += 2; f(); n", "2")]
    [InlineData("int Two() => 2; await Task.Run(() => Two())", "2")]
    [InlineData("int k = 2; Func<int> f = () => k; f()", "2")]
    [InlineData("Func<object, string?> f = x => x as string; f(\"2\")", "2")]
    public void Lambdas_of_every_kind_still_mean_the_same(string code, string value) => Assert.Equal(value, Value(code));
}
