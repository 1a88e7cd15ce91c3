"""The command line: `python -m draws.engine run FILE` and `python -m draws.engine verify FILE`.

`run` prints the seed, the sealed hash and the result of an input as JSON. `verify` prints
one line about a public record. Both end with 0 when all is well and with 1 when it is not,
and then one line on the error output says what is wrong, and where.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from .drawing import run_draw
from .errors import ProtocolError, phrase
from .reading import read_file
from .verification import verify_record

USAGE = "用法：python -m draws.engine run 文件 | python -m draws.engine verify 文件"
Answer = tuple[int, str]


def run(value: Any) -> Answer:
    """Draw. `value` is an input, or an object that has one under "input"."""
    drawing = run_draw(_under(value, "input"))
    return 0, json.dumps(drawing.as_output(), ensure_ascii=False, indent=2, sort_keys=True)


def verify(value: Any) -> Answer:
    """Verify. `value` is a public record, or an object that has one under "record"."""
    verification = verify_record(_under(value, "record"))
    return (0 if verification.passed else 1), verification.line


COMMANDS: dict[str, Callable[[Any], Answer]] = {"run": run, "verify": verify}


def _under(value: Any, key: str) -> Any:
    return value[key] if type(value) is dict and key in value else value


def main(arguments: list[str]) -> Answer:
    """The exit code and the text to print."""
    if len(arguments) != 2 or arguments[0] not in COMMANDS:
        return 2, USAGE
    try:
        return COMMANDS[arguments[0]](read_file(arguments[1]))
    except ProtocolError as error:
        return 1, f"不能接受：{phrase(error)}"


def _print(code: int, text: str) -> None:
    stream = sys.stdout if code == 0 else sys.stderr
    stream.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    stream.flush()


if __name__ == "__main__":
    exit_code, answer = main(sys.argv[1:])
    _print(exit_code, answer)
    sys.exit(exit_code)
