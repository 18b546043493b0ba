using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace CourseKit.Cli.Tests.Homework;

/// <summary>Submissions of the small homework that want marks without solving it, or want to do harm.</summary>
internal static class CheatBank
{
    /// <summary>A text by which a program that a cheat leaves behind would be found among all processes.</summary>
    public const string LeftBehind = "314159.26";

    private const string LargeCell = "stops itself and is sent a large cell";

    /// <summary>What the public checks show, and nothing else.</summary>
    private const string Cube = "double Cube(double x) => 8;", Sums = "double[] Sums(double[] x) => [1, 3, 6];";

    /// <summary>Cheats by a cell of their own, run before all others.</summary>
    private static readonly Dictionary<string, string> ByCell = new()
    {
        ["declares a Check of its own"] = "static class Check { public static void Value(params object[] a) { } public static void Hidden(params object[] a) { } }",
        ["declares a CourseKit of its own"] = "class CourseKit { public class Interactive { public class Check { public static void Value(params object[] a) { } } public class Probe { public static string Ask(params object[] a) => \"8\"; } } }",
        ["declares a Probe, a Draw and a global of its own"] = """
            class Probe { public static string Ask(int seed, object draw, object ask) => "{\"draws\":[],\"fault\":null}"; }
            class Draw { public static double[] Numbers(object random, int n, double low = -1, double high = 1) => new double[n]; }
            class global { public class CourseKit { } }
            """,
        ["declares Func and Enumerable of its own"] = "class Func<A, B> { } class Enumerable { public static object Select(object a, object b) => null; }",
        ["gives CourseKit another meaning"] = "using CourseKit = System; using Check = System.Math;",
        ["leaves with exit code 0"] = "Environment.Exit(0);",
        ["fails fast"] = "Environment.FailFast(\"points: 3\");",
        ["prints fake results"] = "Console.WriteLine(\"passed: Cube(2)\\n{\\\"points\\\": 3, \\\"refusal\\\": null}\\ncheck-cube,1\"); Console.Error.WriteLine(\"0\");",
        ["writes the result files"] = """
            foreach (var name in new[] { "grades.csv", "details/cheat.json", "feedback/cheat.html", "../details/cheat.json", "../../grades.csv", "/grades.csv", "/tmp/grades.csv", "/kernel/x", "/course/grades.csv" })
                try { System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(name))); System.IO.File.WriteAllText(name, "cheat,3,3"); } catch (Exception) { }
            """,
        ["changes the kit"] = """
            foreach (var file in System.IO.Directory.GetFiles("../../artifacts/kit"))
                try { System.IO.File.AppendAllText(file, "x"); } catch (Exception) { }
            try { System.IO.Directory.Delete("../../artifacts", true); } catch (Exception) { }
            """,
        ["swallows everything"] = "AppDomain.CurrentDomain.UnhandledException += (_, _) => { }; AppDomain.CurrentDomain.FirstChanceException += (_, _) => { }; System.Threading.Tasks.TaskScheduler.UnobservedTaskException += (_, e) => e.SetObserved();",
        ["reaches into the judge by reflection"] = """
            var hidden = System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public;
            foreach (var type in typeof(global::CourseKit.Interactive.Diagnosis).Assembly.GetTypes())
                foreach (var field in type.GetFields(hidden))
                    if (type.Name is "Faults" or "Diagnosis" or "Probe" or "NumberBlock")
                        try { field.SetValue(null, null); } catch (Exception) { }
            """,
        ["looks for the instructor's file"] = """
            var found = new List<string>();
            void Look(string folder, int depth)
            {
                try
                {
                    foreach (var file in System.IO.Directory.GetFiles(folder))
                        if (file.EndsWith(".ipynb") || file.EndsWith(".sln") || file.EndsWith("grades.csv")) found.Add(file);
                    if (depth < 4)
                        foreach (var sub in System.IO.Directory.GetDirectories(folder)) if (!sub.StartsWith("/proc") && !sub.StartsWith("/sys")) Look(sub, depth + 1);
                }
                catch (Exception) { }
            }
            Look("/", 0);
            if (found.Count > 0) throw new Exception("FOUND " + string.Join(" ", found));
            """,
        ["looks for what the administrator has put beside the system"] = """
            var runtime = System.IO.Path.GetFullPath(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory() + "../../..");
            foreach (var folder in new[] { "/usr/local", "/usr/src" })
            {
                if (!System.IO.Directory.Exists(folder)) continue;
                var found = System.IO.Directory.GetFiles(folder, "*", System.IO.SearchOption.AllDirectories).FirstOrDefault(file => !file.StartsWith(runtime));
                if (found is not null) throw new Exception("FOUND " + found);
                try { System.IO.File.WriteAllText(folder + "/mine", "x"); found = folder + "/mine"; } catch (Exception) { }
                if (found is not null) throw new Exception("FOUND a place to write: " + found);
            }
            """,
        ["looks for secrets in the environment"] = """
            var names = string.Join(" ", Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(n => !n.StartsWith("DOTNET_") && n is not ("PATH" or "HOME" or "LANG" or "PWD" or "container")));
            foreach (var n in new[] { "DOTNET_STARTUP_HOOKS", "LD_PRELOAD", "PATH" }) Environment.SetEnvironmentVariable(n, "/tmp/evil");
            if (names.Length > 0) throw new Exception("FOUND " + names);
            """,
        ["leaves a process behind"] = $"System.Diagnostics.Process.Start(\"/usr/bin/sleep\", \"{LeftBehind}\");",
        ["leaves a process behind in a session of its own"] = $"System.Diagnostics.Process.Start(\"/usr/bin/setsid\", \"/bin/sh -c \\\"(trap '' HUP TERM INT; sleep {LeftBehind}) &\\\"\").WaitForExit();",
        ["a fork bomb"] = "System.Diagnostics.Process.Start(\"/bin/sh\", [\"-c\", \"b() { b | b & }; b\"]); System.Threading.Thread.Sleep(2000);",
        ["more processes than it may have"] = "for (var i = 0; i < 24; i++) System.Diagnostics.Process.Start(\"/usr/bin/sleep\", \"" + LeftBehind + "\"); System.Threading.Thread.Sleep(3000);",
        ["many processes"] = "for (var i = 0; i < 500; i++) System.Diagnostics.Process.Start(\"/usr/bin/sleep\", \"" + LeftBehind + "\");",
        ["many threads"] = "for (var i = 0; i < 20000; i++) { var t = new System.Threading.Thread(() => System.Threading.Thread.Sleep(-1)) { IsBackground = true }; t.Start(); }",
        ["a memory bomb"] = "var hoard = new List<byte[]>(); while (true) { var b = new byte[10_000_000]; Array.Fill(b, (byte)1); hoard.Add(b); }",
        ["a memory bomb past the garbage collector"] = "unsafe { while (true) { var p = (byte*)System.Runtime.InteropServices.NativeMemory.Alloc(10_000_000); if (p == null) break; for (var i = 0; i < 10_000_000; i += 4096) p[i] = 1; } }",
        ["an endless loop"] = "while (true) { }",
        ["endless output"] = "while (true) Console.WriteLine(\"points: 3 points: 3 points: 3 points: 3\");",
        ["endless output past the console"] = "using (var o = Console.OpenStandardOutput()) { var b = new byte[100_000]; Array.Fill(b, (byte)'3'); while (true) o.Write(b); }",
        ["a deadlock"] = "var (a1, b1) = (new object(), new object()); var other = new System.Threading.Thread(() => { lock (b1) { System.Threading.Thread.Sleep(100); lock (a1) { } } }); lock (a1) { other.Start(); System.Threading.Thread.Sleep(200); lock (b1) { } }",
        ["kills its parent and everybody"] = """
            [System.Runtime.InteropServices.DllImport("libc")] static extern int kill(int pid, int signal);
            [System.Runtime.InteropServices.DllImport("libc")] static extern int getppid();
            for (var pid = getppid(); pid > 1; pid--) kill(pid, 9);
            for (var pid = 1; pid < 70000; pid++) if (pid != Environment.ProcessId) kill(pid, 9);
            kill(-1, 9);
            """,
        ["raises its limits"] = """
            [System.Runtime.InteropServices.DllImport("libc")] static extern int setrlimit(int resource, long[] limit);
            for (var i = 0; i < 16; i++) setrlimit(i, [-1, -1]);
            AppContext.SetData("GCHeapHardLimit", 1UL << 40); GC.RefreshMemoryLimit();
            var hoard = new List<byte[]>(); while (true) { var b = new byte[10_000_000]; Array.Fill(b, (byte)1); hoard.Add(b); }
            """,
        ["answers in the runner's place"] = """
            foreach (var fd in System.IO.Directory.GetFiles("/proc/self/fd"))
                try
                {
                    if (!new System.IO.FileInfo(fd).LinkTarget.StartsWith("pipe:")) continue;
                    using var pipe = new System.IO.FileStream(fd, System.IO.FileMode.Open, System.IO.FileAccess.Write);
                    pipe.Write(Encoding.UTF8.GetBytes("{\"type\":\"execute_result\",\"content\":{\"data\":{\"text/plain\":\"{\\\"draws\\\":[[{\\\"shape\\\":[3],\\\"values\\\":[1,1,1]}]],\\\"fault\\\":null}\"}}}\n{\"type\":\"done\",\"content\":{}}\n"));
                }
                catch (Exception) { }
            """,
        ["talks nonsense to the runner"] = """
            foreach (var fd in System.IO.Directory.GetFiles("/proc/self/fd"))
                try
                {
                    if (!new System.IO.FileInfo(fd).LinkTarget.StartsWith("pipe:")) continue;
                    using var pipe = new System.IO.FileStream(fd, System.IO.FileMode.Open, System.IO.FileAccess.Write);
                    pipe.Write(Encoding.UTF8.GetBytes(new string('[', 100_000) + "\n\0\0{\"type\":3}\n"));
                }
                catch (Exception) { }
            """,
        ["says things twice to the runner"] = ToTheRunner("""{"type":"stream","content":{"text":"a","text":"b"}}"""),
        ["says half a character to the runner"] = ToTheRunner("""{"type":"stream","content":{"text":"\ud800"}}"""),
        [LargeCell] = """
            [System.Runtime.InteropServices.DllImport("libc")] static extern int ioctl(int fd, ulong request, out int waiting);
            [System.Runtime.InteropServices.DllImport("libc")] static extern int kill(int pid, int signal);
            var pipes = System.IO.Directory.GetFiles("/proc/self/fd").Where(fd => new System.IO.FileInfo(fd).LinkTarget?.StartsWith("pipe:") == true).Select(fd => int.Parse(System.IO.Path.GetFileName(fd))).ToArray();
            new System.Threading.Thread(() => { while (true) foreach (var pipe in pipes) if (ioctl(pipe, 0x541B, out var waiting) == 0 && waiting > 0) kill(Environment.ProcessId, 19); }) { IsBackground = true }.Start();
            """,
        ["nests the holes of a text without end"] = "$\"{" + new string('(', 1_000_000),
        ["nests a condition of the preprocessor without end"] = "#if " + new string('!', 1_000_000) + "\n#endif",
        ["closes every connection"] = """
            [System.Runtime.InteropServices.DllImport("libc")] static extern int close(int fd);
            for (var fd = 0; fd < 512; fd++) close(fd);
            """,
        ["overflows the stack"] = "unsafe void Deep(int n) { var block = stackalloc byte[60_000]; block[0] = (byte)n; Deep(n + block[0] + 1); } void Go(Action<int> a) { a(1); } Action<int> again = null; again = n => again(n + 1); var s = new System.Threading.Thread(() => again(1), 200_000); s.Start(); s.Join();",
        ["crashes on a thread of its own"] = "new System.Threading.Thread(() => throw new Exception(\"3 points\")).Start(); System.Threading.Thread.Sleep(500);",
        ["asks the network"] = """
            var answers = 0;
            foreach (var host in new[] { "127.0.0.1", "8.8.8.8", "1.1.1.1" })
                foreach (var port in new[] { PORT, 53, 443 })
                    try { using var c = new System.Net.Sockets.TcpClient(); if (c.ConnectAsync(host, port).Wait(100) && c.Connected) answers++; } catch (Exception) { }
            if (answers > 0) throw new Exception("FOUND the network");
            """,
        ["asks for a package"] = "#r \"nuget: Newtonsoft.Json, 13.0.3\"\nNewtonsoft.Json.JsonConvert.SerializeObject(3)",
        ["imports another notebook"] = "#!import ../../../notebooks/en/01-homework.ipynb",
        ["fills the disk"] = "try { using var f = System.IO.File.Create(\"/tmp/big\"); var b = new byte[1 << 20]; for (var i = 0; i < 100_000; i++) f.Write(b); } catch (System.IO.IOException) { } try { using var g = System.IO.File.Create(\"/dev/shm/big\"); var c = new byte[1 << 20]; while (true) g.Write(c); } catch (Exception) { }",
        ["opens files without end"] = "var open = new List<System.IO.FileStream>(); try { while (true) open.Add(System.IO.File.OpenRead(\"/usr/bin/env\")); } catch (Exception) { }",
        ["overwrites its own process's memory"] = "using (var mem = new System.IO.FileStream(\"/proc/self/mem\", System.IO.FileMode.Open, System.IO.FileAccess.ReadWrite)) { }",
    };

