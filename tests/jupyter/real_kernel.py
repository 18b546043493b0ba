"""What the protocol's suite does not ask, of a real kernel process: interrupts by message and by signal, a flood of output, questions,
hostile messages, many kernels at once.

No time is asserted, since machines differ; what was measured is printed. The kernel's name comes from COURSEKIT_KERNEL.
"""
import json
import os
import random
import signal
import socket
import struct
import tempfile
import time
import unittest

import zmq
from jupyter_client.manager import KernelManager, start_new_kernel
from jupyter_client.session import Session

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
            "Enumerable.Repeat(1, int.MaxValue).Concat(Enumerable.Repeat(2, int.MaxValue)).LongCount()",
            "var random = new Random(1); Enumerable.Range(0, 20_000_000).OrderBy(_ => random.Next()).ToArray()",
        ):
            for by_signal in (False, True):
                with self.subTest(code=code, by_signal=by_signal):
                    self.interrupted(code, by_signal, after=0.3)
        self.assertEqual(self.value("1 + 2"), "3")

    def test_a_training_is_interrupted_between_two_updates_and_the_cell_does_not_go_on(self):
        kit = os.path.abspath("artifacts/kit")
        self.run_cell("\n".join(f'#r "{kit}/{name}.dll"' for name in ("CourseKit", "MathNet.Numerics")) + """
            using CourseKit;
            var net = new Network(2, new Dense(2, 50), new Sigmoid(), new Dense(50, 2));
            var trainer = new Trainer(net, new SoftmaxCrossEntropy(), new Adam(0.001)) { Epochs = 1_000_000 };
            var wentOn = false;""")
        seconds = self.interrupted("trainer.Train(new Examples(new Tensor([1000, 2]), new int[1000])); wentOn = true;", by_signal=False, after=1)
        updates = self.value("trainer.Optimiser.Updates")
        self.assertGreater(int(updates), 0)
        time.sleep(1)
        self.assertEqual(self.value('$"{trainer.Optimiser.Updates} {wentOn}"'), f"{updates} False")
        print(f"a training: answered after {seconds:.2f} s and {updates} updates", flush=True)

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

    def test_an_interrupt_ends_a_loop_in_a_thread_of_the_cell_and_not_the_kernel(self):
        for by_signal in (False, True):
            self.interrupted(
                "new System.Threading.Thread(() => { while (true) { } }).Start(); _ = Task.Run(() => { while (true) { } }); while (true) { }", by_signal, after=0.3
            )
        self.assertEqual(self.value("2 + 3"), "5")

    def test_an_exception_in_a_thread_of_the_cell_is_told_and_the_kernel_lives(self):
        reply, published = self.run_cell(
            'var stray = new System.Threading.Thread(() => throw new InvalidOperationException("stray")); stray.Start(); stray.Join(); System.Threading.Thread.Sleep(300);'
        )
        self.assertEqual(reply["status"], "ok", reply)
        told = "".join(m["content"]["text"] for m in published if m["msg_type"] == "stream" and m["content"]["name"] == "stderr")
        self.assertIn("System.InvalidOperationException: stray", told)
        self.assertEqual(self.value("3 + 3"), "6")

    def test_what_a_thread_writes_behind_its_cell_still_comes(self):
        self.run_cell('_ = Task.Run(() => { System.Threading.Thread.Sleep(300); Console.WriteLine("late"); });')
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["msg_type"] == "stream":
                self.assertEqual(message["content"]["text"], "late\n")
                return

    def test_a_question_mark_opens_a_page(self):
        for code in ("Math.Sqrt?", "?Math.Sqrt"):
            reply, _ = self.run_cell(code)
            self.assertIn("square root", reply["payload"][0]["data"]["text/plain"])
        reply, published = self.run_cell("Nonsense.Nowhere?")
        self.assertEqual((reply["status"], reply["payload"]), ("ok", []))
        self.assertIn("Nonsense.Nowhere", published[-1]["content"]["text"])

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

    def test_a_shutdown_while_a_cell_runs_ends_the_process_in_order(self):
        for code in ("while (true) { }", "while (true) Console.WriteLine(1);", "System.Threading.Thread.Sleep(-1);", "Console.ReadLine();", "await Task.Delay(-1);",
                     "new System.Threading.Thread(() => { while (true) Console.WriteLine(1); }).Start(); while (true) display(1);"):
            for _ in range(3):
                with self.subTest(code=code), tempfile.TemporaryFile() as said:
                    manager, client = start_new_kernel(kernel_name=KERNEL, stderr=said)
                    try:
                        request = client.execute(code)
                        while (message := client.get_iopub_msg(timeout=PATIENCE))["msg_type"] != "execute_input" or not self.answers(message, request):
                            pass
                        time.sleep(1)
                        client.shutdown()
                        self.assertEqual(manager.provisioner.process.wait(PATIENCE), 0)
                        said.seek(0)
                        self.assertEqual(said.read(), b"")
                    finally:
                        client.stop_channels()
                        manager.shutdown_kernel(now=True)

    def test_a_restart_forgets_the_variables(self):
        self.run_cell("var forgotten = 1;")
        self.manager.restart_kernel(now=False)
        self.client.wait_for_ready(timeout=PATIENCE)
        reply, _ = self.run_cell("forgotten")
        self.assertEqual(reply["ename"], "CompileError")


