"""A Chromium of its own: headless, closed to the network, with the Chinese faces the documents are set in.

A bare machine has no Chinese font; boxes in their place are narrower, and a page's width would prove nothing.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pylopdf_fonts_zh_cn as faces
import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.support import servers

PATIENCE_MS = 40_000
"""How long anything may take to appear: two cores carry a browser, a server and another test at once."""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <cachedir>{cache}</cachedir>
  <alias binding="same"><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
  <alias binding="same"><family>serif</family><prefer><family>Noto Serif SC</family></prefer></alias>
</fontconfig>
"""


@contextmanager
def open_chromium() -> Iterator[Browser]:
    """Start Chromium and end it, its driver included: Playwright's loop in a thread forbids every other one there."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        pytest.fail("Chromium is missing: apt-get install chromium, or set CHROMIUM to its path.")
    environment = os.environ | {"FONTCONFIG_FILE": str(_fonts())}
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS, env=environment)
        yield browser
        browser.close()


def _fonts() -> Path:
    path = servers.run_dir() / "fonts.conf"
    folder, cache = Path(faces.sans_path()).parent, servers.run_dir() / "fonts"
    path.write_text(FONTS.format(folder=folder, cache=cache), encoding="utf-8")
    return path
