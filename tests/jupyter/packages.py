"""The NuGet packages as a notebook uses them: packed into a folder, named with #r "nuget: ...", and a chart drawn.

By a nuget.config in the notebook's folder, and by #i. The kernel's name comes from COURSEKIT_KERNEL. Every run packs a version of its
own, since NuGet never looks twice at a version that it has, and takes it out of NuGet's cache again.
"""
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest
import xml.etree.ElementTree

import nbclient
import nbformat

KERNEL = os.environ.get("COURSEKIT_KERNEL", ".net-csharp")
ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGES = ("CourseKit", "CourseKit.Interactive")
PATIENCE = 180


def course_version():
    return xml.etree.ElementTree.parse(ROOT / "Directory.Build.props").findtext(".//Version")


class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="coursekit-packages-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.feed = cls.folder / "feed"
        cls.version = f"{course_version()}-test.{int(time.time())}"
        started = time.monotonic()
        for package in PACKAGES:
            packed = subprocess.run(
                ["dotnet", "pack", ROOT / "src" / package, "-o", cls.feed, f"-p:PackageVersion={cls.version}", "-v", "quiet", "--nologo"],
                capture_output=True, text=True, timeout=PATIENCE,
            )
            if packed.returncode != 0:
                raise AssertionError(packed.stdout + packed.stderr)
            cls.addClassCleanup(cls.forget, package)
        print(f"packed {', '.join(PACKAGES)} {cls.version} in {time.monotonic() - started:.0f} s", flush=True)

    @classmethod
    def forget(cls, package):
        cache = os.environ.get("NUGET_PACKAGES") or pathlib.Path.home() / ".nuget" / "packages"
        shutil.rmtree(pathlib.Path(cache) / package.lower() / cls.version, ignore_errors=True)

    def run_cells(self, *cells, config=None):
        """Runs a notebook in a folder of its own and gives all outputs of its last cells, as MIME bundles or texts."""
        folder = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        if config is not None:
            (folder / "nuget.config").write_text(config, encoding="utf-8")
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        client = nbclient.NotebookClient(notebook, kernel_name=KERNEL, timeout=PATIENCE, startup_timeout=PATIENCE, resources={"metadata": {"path": str(folder)}})
        client.execute()
        for cell in notebook.cells:
            for output in cell.outputs:
                self.assertNotEqual(output.get("name"), "stderr", output)
        return notebook.cells

    def assert_chart(self, cell):
        html = "".join(output["data"].get("text/html", "") for output in cell.outputs if "data" in output)
        self.assertIn('class="coursekit-figure"', html)
        self.assertIn('data-coursekit="plotly.js"', html)
        self.assertGreater(len(html), 3_000_000, "plotly.js is not in it")

    def test_a_nuget_config_beside_the_notebook_names_the_feed(self):
        config = f'<configuration><packageSources><add key="course" value="{self.feed}" /></packageSources></configuration>'
        load, tensor, chart = self.run_cells(
            f'#r "nuget: CourseKit.Interactive, {self.version}"\nusing CourseKit; using CourseKit.Interactive;',
            "new Tensor(2, 3)",
            "Plot.Line([1.0, 2, 3], [1.0, 4, 9])",
            config=config,
        )
        # The package's extension script has registered the formatters before anything of CourseKit.Interactive was used.
        self.assertIn("coursekit-numbers", tensor.outputs[0]["data"]["text/html"])
        self.assert_chart(chart)

    def test_a_cell_names_the_feed(self):
        chart, matrix = self.run_cells(
            f'#i "nuget:{self.feed}"\n#r "nuget: CourseKit.Interactive, {self.version}"\nusing CourseKit.Interactive;\nPlot.Line([1.0, 2], [3.0, 4])',
            "MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseIdentity(2)",
        )
        self.assert_chart(chart)
        self.assertIn("coursekit-numbers", matrix.outputs[0]["data"]["text/html"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