class HostileMessages(unittest.TestCase):
    """Ten thousand messages that are malformed, unsigned, truncated, or signed and absurd, to all five sockets of one kernel."""

    def setUp(self):
        self.manager, self.client = start_new_kernel(kernel_name=KERNEL)
        self.addCleanup(self.manager.shutdown_kernel, now=True)
        self.addCleanup(self.client.stop_channels)
        self.connection = self.manager.get_connection_info()
        self.random = random.Random(5)
        self.context = zmq.Context()
        self.addCleanup(self.context.destroy, linger=0)
        right = Session(key=self.connection["key"])
        wrong = Session(key=b"not the key")
        self.signed = lambda kind, content: right.serialize(right.msg(kind, content))
        self.unsigned = lambda kind, content: wrong.serialize(wrong.msg(kind, content))
        self.sign = right.sign

    def noise(self, most=80):
        return self.random.randbytes(self.random.randrange(most))

    def message(self):
        """Frames that no front end would send."""
        pick = self.random.randrange(9)
        if pick == 0:
            return [self.noise() for _ in range(1 + self.random.randrange(9))]
        if pick == 1:
            return self.unsigned("execute_request", {"code": "System.Environment.Exit(1);"})
        if pick == 2:
            return self.unsigned("shutdown_request", {"restart": False})
        frames = self.signed("execute_request", {"code": "1"})
        if pick == 3:
            return frames[: 1 + self.random.randrange(len(frames) - 1)]
        if pick == 4:
            frames[self.random.randrange(len(frames))] = self.noise()
            return frames
        if pick == 5:  # signed, and no JSON or too deep
            parts = [b"{}", b"{}", b"{}", b"{}"]
            parts[self.random.randrange(4)] = self.random.choice([b"", b"[]", b"null", b'"x"', b"{", b"\xff\xfe", b"[" * 5000, b'{"a":' * 500 + b"1" + b"}" * 500])
            return [b"<IDS|MSG>", self.sign(parts), *parts]
        if pick == 6:  # signed, and a header of the wrong form
            header = self.random.choice([
                b"{}", b'{"msg_type": 5}', b'{"msg_type": null}', b'{"msg_type": ""}', b'{"msg_type": "unknown_request"}', b'{"msg_type": {"x": []}}',
                b'{"msg_type": "kernel_info_request"}', b'{"msg_type": "kernel_info_request", "msg_id": "\\ud83d"}',
                b'{"msg_type": "kernel_info_request", "x": {"y": 1, "y": 2}}', b'{"msg_type": "kernel_info_request", "msg_type": "execute_request"}',
            ])
            parts = [header, b"{}", b"{}", b"{}"]
            return [b"<IDS|MSG>", self.sign(parts), *parts]
        kind = self.random.choice(["execute_request", "complete_request", "inspect_request", "is_complete_request", "history_request", "comm_open", "comm_msg", "interrupt_request"])
        absurd = self.random.choice([None, 5, -1, 10**30, [], {}, {"x": None}, True, "\u0000", "\ud83d"])
        content = {
            key: absurd
            for key in ("code", "cursor_pos", "silent", "store_history", "allow_stdin", "user_expressions", "hist_access_type", "n", "pattern", "comm_id", "data")
            if self.random.random() < 0.5
        }
        parts = [*self.signed(kind, {})[2:5], json.dumps(content).encode()]
        return [b"<IDS|MSG>", self.sign(parts), *parts]

    def connect(self, kind, port):
        connected = self.context.socket(kind)
        connected.setsockopt(zmq.LINGER, 0)
        connected.setsockopt(zmq.SNDHWM, 0)
        connected.setsockopt(zmq.RCVHWM, 10)
        connected.connect(f"tcp://127.0.0.1:{self.connection[port]}")
        return connected

    def tcp_noise(self, port):
        """What does not even speak ZeroMQ, or begins to and stops."""
        with socket.create_connection(("127.0.0.1", self.connection[port]), timeout=10) as raw:
            greeting = b"\xff\0\0\0\0\0\0\0\x01\x7f\x03\0NULL" + bytes(48)
            raw.sendall(self.random.choice([
                self.noise(300), b"GET / HTTP/1.1\r\n\r\n", greeting[: self.random.randrange(64)], greeting + self.noise(100),
                greeting + b"\x04\x26\x05READY\x0bSocket-Type\0\0\0\x06DEALER\x08Identity\0\0\0\0" + b"\x02" + struct.pack(">Q", 1 << 60) + self.noise(),
            ]))

    def test_the_kernel_goes_on_answering(self):
        ports = ("shell_port", "control_port", "stdin_port", "iopub_port", "hb_port")
        started = time.monotonic()
        for batch in range(20):
            sockets = [self.connect(zmq.XSUB if port == "iopub_port" else zmq.DEALER, port) for port in ports]
            for _ in range(490):
                chosen = self.random.randrange(5)
                frames = self.message() if chosen < 3 else [self.noise() for _ in range(1 + self.random.randrange(4))]
                sockets[chosen].send_multipart(frames)
            for _ in range(10):
                self.tcp_noise(self.random.choice(ports))
            time.sleep(0.05)  # so that what is queued leaves before the socket closes
            for connected in sockets:
                connected.close()
            self.assertTrue(self.manager.is_alive(), f"the kernel is gone after {500 * (batch + 1)} messages")
        request = self.client.execute("6 * 7")
        while True:
            reply = self.client.get_shell_msg(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == request:
                break
        self.assertEqual(reply["content"]["status"], "ok")
        heart = self.connect(zmq.REQ, "hb_port")
        heart.send(b"beat")
        self.assertTrue(heart.poll(1000 * PATIENCE))
        self.assertEqual(heart.recv(), b"beat")
        heart.close()
        self.assertTrue(self.manager.is_alive())
        print(f"10,000 hostile messages: {time.monotonic() - started:.1f} s, then {resident_megabytes(self.manager.provisioner.pid):.0f} MB", flush=True)


class ManyKernels(unittest.TestCase):
    def test_ten_at_once_do_not_clash(self):
        started = time.monotonic()
        managers = [KernelManager(kernel_name=KERNEL) for _ in range(10)]
        clients = []
        for manager in managers:
            manager.start_kernel()
            self.addCleanup(manager.shutdown_kernel, now=True)
        for manager in managers:
            client = manager.client()
            client.start_channels()
            self.addCleanup(client.stop_channels)
            client.wait_for_ready(timeout=PATIENCE)
            clients.append(client)
        for i, client in enumerate(clients):
            client.execute(f"var mine = {i};")
        for i, client in enumerate(clients):
            client.execute("", user_expressions={"mine": "mine * mine"}, silent=True)
            answers = [client.get_shell_msg(timeout=PATIENCE)["content"] for _ in range(2)]
            self.assertEqual(answers[1]["user_expressions"]["mine"]["data"]["text/plain"], str(i * i))
        ports = [manager.get_connection_info()[port] for manager in managers for port in ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")]
        self.assertEqual(len(set(ports)), 50)
        held = [resident_megabytes(manager.provisioner.pid) for manager in managers]
        print(f"ten kernels: all ready and answering after {time.monotonic() - started:.1f} s, {sum(held):.0f} MB together", flush=True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
