"""`python -m tests.support.dependency_audit`: known weaknesses of what we depend on.

pip-audit calls a package it could not ask about "skipped" and ends well; a check
that asked nobody must not look like a check that passed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

COMMAND = ["--require-hashes", "--disable-pip", "--timeout", "20", "--progress-spinner", "off", "--format", "json"]


def verdict(report: dict[str, Any] | None) -> tuple[int, str]:
    """Exit code and sentence for a report; none at all when the database was out of reach."""
    packages = report["dependencies"] if report else []
    asked = [one for one in packages if "skip_reason" not in one]
    weak = [f"{one['name']} {one['version']}: {_names(one['vulns'])}" for one in asked if one["vulns"]]
    if weak:
        return 1, "有已知漏洞：\n" + "\n".join(weak)
    if not asked:
        return 0, "!!! pip-audit 没有运行：查不到漏洞库（离线？）。联网后请再执行 make check-dependencies !!!"
    if skipped := [one["name"] for one in packages if "skip_reason" in one]:
        return 1, f"查不到：{', '.join(skipped)}"
    return 0, f"{len(asked)} 个依赖没有已知漏洞"


def _names(vulnerabilities: list[dict[str, Any]]) -> str:
    return ", ".join(one["id"] for one in vulnerabilities)


def main() -> int:
    """Audit the lock file."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "report.json"
        program = Path(sys.executable).parent / "pip-audit"
        line = [str(program), *COMMAND, "--requirement", "requirements.txt", "--output", str(output)]
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        report = json.loads(output.read_text()) if output.exists() and output.stat().st_size else None
    code, sentence = verdict(report)
    print(sentence if report else f"{sentence}\n{done.stderr.strip()[-400:]}")
    return code


if __name__ == "__main__":
    sys.exit(main())
