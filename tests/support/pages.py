"""What a test does with a page: press, read the form it was shown, wait for what becomes true in the browser."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Locator, Page


def press(what: Locator) -> None:
    """Click; when that leads to another page, it is there whole, its scripts too, before the test goes on."""
    what.click()
    what.page.wait_for_load_state()


def as_shown(response, **typed: Any) -> dict[str, Any]:
    """The values of the page's form, hidden ones too, with what a person types into it."""
    form = response.context["form"]
    values = {name: _sent(form[name].value()) for name in form.fields}
    return {name: value for name, value in {**values, **typed}.items() if value is not None and value is not False}


def _sent(value: Any) -> Any:
    if hasattr(value, "all") or isinstance(value, list | tuple):
        return [getattr(one, "pk", one) for one in value]
    return value


def becomes_true(page: Page, expression: str, *, seconds: float = 40) -> None:
    """Ask the page until the answer is true; a promise is waited for, which `wait_for_function` does not do."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"not within {seconds} s: {expression}"
        page.wait_for_timeout(100)
