"""What the protocol's suite does not ask, of a real kernel process: interrupts by message and by signal, a flood of output, questions.

No time is asserted, since machines differ; what was measured is printed. The kernel's name comes from COURSEKIT_KERNEL.
"""
import os
import signal
import time
import unittest

from jupyter_client.manager import start_new_kernel

KERNEL = os.environ.get("COURSEKIT_KERNEL", ".net-csharp")
PATIENCE = 60


def resident_megabytes(pid):
    with open(f"/proc/{pid}/status", encoding="utf-8") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


class RealKernel(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        started = time.monotonic()
        cls.manager, cls.client = start_new_kernel(kernel_name=KERNEL)
        cls.client.execute("1 + 1")
        assert cls.client.get_shell_msg(timeout=PATIENCE)["content"]["status"] == "ok"
        print(
            f"from start to first result {time.monotonic() - started:.2f} s, then "
            f"{resident_megabytes(cls.manager.provisioner.pid):.0f} MB",
            flush=True,
        )

    @classmethod
    def tearDownClass(cls):
        cls.client.stop_channels()
        cls.manager.shutdown_kernel()

    def run_cell(self, code):
        """Runs a cell: the reply's content and all that was published for it."""
        return self.finish(self.client.execute(code))

    def finish(self, request):
        published = []
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if not self.answers(message, request):
                continue
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                break
            published.append(message)
        while True:
            reply = self.client.get_shell_msg(timeout=PATIENCE)
            if self.answers(reply, request):
                return reply["content"], published

    @staticmethod
    def answers(message, request):
        """The manager, which interrupts, and the client share a session and count by themselves, so one id may be two requests."""
        parent = message["parent_header"]
        return parent.get("msg_id") == request and parent["msg_type"] == "execute_request"

    def value(self, code):
        reply, published = self.run_cell(code)
        self.assertEqual(reply["status"], "ok", reply)
        results = [m["content"]["data"]["text/plain"] for m in published if m["msg_type"] == "execute_result"]
        self.assertEqual(len(results), 1, published)
        return results[0]

    def wait_until_runs(self, request):
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["msg_type"] == "execute_input" and self.answers(message, request):
                return

    def interrupt(self, by_signal):
        if by_signal:
            os.kill(self.manager.provisioner.pid, signal.SIGINT)
        else:
            self.manager.interrupt_kernel()

    def interrupted(self, code, by_signal, after):
        """Runs a cell that never ends, interrupts it, and returns how long the answer took."""
        request = self.client.execute(code)
        self.wait_until_runs(request)
        time.sleep(after)
        asked = time.monotonic()
        self.interrupt(by_signal)
        reply, _ = self.finish(request)
        self.assertEqual((reply["status"], reply["ename"]), ("error", "KeyboardInterrupt"), code)
        return time.monotonic() - asked

    def test_an_endless_loop_is_interrupted_and_variables_stay(self):
        for by_signal in (False, True):
            self.run_cell("var kept = 41;")
            seconds = self.interrupted("kept++; while (true) { }", by_signal, after=2)
            self.assertEqual(self.value("kept"), "42")
            print(f"while (true), by {'signal' if by_signal else 'message'}: answered after {seconds:.2f} s", flush=True)

    def test_whatever_waits_or_works_can_be_interrupted(self):
        for code in (
            "System.Threading.Thread.Sleep(-1);",
            "await Task.Delay(-1);",
            "Enumerable.Repeat(1, int.MaxValue).Sum(x => { for (; ; ) { } return x; });",
            "Enumerable.Range(0, int.MaxValue).Aggregate(0.0, (sum, x) => Math.Sin(sum + x));",
            "for (; ; ) Console.WriteLine(1);",
            "int F(int n) { while (true) n++; } F(0);",
        ):
            for by_signal in (False, True):
                with self.subTest(code=code, by_signal=by_signal):
                    self.interrupted(code, by_signal, after=0.3)
        self.assertEqual(self.value("1 + 2"), "3")

    def test_two_hundred_interrupts_lose_nothing(self):
        self.run_cell("var count = 0;")
        for i in range(200):
            self.interrupted("count++; while (true) { }", by_signal=i % 2 == 1, after=0.02)
        self.assertEqual(self.value("count"), "200")

    def test_an_interrupt_while_nothing_runs_changes_nothing(self):
        for by_signal in (False, True) * 10:
            self.interrupt(by_signal)
        self.assertEqual(self.value("3 + 4"), "7")

    def test_a_million_lines_come_whole_and_in_order(self):
        started = time.monotonic()
        reply, published = self.run_cell("for (var i = 0; i < 1_000_000; i++) Console.WriteLine(i);")
        self.assertEqual(reply["status"], "ok")
        text = "".join(m["content"]["text"] for m in published if m["msg_type"] == "stream")
        self.assertEqual(text.split(), [str(i) for i in range(1_000_000)])
        print(f"a million lines: {time.monotonic() - started:.1f} s", flush=True)

    def test_completion_and_help_know_the_session(self):
        self.run_cell("/// <summary>Twice as much.</summary>\nint Doubled(int n) => 2 * n;")
        for turn in ("first", "second"):
            started = time.monotonic()
            request = self.client.complete("var y = Doub")
            reply = self.client.get_shell_msg(timeout=PATIENCE)
            self.assertEqual(reply["parent_header"]["msg_id"], request)
            self.assertIn("Doubled", reply["content"]["matches"])
            print(f"{turn} completion: {1000 * (time.monotonic() - started):.0f} ms", flush=True)
        self.client.inspect("Doubled(", 8)
        help_text = self.client.get_shell_msg(timeout=PATIENCE)["content"]["data"]["text/plain"]
        self.assertIn("Twice as much.", help_text)

    def test_a_librarys_live_display_changes_in_its_place(self):
        kit = os.path.abspath("artifacts/kit/CourseKit.Interactive.dll")
        self.run_cell(f'#r "{kit}"\nusing CourseKit.Interactive;')
        reply, published = self.run_cell('var live = Live.Show("epoch 0"); for (var i = 1; i <= 5; i++) live.Update($"epoch {i}");')
        self.assertEqual(reply["status"], "ok", reply)
        shown = [m for m in published if m["msg_type"] in ("display_data", "update_display_data")]
        self.assertEqual([m["content"]["data"]["text/plain"] for m in shown], [f"epoch {i}" for i in range(6)])
        self.assertEqual([m["msg_type"] for m in shown], ["display_data"] + 5 * ["update_display_data"])
        self.assertEqual(len({m["content"]["transient"]["display_id"] for m in shown}), 1)

    def test_the_person_is_asked(self):
        request = self.client.execute('Console.Write(input("name? ").Length + Console.ReadLine().Length);', allow_stdin=True)
        for prompt, answer in (("name? ", "Ada"), ("", "Lovelace")):
            question = self.client.get_stdin_msg(timeout=PATIENCE)
            self.assertEqual(question["content"]["prompt"], prompt)
            self.client.input(answer)
        reply, published = self.finish(request)
        self.assertEqual(reply["status"], "ok", reply)
        self.assertEqual("".join(m["content"]["text"] for m in published if m["msg_type"] == "stream"), "11")

    def test_a_restart_forgets_the_variables(self):
        self.run_cell("var forgotten = 1;")
        self.manager.restart_kernel(now=False)
        self.client.wait_for_ready(timeout=PATIENCE)
        reply, _ = self.run_cell("forgotten")
        self.assertEqual(reply["ename"], "CompileError")


if __name__ == "__main__":
    unittest.main(verbosity=2)
