"""Chapter 2 in the classic Jupyter Notebook, as a person opens it: all cells run in a headless Chromium, and the charts are on the page.

The classic Notebook is the hardest page for charts: it has RequireJS, which takes scripts for modules. Chromium has no network beyond
this machine. The chapter is a copy, since the Notebook saves what it runs. Screenshots go to artifacts/screenshots.
"""
import base64
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHAPTER = "02-background.ipynb"
SCREENSHOTS = ROOT / "artifacts" / "screenshots"
PATIENCE = 180
TOKEN = "coursekit"

DRAWN = """
return [...document.querySelectorAll('.js-plotly-plot')].filter(p => {
  const s = p.querySelector('.main-svg'), box = s && s.getBoundingClientRect();
  return box && box.width > 50 && box.height > 50 && (p.querySelector('.main-svg *') || p.querySelector('canvas'));
}).length"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what, question, patience=PATIENCE, pause=0.2):
    until = time.monotonic() + patience
    while time.monotonic() < until:
        answer = question()
        if answer:
            return answer
        time.sleep(pause)
    raise AssertionError(f"{what} did not happen within {patience} s")


class Browser:
    """As much of the WebDriver protocol as this needs, spoken to chromedriver."""

    def __init__(self, folder):
        self.port = free_port()
        self.driver = subprocess.Popen(["chromedriver", f"--port={self.port}", "--silent"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for("the start of chromedriver", self.is_ready, 30)
        options = {
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run",
                "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                f"--user-data-dir={folder}", "--window-size=1300,1500",
            ]
        }
        capabilities = {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}}
        self.session = self.ask("POST", "", {"capabilities": capabilities})["sessionId"]

    def is_ready(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/status", timeout=5) as answer:
                return json.load(answer)["value"]["ready"]
        except OSError:
            return False

    def ask(self, method, what, content=None):
        path = f"http://127.0.0.1:{self.port}/session" + (f"/{self.session}{what}" if hasattr(self, "session") else "")
        request = urllib.request.Request(path, method=method, headers={"Content-Type": "application/json"}, data=None if content is None else json.dumps(content).encode())
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"chromedriver: {error.read().decode()[:500]}") from error

    def open(self, url):
        self.ask("POST", "/url", {"url": url})

    def run(self, script):
        return self.ask("POST", "/execute/sync", {"script": script, "args": []})

    def screenshot(self, name):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        (SCREENSHOTS / name).write_bytes(base64.b64decode(self.ask("GET", "/screenshot")))

    def errors(self):
        """What the page's console has to complain about."""
        return [entry["message"] for entry in self.ask("POST", "/se/log", {"type": "browser"}) if entry["level"] == "SEVERE"]

    def close(self):
        try:
            self.ask("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()


class NotebookPage(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="coursekit-page-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        chapters = self.folder / "course" / "notebooks" / "en"
        chapters.mkdir(parents=True)
        shutil.copy(ROOT / "notebooks" / "en" / CHAPTER, chapters)
        for shared in ("artifacts", "data"):
            (self.folder / "course" / shared).symlink_to(ROOT / shared)
        self.server = self.start_server()
        self.browser = Browser(self.folder / "chromium")
        self.addCleanup(self.browser.close)

    def start_server(self):
        port = free_port()
        environment = dict(os.environ, JUPYTER_RUNTIME_DIR=str(self.folder / "runtime"), JUPYTER_CONFIG_DIR=str(self.folder / "config"))
        with open(self.folder / "server.log", "wb") as log:
            server = subprocess.Popen(
                ["/usr/bin/jupyter", "notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", "--NotebookApp.port_retries=0",
                 f"--NotebookApp.token={TOKEN}", f"--notebook-dir={self.folder / 'course'}"],
                stdout=log, stderr=subprocess.STDOUT, env=environment,
            )
        self.addCleanup(server.wait)
        self.addCleanup(server.terminate)

        def answers():
            self.assertIsNone(server.poll(), "Jupyter ended:\n" + (self.folder / "server.log").read_text(encoding="utf-8"))
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/api?token={TOKEN}", timeout=5):
                    return True
            except OSError:
                return False

        wait_for("the start of Jupyter", answers, 60)
        return f"http://127.0.0.1:{port}"

    def test_all_charts_of_chapter_2_are_drawn(self):
        page = self.browser
        page.open(f"{self.server}/notebooks/notebooks/en/{CHAPTER}?token={TOKEN}")
        wait_for("the kernel's connection", lambda: page.run(
            "return !!(window.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected() && Jupyter.notebook.kernel.info_reply.status)"))
        self.assertTrue(page.run("return typeof define === 'function' && !!define.amd"), "the page has no RequireJS, so the test is not the one it was meant to be")
        started = time.monotonic()
        page.run("Jupyter.notebook.execute_all_cells()")
        wait_for("the end of all cells", lambda: not page.run(
            "return Jupyter.notebook.get_cells().some(c => c.cell_type === 'code' && c.get_text().trim() && !(c.input_prompt_number > 0))"))
        ran = time.monotonic() - started
        problems = page.run("return [...document.querySelectorAll('.output_error, .output_stderr')].map(e => e.textContent.slice(0, 300))")
        self.assertEqual(problems, [])

        figures = page.run("return document.querySelectorAll('.coursekit-figure').length")
        self.assertGreater(figures, 10)
        try:
            wait_for("the drawing of all charts", lambda: page.run(DRAWN) == figures, 60)
        except AssertionError:
            page.screenshot("classic-notebook-failed.png")
            self.assertEqual(page.run(DRAWN), figures, page.errors())
        traces = page.run("return [...document.querySelectorAll('.js-plotly-plot')].reduce((n, p) => n + p.data.length, 0)")
        self.assertGreaterEqual(traces, figures)

        page.run("document.querySelectorAll('.js-plotly-plot')[0].scrollIntoView({block: 'center'})")
        page.screenshot("classic-notebook-first-chart.png")
        page.run("const all = document.querySelectorAll('.js-plotly-plot'); all[all.length - 1].scrollIntoView({block: 'center'})")
        page.screenshot("classic-notebook-last-chart.png")
        print(f"{CHAPTER} in the classic Notebook: all cells after {ran:.0f} s, {figures} charts with {traces} traces drawn; pictures in {SCREENSHOTS}", flush=True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
