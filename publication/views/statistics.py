"""Figures for everybody: a sentence, a chart, and the table under it."""

from __future__ import annotations

from django.shortcuts import render
from django.utils import timezone

from publication import series
from publication.columns import REPORTS
from publication.searching import standing_entries
from shuangsuiji.accounts.access import public_page
from shuangsuiji.lib.page_cache import kept_page


@public_page
@kept_page("by", "year")
def statistics(request):
    """By month, quarter or year: drawn, checked, found, in time; by field and township."""
    today = timezone.localdate()
    years = series.years_with_figures(today=today)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else today.year
    unit = request.GET.get("by") if request.GET.get("by") in series.UNITS else "month"
    wrong = _wrong_words(request, unit=unit, year=year)
    rows = series.figures_over_time(unit=unit, year=year)
    context = {
        "year": year,
        "wrong": wrong,
        "years": years,
        "unit": unit,
        "units": series.UNITS.items(),
        "charts": [_checks(rows), _hazards(rows), _draws(rows), _deadlines(rows), *_places(year)],
        "stats": _totals(rows, unit=unit, year=year),
        "reports": standing_entries(REPORTS.kinds)[:12],
    }
    return render(request, "publication/statistics.html", context)


def _wrong_words(request, *, unit: str, year: int) -> list[str]:
    """Which parts of the question mean nothing here."""
    asked = {"年份": (request.GET.get("year", ""), str(year)), "期间": (request.GET.get("by", ""), unit)}
    return [word for word, (typed, taken) in asked.items() if typed and typed != taken]


def _sum(rows: list[dict], name: str) -> int:
    return sum(row[name] for row in rows)


def _totals(rows: list[dict], *, unit: str, year: int) -> list[dict]:
    span = f"{rows[0]['label']}至{rows[-1]['label']}" if unit == "year" else f"{year}年"
    return [
        {"label": "封存的抽取", "value": _sum(rows, "sealed"), "note": span, "url": ""},
        {"label": "公开结果的检查", "value": _sum(rows, "results"), "note": span, "url": ""},
        {
            "label": "不合格事项",
            "value": _sum(rows, "failed"),
            "note": f"其中重大隐患 {_sum(rows, 'major')}",
            "url": "",
        },
        {"label": "曝光和列入名单", "value": _sum(rows, "exposures") + _sum(rows, "listings"), "note": span, "url": ""},
    ]


def _chart(
    kind: str, *, says: str, caption: str, rows: list[dict], columns: dict[str, str], name: str = "期间"
) -> dict:
    return {
        "kind": kind,
        "says": says,
        "caption": caption,
        "head": [name, *columns.values()],
        "rows": [[row.get("label") or row.get("name"), *(row[key] or 0 for key in columns)] for row in rows],
    }


def _checks(rows: list[dict]) -> dict:
    failed, items = _sum(rows, "failed"), _sum(rows, "passed") + _sum(rows, "failed")
    share = f"，不合格占 {round(100 * failed / items)}%" if items else ""
    says = f"公开了 {_sum(rows, 'results')} 家次检查的结果，检查事项 {items} 项{share}。"
    columns = {"results": "公开结果（家次）", "passed": "合格（项）", "failed": "不合格（项）"}
    return _chart("bar", says=says, caption="检查和结论", rows=rows, columns=columns)


def _hazards(rows: list[dict]) -> dict:
    says = f"查出一般隐患 {_sum(rows, 'general')} 项，重大隐患 {_sum(rows, 'major')} 项。"
    columns = {"general": "一般隐患", "major": "重大隐患"}
    return _chart("stack", says=says, caption="隐患", rows=rows, columns=columns)


def _draws(rows: list[dict]) -> dict:
    says = f"封存抽取 {_sum(rows, 'sealed')} 次，其中作废 {_sum(rows, 'void')} 次；作废的也留在台账上。"
    columns = {"sealed": "封存", "void": "作废", "notices": "检查公告"}
    return _chart("bar", says=says, caption="抽取和公告", rows=rows, columns=columns)


def _deadlines(rows: list[dict]) -> dict:
    says = f"结果应公开的期限，按期 {_sum(rows, 'kept')} 次，逾期 {_sum(rows, 'missed')} 次。"
    return _chart("stack", says=says, caption="结果公开的期限", rows=rows, columns={"kept": "按期", "missed": "逾期"})


def _places(year: int) -> list[dict]:
    columns = {"results": "检查（家次）", "failed": "不合格（项）", "major": "重大隐患"}
    charts = []
    for place, word in (("fields", "监管领域"), ("townships", "乡镇")):
        rows = series.by_place(year=year, place=place)
        if rows:
            says = f"{year}年检查最多的{word}是{rows[0]['name']}，{rows[0]['results']} 家次。"
            charts.append(_chart("bar", says=says, caption=f"各{word}", rows=rows, columns=columns, name=word))
    return charts
