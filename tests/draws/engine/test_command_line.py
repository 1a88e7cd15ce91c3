"""The command line in a bare Python: an answer or one clear line, never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


def engine(*arguments):
    """Run from the root of the repository, without site packages and without the environment."""
    command = [sys.executable, "-S", "-E", "-m", "draws.engine", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env={}, capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_run_prints_seed_hash_and_result():
    code, out, err = engine("run", HERE / "vectors" / "mixed.json")
    vector = json.loads((HERE / "vectors" / "mixed.json").read_text(encoding="utf-8"))
    assert (code, json.loads(out), err) == (0, vector["output"], "")


def test_run_reads_a_bare_input_too(vector, tmp_path):
    (tmp_path / "input.json").write_text(json.dumps(vector("tiny")["input"]), encoding="utf-8")
    code, out, _ = engine("run", tmp_path / "input.json")
    assert (code, json.loads(out)) == (0, vector("tiny")["output"])


def test_verify_says_yes_in_one_line():
    code, out, err = engine("verify", HERE / "vectors" / "mixed_amended.json")
    assert (code, err) == (0, "")
    assert out == "核验通过：抽查 MLYJ-2026-1083 与重算结果完全一致，现有 15 家，变更 8 次。\n"


def test_verify_says_where_it_differs_in_one_line(vector, tmp_path):
    record = vector("mixed_amended")["record"]
    record["result"]["drawn"][3]["inspectors"][0] = "冒名"
    (tmp_path / "record.json").write_text(json.dumps(record), encoding="utf-8")
    code, out, err = engine("verify", tmp_path / "record.json")
    assert (code, out) == (1, "")
    assert err.startswith("核验不通过（抽取结果）：result.drawn[3].inspectors[0]：")
    assert err.count("\n") == 1


def test_run_names_the_place_of_what_it_refuses(vector, tmp_path):
    given = vector("tiny")["input"]
    given["sealed"]["strata"][0]["take"] = True
    (tmp_path / "input.json").write_text(json.dumps(given), encoding="utf-8")
    code, out, err = engine("run", tmp_path / "input.json")
    assert (code, out) == (1, "")
    assert err == "不能接受：sealed.strata[0].take：应为整数，实为true\n"


@pytest.mark.parametrize("arguments", [(), ("run",), ("draw", "x"), ("run", "a", "b")])
def test_it_says_how_it_is_used(arguments):
    code, _, err = engine(*arguments)
    assert code == 2
    assert err.startswith("用法：")


def test_a_missing_file_and_a_folder_are_clear_lines(tmp_path):
    for path in (tmp_path / "none.json", tmp_path):
        code, out, err = engine("verify", path)
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert "文件读不出来" in err


def test_a_closed_draw_is_checked_as_far_as_it_is_public(vector, tmp_path):
    record = vector("mixed_amended")["record"]
    sealed = {**record["sealed"], "mode": "covert"}
    (tmp_path / "sealed.json").write_text(json.dumps(sealed), encoding="utf-8")
    code, out, err = engine("verify", tmp_path / "sealed.json")
    assert (code, err) == (0, "")
    assert "封存记录合乎规则" in out
    assert "现在不能核对的：种子、签号、人员、事项和变更" in out
    sealed["enterprises"].reverse()
    (tmp_path / "sealed.json").write_text(json.dumps(sealed), encoding="utf-8")
    code, out, err = engine("verify", tmp_path / "sealed.json")
    assert (code, out) == (1, "")
    assert "sealed.enterprises" in err or "enterprises[" in err


def test_an_envelope_that_was_exchanged_is_named(tmp_path):
    file = {"draw": "MLYJ-2026-0001", "sealed_hash": "0" * 64, "envelopes": ["1" * 64], "openings": []}
    (tmp_path / "envelopes.json").write_text(json.dumps(file), encoding="utf-8")
    code, out, _ = engine("verify", tmp_path / "envelopes.json")
    assert (code, "信封 1 个，已拆封 0 个，全部相符" in out) == (0, True)
    opened = {"enterprise": "甲", "stratum": "s", "ticket": "2" * 64, "salt": "3" * 64}
    file["openings"] = [{**opened, "experts": [], "inspectors": [], "items": []}]
    (tmp_path / "envelopes.json").write_text(json.dumps(file), encoding="utf-8")
    code, _, err = engine("verify", tmp_path / "envelopes.json")
    assert (code, "openings[0]：“甲”的拆封内容不在抽取当天公布的信封里" in err) == (1, True)
