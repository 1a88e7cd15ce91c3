"""`draw.pyz`: the engine as one file, the same bytes everywhere, for a bare Python from 3.9 on."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from draws.engine import canonical_json
from draws.selectors.verifying import engine_program
from tests.draws.verify.conftest import load, record_of

OLD = Path.home() / ".pyenv" / "versions" / "3.9.18" / "bin" / "python"
PYTHONS = [sys.executable, *([str(OLD)] if OLD.exists() else [])]


@pytest.fixture
def program(client, tmp_path):
    """The file as a visitor downloads it."""
    path = tmp_path / "draw.pyz"
    path.write_bytes(client.get("/verify/draw.pyz").content)
    return path


def run(python, *arguments):
    """A bare Python: no environment, no user's packages, no site."""
    command = [python, "-I", "-S", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, cwd=Path(arguments[0]).parent, timeout=120, check=False)


@pytest.mark.django_db
@pytest.mark.parametrize("python", PYTHONS)
def test_a_bare_python_verifies_a_record_with_it(python, program, tmp_path):
    record = record_of("mixed_amended")
    (tmp_path / "record.json").write_bytes(canonical_json(record))
    done = run(python, program, "verify", tmp_path / "record.json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "核验通过" in done.stdout.decode()
    record["result"]["drawn"][0]["inspectors"].reverse()
    (tmp_path / "record.json").write_bytes(canonical_json(record))
    done = run(python, program, "verify", tmp_path / "record.json")
    assert done.returncode == 1
    assert "result.drawn[0].inspectors[0]" in done.stderr.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("python", PYTHONS)
def test_a_bare_python_computes_a_draw_with_it(python, program, tmp_path):
    (tmp_path / "input.json").write_bytes(canonical_json(load("tiny")["input"]))
    done = run(python, program, "run", tmp_path / "input.json")
    assert done.returncode == 0
    assert load("tiny")["output"]["seed"] in done.stdout.decode()


def test_it_is_the_same_every_time_and_for_everybody():
    first = engine_program()
    engine_program.cache_clear()
    assert engine_program() == first
    assert first.sha256 == hashlib.sha256(first.content).hexdigest()


@pytest.mark.django_db
def test_its_fingerprint_stands_on_the_page_and_is_its_etag(client):
    answer = client.get("/verify/draw.pyz")
    sha256 = hashlib.sha256(answer.content).hexdigest()
    assert answer["ETag"] == f'"{sha256}"'
    assert client.get("/verify/draw.pyz", HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304
    assert sha256 in client.get("/verify/").content.decode().replace("</span><span>", "")
