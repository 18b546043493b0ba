"""Looks at notebooks that were executed: every cell ran, nothing went to stderr, and figures, of which every chapter has some, came with what
draws them."""
import json
import sys


def faults(path):
    with open(path, encoding="utf-8") as file:
        notebook = json.load(file)
    figures = 0
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code" or not "".join(cell["source"]).strip():
            continue
        if not cell["execution_count"]:
            yield f"{cell['id']} did not run"
        for output in cell["outputs"]:
            if output["output_type"] == "error" or output.get("name") == "stderr":
                yield f"{cell['id']}: {''.join(output.get('text', [])) or output.get('evalue')}"
            html = "".join(output.get("data", {}).get("text/html", ""))
            if 'class="coursekit-figure"' in html:
                figures += 1
                if figures == 1 and 'data-coursekit="plotly.js"' not in html:
                    yield f"{cell['id']}: the first figure brings no plotly.js"
    if figures == 0 and "homework" not in path:
        yield "there is no figure in it"


found = [f"{path}: {fault}" for path in sys.argv[1:] for fault in faults(path)]
print("\n".join(found), end="\n" if found else "")
sys.exit(1 if found else 0)