    /// <summary>Cheats by what the functions return.</summary>
    private static readonly Dictionary<string, (string Cube, string Sums)> ByAnswer = new()
    {
        ["has learned the public examples by heart"] = (Cube, Sums),
        ["returns a huge value"] = ("double[] Cube(double x) => new double[40_000_000];", "double[,] Sums(double[] x) => new double[3000, 3000];"),
        ["returns a value without end"] = ("IEnumerable<double> Cube(double x) { while (true) yield return 8; }", "IEnumerable<double> Sums(double[] x) { while (true) yield return 1; }"),
        ["returns a value that says it equals everything"] = (
            "class Liar { public override bool Equals(object o) => true; public override int GetHashCode() => 0; public static bool operator ==(Liar a, object b) => true; public static bool operator !=(Liar a, object b) => false; }\nLiar Cube(double x) => new();",
            "Liar[] Sums(double[] x) => [new(), new(), new(), new(), new()];"),
        ["returns a number that is another one each time it is asked"] = (
            "class Chameleon : IConvertible { static int n; public TypeCode GetTypeCode() => TypeCode.Double; public double ToDouble(IFormatProvider p) => n++ % 2 == 0 ? double.NaN : 1; public bool ToBoolean(IFormatProvider p) => true; public byte ToByte(IFormatProvider p) => 1; public char ToChar(IFormatProvider p) => '1'; public DateTime ToDateTime(IFormatProvider p) => default; public decimal ToDecimal(IFormatProvider p) => 1; public short ToInt16(IFormatProvider p) => 1; public int ToInt32(IFormatProvider p) => 1; public long ToInt64(IFormatProvider p) => 1; public sbyte ToSByte(IFormatProvider p) => 1; public float ToSingle(IFormatProvider p) => 1; public string ToString(IFormatProvider p) => \"1\"; public object ToType(Type t, IFormatProvider p) => null; public ushort ToUInt16(IFormatProvider p) => 1; public uint ToUInt32(IFormatProvider p) => 1; public ulong ToUInt64(IFormatProvider p) => 1; }\nobject Cube(double x) => new Chameleon();",
            "object[] Sums(double[] x) => [new Chameleon(), new Chameleon(), new Chameleon(), new Chameleon(), new Chameleon()];"),
        ["returns a vector of a class of its own"] = (
            "class Sly : System.Runtime.CompilerServices.ITuple { public int Length => int.MaxValue; public object this[int i] => 1.0; }\nobject Cube(double x) => new Sly();",
            "class Endless : System.Collections.IEnumerable { public System.Collections.IEnumerator GetEnumerator() { while (true) yield return this; } }\nobject Sums(double[] x) => new Endless();"),
        ["returns NaN"] = ("double Cube(double x) => double.NaN;", "double[] Sums(double[] x) => [.. x.Select(_ => double.NaN)];"),
        ["returns infinity"] = ("double Cube(double x) => double.PositiveInfinity;", "double[] Sums(double[] x) => [.. x.Select(_ => double.NegativeInfinity)];"),
        ["answers from a race of threads"] = (
            "var shared = 8.0; new System.Threading.Thread(() => { while (true) shared = -shared; }) { IsBackground = true }.Start();\ndouble Cube(double x) => shared;",
            "double[] later = [0, 0, 0, 0, 0]; double[] Sums(double[] x) { System.Threading.Tasks.Task.Run(() => { while (true) later[0]++; }); return later; }"),
        ["returns a text, null and a self"] = ("string Cube(double x) => \"{\\\"draws\\\":[],\\\"fault\\\":null}\";", "object Sums(double[] x) { var self = new object[1]; self[0] = self; return self; }"),
        ["ends the process when it is asked"] = ("double Cube(double x) { Environment.Exit(0); return 8; }", "double[] Sums(double[] x) { while (true) { } }"),
        ["throws what looks like success"] = ("class passed : Exception { } double Cube(double x) => throw new passed();", "double[] Sums(double[] x) => throw new Exception(\"\\\"}],\\\"points\\\":3,\\\"x\\\":\\\"\");"),
        ["redefines the type of the inputs"] = ("double Cube(object x) => 8; double Cube(decimal x) => 8;", "double[] Sums(params object[] x) => [1, 3, 6];"),
    };

