"""Measures a real kernel through Jupyter's protocol and prints a line "result NAME NUMBER" for each figure. Nothing is asserted.

    JUPYTER_PATH=... COURSEKIT_KERNEL=.net-csharp /usr/bin/python3 tests/jupyter/measure.py [first] [completion] [cells]

On a machine that does nothing else; "first" takes 10 s, "completion" 25 s, "cells" 20 s.
"""
import os
import statistics
import sys
import time

from jupyter_client.manager import KernelManager

KERNEL = os.environ.get("COURSEKIT_KERNEL", ".net-csharp")
PATIENCE = 60
STARTS = 5
CELLS = 1000


def result(name, value):
    print(f"result kernel.jupyter.{name} {value:.4g}", flush=True)


class Kernel:
    """A kernel's process and a front end of it; the clock starts with the process."""

    def __init__(self):
        self.manager = KernelManager(kernel_name=KERNEL)
        self.started = time.monotonic()
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels(hb=False)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def answer(self, request):
        while True:
            reply = self.client.get_shell_msg(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == request:
                return reply["content"]

    def value(self, code):
        """The variable v behind a cell."""
        content = self.answer(self.client.execute(code, user_expressions={"v": "v"}))
        assert content["status"] == "ok", content
        return content["user_expressions"]["v"]["data"]["text/plain"]

    def run(self, code):
        """Milliseconds from asking to the reply."""
        begun = time.monotonic()
        content = self.answer(self.client.execute(code))
        assert content["status"] == "ok", content
        return 1000 * (time.monotonic() - begun)

    def complete(self, code, expected):
        begun = time.monotonic()
        content = self.answer(self.client.complete(code))
        assert expected in content["matches"], content
        return 1000 * (time.monotonic() - begun)

    def megabytes(self):
        with open(f"/proc/{self.manager.provisioner.pid}/status", encoding="utf-8") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def measure_first():
    seconds, held = [], []
    for start in range(STARTS + 1):
        with Kernel() as kernel:
            kernel.client.kernel_info()
            kernel.run("1 + 1")
            if start > 0:  # the first start of all reads the files into the system's cache
                seconds.append(time.monotonic() - kernel.started)
                held.append(kernel.megabytes())
    result("first-result-seconds", statistics.median(seconds))
    result("first-result-worst-seconds", max(seconds))
    result("first-result-mb", statistics.median(held))


def measure_completion():
    at_once, behind, later, warm = [], [], [], []
    for _ in range(STARTS):
        with Kernel() as kernel:
            kernel.answer(kernel.client.kernel_info())
            at_once.append(kernel.complete("Math.Sqr", "Sqrt"))
        with Kernel() as kernel:
            kernel.client.kernel_info()
            kernel.run("1 + 1")
            behind.append(kernel.complete("Math.Sqr", "Sqrt"))
        with Kernel() as kernel:
            kernel.answer(kernel.client.kernel_info())
            time.sleep(2)
            later.append(kernel.complete("Math.Sqr", "Sqrt"))
            kernel.run("var numbers = new[] { 1, 2, 3 };")
            for i in range(10):
                warm.append(kernel.complete(f"var y{i} = numbers.Aggr", "Aggregate"))
                warm.append(kernel.complete("Console.WriteL", "WriteLine"))
    result("first-completion-before-any-cell-ms", statistics.median(at_once))
    result("first-completion-before-any-cell-worst-ms", max(at_once))
    result("first-completion-behind-the-first-result-ms", statistics.median(behind))
    result("first-completion-behind-the-first-result-worst-ms", max(behind))
    result("first-completion-after-two-seconds-ms", statistics.median(later))
    result("warm-completion-ms", statistics.median(warm))
    result("warm-completion-worst-ms", max(warm))


def measure_cells():
    heap = "GC.Collect(2, GCCollectionMode.Forced, true, true); var v = GC.GetTotalMemory(true) / 1024;"
    with Kernel() as kernel:
        kernel.client.allow_stdin = False  # no person: no warm-up among the cells
        kernel.client.kernel_info()
        for i in range(50):
            kernel.run(f"var w{i} = {i}; w{i} * 2")
        heap_before, held_before = int(kernel.value(heap)), kernel.megabytes()
        times = [kernel.run(f"var x{i} = {i}; x{i} * 2") for i in range(CELLS)]
        heap_after, held_after = int(kernel.value(heap)), kernel.megabytes()
    times.sort()
    result("small-cell-ms", statistics.median(times))
    result("small-cell-99-percent-ms", times[CELLS * 99 // 100])
    result("small-cell-worst-ms", times[-1])
    result("small-cells-over-15-ms", sum(t > 15 for t in times))
    result("heap-kb-a-cell", (heap_after - heap_before) / CELLS)
    result("memory-kb-a-cell", (held_after - held_before) * 1024 / CELLS)


for name, measure in {"first": measure_first, "completion": measure_completion, "cells": measure_cells}.items():
    if len(sys.argv) == 1 or name in sys.argv[1:]:
        measure()
