"""Pieces of pages that need a little arithmetic; the others are plain includes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import reverse
from django.utils.html import format_html

from shuangsuiji.lib import chips, menu

register = template.Library()


@register.simple_tag(takes_context=True)
def repeat_block(context, name: str) -> str:
    """Render a block of the page once more: the <title> is the heading too."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return block.render(context) if block else ""


@register.simple_tag
def crumb(label: str, url_name: str = "", *args) -> str:
    """One step of the breadcrumb; without an address it is where we are."""
    if not url_name:
        return format_html('<span class="crumb" aria-current="page">{}</span>', label)
    return format_html('<a class="crumb" href="{}">{}</a>', reverse(url_name, args=args), label)


_SERIES_TONES = {
    **dict.fromkeys(("合格", "按期", "按时", "已检查", "已整改"), "done"),
    **dict.fromkeys(("不合格", "逾期", "重大隐患"), "late"),
    **dict.fromkeys(("一般隐患", "进行中"), "due"),
    "作废": "void",
}


@register.filter
def series_tone(word: object) -> str:
    """How a column of figures is coloured: jade means passed and nothing else. 合格（项） → done, 企业数 → none."""
    return _SERIES_TONES.get(str(word).partition("（")[0], "")


@register.filter
def with_labels(row: Iterable[Any], head: Iterable[str]) -> list[tuple[str, Any]]:
    """Each cell of a row with the word of its column, for a table that becomes cards on a phone."""
    return list(zip(head, row, strict=False))


@register.inclusion_tag("components/state_chip.html")
def state_chip(label: str, code: str = "", tone: str = "") -> dict[str, str]:
    """A state as word, shape and colour: `{% state_chip draw.get_state_display draw.state %}`."""
    return {"label": label, "tone": tone if tone in chips.TONES else chips.tone_of(code)}


@register.inclusion_tag("components/hash.html")
def hash_value(value: str | None, label: str = "") -> dict[str, object]:
    """A SHA-256 in groups of four, whole, that can be selected and copied."""
    text = value or ""
    return {"value": text, "label": label, "groups": [text[i : i + 4] for i in range(0, len(text), 4)]}


def _share(count: int, *, of: int) -> float:
    return round(100 * count / of, 2) if of else 0


def _row(step: Mapping[str, Any] | tuple) -> dict[str, Any]:
    return dict(step) if isinstance(step, Mapping) else dict(zip(("label", "count", "note"), step, strict=False))


@register.inclusion_tag("components/funnel.html")
def funnel(steps: Iterable[Mapping[str, Any] | tuple], title: str = "") -> dict[str, object]:
    """What was filtered out: `steps` are (label, count) pairs or mappings with a `note`."""
    rows = [_row(step) for step in steps]
    whole = max((row["count"] for row in rows), default=0)
    for row in rows:
        row["share"] = _share(row["count"], of=whole)
    return {"rows": rows, "title": title}


@register.inclusion_tag("components/bar.html")
def bar(count: int, of: int, tone: str = "open", label: str = "") -> dict[str, object]:
    """A share as a thin bar with its words: `{% bar done planned "done" %}`."""
    return {"count": count, "of": of, "share": min(_share(count, of=of), 100), "tone": tone, "label": label}


@register.simple_tag
def first_time(form: object) -> bool:
    """Whether this form's errors have not been listed on the page yet; the layout lists `form` by itself."""
    if form is None or getattr(form, "errors_are_listed", False):
        return False
    form.errors_are_listed = True  # type: ignore[attr-defined]
    return True


@register.inclusion_tag("components/desk_menu.html", takes_context=True)
def desk_menu(context) -> dict[str, object]:
    """The desk's menu for the person who is signed in."""
    request = context["request"]
    roles = getattr(getattr(request, "user", None), "role_codes", frozenset())
    return {
        "sections": menu.desk_sections(roles=frozenset(roles), path=request.path),
        "todo_count": context.get("todo_count"),
    }


@register.inclusion_tag("components/public_menu.html", takes_context=True)
def public_menu(context) -> dict[str, object]:
    """The public site's menu."""
    request = context.get("request")
    return {"links": menu.public_links(path=request.path if request else "/")}


def _query(context, **changes) -> str:
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def with_query(context, **changes) -> str:
    """The query of this address with `changes` made, from its first page; None removes a name."""
    return _query(context, page=None, **changes)


@register.simple_tag(takes_context=True)
def with_page(context, number: int) -> str:
    """The query of this address on another page."""
    return _query(context, page=number)