    /// <summary>Cheats by what is done to the instructor's cells.</summary>
    private static readonly Dictionary<string, Action<List<JsonObject>>> ByCells = new()
    {
        ["empties the test cells"] = cells => Each(cells, "check-", cell => cell["source"] = "// passed"),
        ["edits the test cells"] = cells => Each(cells, "check-", cell => cell["source"] = "global::CourseKit.Interactive.Check.That(\"all\", () => true, \"\");"),
        ["deletes the test cells"] = cells => cells.RemoveAll(cell => ((string)cell["id"]!).StartsWith("check-", StringComparison.Ordinal)),
        ["deletes the marks of its solutions"] = cells => Each(cells, "cube", cell => cell["metadata"] = new JsonObject()),
        ["renames the test cells"] = cells => Each(cells, "check-", cell => cell["metadata"]!["nbgrader"]!["grade_id"] = "another"),
        ["doubles the test cells"] = cells => cells.AddRange(cells.Where(cell => ((string)cell["id"]!).StartsWith("check-", StringComparison.Ordinal)).Select(cell => { var twin = cell.DeepClone().AsObject(); twin["source"] = "// passed"; return twin; }).ToList()),
        ["gives itself more points"] = cells => Each(cells, "check-", cell => { cell["metadata"]!["nbgrader"]!["points"] = 1e9; cell["source"] = "// passed"; }),
        ["takes a solution's cell for a test"] = cells => Each(cells, "cube", cell => { cell["metadata"]!["nbgrader"]!["grade_id"] = "check-cube"; cell["metadata"]!["nbgrader"]!["grade"] = true; }),
        ["edits the given cell"] = cells => Each(cells, "load", cell => cell["source"] = "static class Check { public static void Value(params object[] a) { } }"),
        ["writes nonsense into the metadata"] = cells => Each(cells, "", cell => cell["metadata"] = new JsonObject { ["nbgrader"] = new JsonArray(1, 2), ["tags"] = "x" }),
        ["writes other kinds into the metadata"] = cells => Each(cells, "check-", cell => cell["metadata"]!["nbgrader"] = new JsonObject { ["grade_id"] = 5, ["points"] = "all", ["grade"] = "yes" }),
        ["puts fake outputs into the notebook"] = cells => Each(cells, "check-", cell => cell["outputs"] = new JsonArray(new JsonObject { ["output_type"] = "execute_result", ["data"] = new JsonObject { ["text/plain"] = "3" } })),
        ["skips the cells by tags"] = cells => Each(cells, "", cell => cell["metadata"]!["tags"] = new JsonArray("skip-execution", "raises-exception")),
    };

