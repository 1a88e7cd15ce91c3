"""What the browser's side is tested with: the modules on a plain server, in Chromium, and records to give them."""

from __future__ import annotations

import base64
import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from draws.engine import canonical_json, public_record, run_draw, seal_envelopes

ROOT = Path(__file__).parents[3]
VECTORS = ROOT / "tests" / "draws" / "engine" / "vectors"

VERIFY = """async ({files, expected}) => {
  const { verifyFiles } = await import("/static/js/draw/files.js");
  const given = files.map(({name, base64}) => ({name, bytes: Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))}));
  return [...verifyFiles(given, expected)].filter((one) => !one.progress);
}"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture(scope="module")
def static_site():
    """The address of a server that gives out the repository's files, and nothing more."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(ROOT)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def modules(chromium, static_site):
    """A page from which the modules can be imported: `modules.evaluate(script, argument)`."""
    page = chromium.new_page()
    page.goto(f"{static_site}/static/js/draw/files.js")
    yield page
    page.close()


def load(name):
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))


def record_of(name):
    """A vector as a public record: its own, or that of its input, with envelopes where the mode wants them."""
    vector = load(name)
    if "record" in vector:
        return vector["record"]
    given = vector["input"]
    drawing = run_draw(given)
    if given["sealed"]["mode"] == "announced":
        return public_record(given, drawing=drawing, amendments=[])
    salts = {one["enterprise"]: "ab" * 32 for one in drawing.result["drawn"]}
    envelopes, openings = seal_envelopes(given["sealed"]["draw"], drawing.result["drawn"], salts=salts)
    return {**public_record(given, drawing=drawing, openings=openings), "envelopes": envelopes}


NAMES = sorted(path.stem for path in VECTORS.glob("*.json"))


def as_bytes(value):
    return value if isinstance(value, bytes) else canonical_json(value)


@pytest.fixture(scope="session")
def base64_of():
    return lambda content: base64.b64encode(content).decode()


@pytest.fixture
def verify(modules, base64_of):
    """`verify(record, …)` → the steps, as the page gets them; `expected=` is the number asked for."""

    def steps(*values, expected=None):
        files = [
            {"name": f"{index}.json", "base64": base64_of(as_bytes(value))} for index, value in enumerate(values, 1)
        ]
        return modules.evaluate(VERIFY, {"files": files, "expected": expected})

    return steps
