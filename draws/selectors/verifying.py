"""What anybody needs to verify a draw: the files that are public now, and the engine as one file."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import draws.engine
from draws.models import Draw, SealedDraw
from draws.policies import has_result, names_are_public
from draws.states import DrawState

RECORD, SEALED, ENVELOPES = "record.json", "sealed.json", "envelopes.json"

_HEAD = b"#!/usr/bin/env python3\n"
_MAIN = b"import runpy\n\nrunpy.run_module('draws.engine', run_name='__main__', alter_sys=True)\n"
_TIME = (2020, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o644 << 16


def verifiable_files(draw: Draw) -> list[str]:
    """The public files of a sealed draw that prove most at this moment, by name."""
    confidential = not draw.is_announced
    if not has_result(draw):
        return [SEALED]
    if not names_are_public(draw):
        return [SEALED, ENVELOPES]
    return [RECORD, SEALED, ENVELOPES] if confidential else [RECORD]


def sealed_draw(number: str) -> SealedDraw | None:
    """The draw that stands in the ledger under this number, with what `verifiable_files` reads."""
    return SealedDraw.objects.select_related("draw").filter(number=number).first()


def recent_numbers(count: int = 8) -> list[str]:
    """The latest numbers of the ledger whose draw has a result."""
    drawn = SealedDraw.objects.filter(draw__state__in=(DrawState.DRAWN, DrawState.BLOCKED))
    return list(drawn.order_by("-number").values_list("number", flat=True)[:count])


@dataclass(frozen=True)
class Program:
    """The engine as a zipapp: its bytes and their SHA-256."""

    content: bytes
    sha256: str


@lru_cache(maxsize=1)
def engine_program() -> Program:
    """`draw.pyz` for any Python from 3.9 on.

    The same engine gives the same bytes on every machine: the times are fixed and nothing is
    compressed, since compressors differ from one system to the next.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(_members().items()):
            archive.writestr(_member(name), content)
    content = _HEAD + buffer.getvalue()
    return Program(content, hashlib.sha256(content).hexdigest())


def _members() -> dict[str, bytes]:
    folder = Path(draws.engine.__file__).parent
    kept = (*folder.glob("*.py"), folder / "README.md")
    engine = {f"draws/engine/{path.name}": path.read_bytes() for path in kept}
    return {"__main__.py": _MAIN, "draws/__init__.py": b"", **engine}


def _member(name: str) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name, _TIME)
    found.create_system, found.external_attr = _UNIX, _READABLE
    return found