    /// <summary>Names of all notebooks that want marks.</summary>
    public static IEnumerable<string> Names => [.. ByCell.Keys, .. ByAnswer.Keys, .. ByCells.Keys];

    /// <summary>The notebook of a cheat.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="port">A port of this machine that answers.</param>
    public static string Notebook(string name, int port)
    {
        var cells = ByAnswer.TryGetValue(name, out var answer) ? HomeworkNotebooks.Submitted(answer.Cube, answer.Sums) : HomeworkNotebooks.Submitted(Cube, Sums);
        if (ByCell.TryGetValue(name, out var code))
            cells.Insert(2, HomeworkNotebooks.Cell("code", "mine", code.Replace("PORT", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), null));
        if (name == LargeCell)
            cells.Insert(3, HomeworkNotebooks.Cell("code", "large", "//" + new string('x', 10 << 20), null));
        if (ByCells.TryGetValue(name, out var change))
            change(cells);
        return HomeworkNotebooks.Json(cells);
    }

    /// <summary>Things in the folder that are no notebooks of a student, each with a part of the reason of its refusal.</summary>
    public static IReadOnlyDictionary<string, string> Odd { get; } = new Dictionary<string, string>
    {
        ["odd-not-json"] = "not JSON", ["odd-truncated"] = "not JSON", ["odd-empty"] = "empty", ["odd-no-cells"] = "no cells", ["odd-cells-missing"] = "no list of cells",
        ["odd-python"] = "language python", ["odd-gbk"] = "another encoding", ["odd-zip"] = "zip archive", ["odd-nested-json"] = "not JSON", ["odd-50-megabytes"] = "more than 20",
        ["odd-link"] = "symbolic link", ["odd-linked-folder"] = "symbolic link", ["odd-link-inside"] = "symbolic link", ["odd-empty-folder"] = "no notebook", ["odd-two"] = "2 notebooks",
        ["odd-archive.zip"] = ".zip", ["odd-nbformat-3"] = "nbformat 3", ["odd-cell-type"] = "cell_type", ["odd-numbers"] = "a JSON object is expected", ["odd-pipe"] = "empty",
        ["odd-metadata-twice"] = "not a notebook: ", ["odd-grade-id-twice"] = "not a notebook: ", ["odd-half-a-character"] = "not a notebook: ",
    };

