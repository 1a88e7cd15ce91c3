"""The internal note of a draw: what each filter removed, who may not go where and why, to read and to take along."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from draws.policies import NOTE_READERS
from draws.selectors.note import (
    OFFICERS,
    Note,
    enterprise_lines,
    enterprise_names,
    every_removed,
    leaves_of_note,
    note_of,
    people_names,
    removed_codes,
)
from draws.services.reading import export_note, read_note
from draws.views.drafting import find_draw
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.imports.exporting import workbook_response
from shuangsuiji.lib.workbook_writing import write_rows

PER_PAGE = 30
MOST_PAIRS = 200


@desk_page(*NOTE_READERS)
def draw_note(request: HttpRequest, pk) -> HttpResponse:
    """The whole note; `?filter=` lists what one filter removed, `?page=` turns the pool's pages."""
    draw = find_draw(request, pk)
    read_note(draw, by=request.user)
    note = note_of(draw, today=timezone.localdate())
    page = Paginator(leaves_of_note(note), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "draw": draw,
        "note": note,
        "pairs": _pair_rows(note)[:MOST_PAIRS],
        "more_pairs": max(0, len(note.pairs) - MOST_PAIRS),
        "lines": enterprise_lines(note, page.object_list),
        "page_obj": page,
        **_removed(request, note),
    }
    return render(request, "draws/note.html", context)


def _removed(request: HttpRequest, note: Note) -> dict:
    wanted = request.GET.get("filter", "")
    chosen = next((one for one in note.filters if str(one.position) == wanted), None)
    if chosen is None:
        return {"chosen": None}
    page = Paginator(removed_codes(note.draw, position=chosen.position), PER_PAGE).get_page(request.GET.get("removed"))
    names = enterprise_names(page.object_list)
    rows = [(code, names.get(code, "")) for code in page.object_list]
    return {"chosen": chosen, "removed": rows, "removed_page": page}


def _pair_rows(note: Note) -> list[tuple[str, ...]]:
    """(enterprise, code, kind, person, key, reason, source, term) of every pair kept apart by name."""
    names, people = enterprise_names(pair.code for pair in note.pairs), people_names()
    return [
        (
            names.get(pair.code, ""),
            pair.code,
            "执法人员" if pair.stage == OFFICERS else "专家",
            people.get((pair.stage, pair.key), ""),
            pair.key,
            pair.reason,
            pair.source,
            pair.term,
        )
        for pair in note.pairs
    ]


@desk_page(*NOTE_READERS)
def draw_note_export(request: HttpRequest, pk, part: str) -> HttpResponse:
    """One part as a workbook: `filters`, `pairs` or `enterprises`."""
    draw = find_draw(request, pk)
    if part not in PARTS:
        raise Http404
    export_note(draw, by=request.user, part=part)
    words, titles, rows = PARTS[part]
    content = write_rows(titles, rows(note_of(draw, today=timezone.localdate())), sheet=words)
    return workbook_response(content, name=f"{words}_{draw.number or '草稿'}_{timezone.localdate():%Y%m%d}.xlsx")


def _filter_cells(note: Note) -> Iterator[tuple[str, ...]]:
    found = list(every_removed(note.draw))
    names = enterprise_names(code for _, code in found)
    yield from ((label, code, names.get(code, "")) for label, code in found)


def _enterprise_cells(note: Note) -> Iterator[tuple[str, ...]]:
    for line in enterprise_lines(note, leaves_of_note(note)):
        kept = "；".join(f"{reason}：{'、'.join(names)}" for reason, names in line.kept_away)
        yield line.code, line.name, str(line.able_count), kept


Rows = Callable[[Note], Iterator[tuple[str, ...]]]
PARTS: dict[str, tuple[str, tuple[str, ...], Rows]] = {
    "filters": ("筛除名单", ("条件", "统一社会信用代码", "企业名称"), _filter_cells),
    "pairs": (
        "回避名单",
        ("企业名称", "统一社会信用代码", "人员类别", "姓名", "证号或编号", "事由", "来源", "期间"),
        lambda note: iter(_pair_rows(note)),
    ),
    "enterprises": (
        "各企业可派人员",
        ("统一社会信用代码", "企业名称", "可派执法人员", "不能派的人员和原因"),
        _enterprise_cells,
    ),
}
