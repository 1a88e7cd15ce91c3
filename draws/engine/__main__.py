"""The command line: `python -m draws.engine run FILE` and `python -m draws.engine verify FILE`.

`run` prints the seed, the sealed hash and the result of an input as JSON. `verify` prints
one line about a public record, or about the sealed record and the envelopes of a draw that is
not public yet. Both end with 0 when all is well and with 1 when it is not, and then one line
on the error output says what is wrong, and where.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .closed import check_closed, is_envelopes, is_sealed
from .drawing import run_draw
from .errors import ProtocolError, phrase
from .reading import read_file
from .verification import verify_record

Answer = tuple[int, str]


def usage() -> str:
    """How it is called, by the name it was called with."""
    program = Path(sys.argv[0]).name
    call = f"python {program}" if program.endswith(".pyz") else "python -m draws.engine"
    return (
        f"用法：{call} verify record.json             核验公开记录\n"
        f"　　　{call} verify sealed.json envelopes.json  核对尚未全部公开的抽取（可以只给一份）\n"
        f"　　　{call} run 输入文件                     按输入抽取一次"
    )


def run(values: list[Any]) -> Answer:
    """Draw. The value is an input, or an object that has one under "input"."""
    drawing = run_draw(_under(values[0], "input"))
    return 0, json.dumps(drawing.as_output(), ensure_ascii=False, indent=2, sort_keys=True)


def verify(values: list[Any]) -> Answer:
    """Verify a public record (or an object that has one under "record"), or what is public of a closed draw."""
    if is_sealed(values[0]) or is_envelopes(values[0]):
        return _verify_closed(values)
    verification = verify_record(_under(values[0], "record"))
    return (0 if verification.passed else 1), verification.line


def _verify_closed(values: list[Any]) -> Answer:
    sealed = [value for value in values if is_sealed(value)]
    files = [value for value in values if is_envelopes(value)]
    if len(sealed) > 1 or len(files) > 1:
        raise ProtocolError("two_of_a_kind")
    if len(sealed) + len(files) < len(values):
        raise ProtocolError("not_a_record")
    return 0, check_closed(sealed[0] if sealed else None, files[0] if files else None)


COMMANDS: dict[str, tuple[int, Callable[[list[Any]], Answer]]] = {"run": (1, run), "verify": (2, verify)}
"""Each with the most files it takes."""


def _under(value: Any, key: str) -> Any:
    return value[key] if type(value) is dict and key in value else value


def main(arguments: list[str]) -> Answer:
    """The exit code and the text to print."""
    name, files = (arguments[0], arguments[1:]) if arguments else ("", [])
    if name not in COMMANDS or not 1 <= len(files) <= COMMANDS[name][0]:
        return 2, usage()
    try:
        return COMMANDS[name][1]([read_file(path) for path in files])
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