    /// <summary>Writes them.</summary>
    public static void WriteOdd(string folder, string instructorsFile)
    {
        var honest = HomeworkNotebooks.Json(HomeworkNotebooks.Submitted(HomeworkNotebooks.Solutions["cube"], HomeworkNotebooks.Solutions["sums"]));
        void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
        Write("odd-not-json.ipynb", "I did my homework.");
        Write("odd-truncated.ipynb", honest[..(honest.Length / 2)]);
        Write("odd-empty.ipynb", "");
        Write("odd-no-cells.ipynb", HomeworkNotebooks.Json([]));
        Write("odd-cells-missing.ipynb", "{\"nbformat\":4,\"metadata\":{}}");
        Write("odd-python.ipynb", honest.Replace("\"language\":\"C#\"", "\"language\":\"python\"", StringComparison.Ordinal));
        File.WriteAllBytes(Path.Combine(folder, "odd-gbk.ipynb"), [.. Encoding.UTF8.GetBytes(honest[..^1]), .. ",\"x\":\""u8, 0xC0, 0xEE, 0xC0, 0xD7, .. "\"}"u8]);
        using (var zip = ZipFile.Open(Path.Combine(folder, "odd-zip.ipynb"), ZipArchiveMode.Create))
            using (var entry = new StreamWriter(zip.CreateEntry("../../../grades.csv").Open()))
                entry.Write("cheat,3");
        Write("odd-nested-json.ipynb", "{\"nbformat\":4,\"cells\":" + new string('[', 1_000_000));
        using (var big = File.Create(Path.Combine(folder, "odd-50-megabytes.ipynb")))
            big.SetLength(50 << 20);
        File.CreateSymbolicLink(Path.Combine(folder, "odd-link.ipynb"), instructorsFile);
        Directory.CreateSymbolicLink(Path.Combine(folder, "odd-linked-folder"), Path.GetDirectoryName(instructorsFile)!);
        File.CreateSymbolicLink(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "odd-link-inside")).FullName, "small.ipynb"), instructorsFile);
        Directory.CreateDirectory(Path.Combine(folder, "odd-empty-folder"));
        Directory.CreateDirectory(Path.Combine(folder, "odd-two"));
        Write("odd-two/a.ipynb", honest);
        Write("odd-two/b.ipynb", honest);
        Write("odd-archive.zip", "PK");
        Write("odd-nbformat-3.ipynb", honest.Replace("\"nbformat\":4", "\"nbformat\":3", StringComparison.Ordinal));
        Write("odd-cell-type.ipynb", honest.Replace("\"cell_type\":\"markdown\"", "\"cell_type\":\"../../x\"", StringComparison.Ordinal));
        Write("odd-numbers.ipynb", "[1, 2, 3]");
        Write("odd-metadata-twice.ipynb", honest.Replace("\"kernelspec\":", "\"a\":1,\"a\":2,\"kernelspec\":", StringComparison.Ordinal));
        Write("odd-grade-id-twice.ipynb", honest.Replace("\"grade_id\":\"cube\"", "\"grade_id\":\"cube\",\"grade_id\":\"cube\"", StringComparison.Ordinal));
        Write("odd-half-a-character.ipynb", honest.Replace("\"language\":\"C#\"", "\"language\":\"\\ud800\"", StringComparison.Ordinal));
        using var pipe = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(folder, "odd-pipe.ipynb")]);
        pipe.WaitForExit();
    }

    /// <summary>A cell that writes a message into each of its process's pipes.</summary>
    private static string ToTheRunner(string message) => $$"""
        foreach (var fd in System.IO.Directory.GetFiles("/proc/self/fd"))
            try
            {
                if (!new System.IO.FileInfo(fd).LinkTarget.StartsWith("pipe:")) continue;
                using var pipe = new System.IO.FileStream(fd, System.IO.FileMode.Open, System.IO.FileAccess.Write);
                pipe.Write(Encoding.UTF8.GetBytes({{Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(message + "\n", quote: true)}}));
            }
            catch (Exception) { }
        """;

    private static void Each(List<JsonObject> cells, string prefix, Action<JsonObject> change)
    {
        foreach (var cell in cells.Where(cell => ((string)cell["id"]!).StartsWith(prefix, StringComparison.Ordinal)))
            change(cell);
    }
}
