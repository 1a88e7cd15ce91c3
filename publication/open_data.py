"""The data sets for everybody: what each column is called and means, and its rows, one after the other.

Rows are read from public contents and the ledger, through `disclosure`; nothing here decides what may be shown.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from draws.selectors.items import public_catalogue
from draws.selectors.ledger import ledger_entries, public_title
from inspectors.models import Inspector, PersonState
from publication.columns import address_of
from publication.disclosure import public_officer, shown_content
from publication.models import Publication
from publication.selectors import public_publications
from publication.states import PublicationState

Kind = Publication.Kind
BOM = "\ufeff"
_AT_ONCE = 500


@dataclass(frozen=True)
class Column:
    """One column: its key in JSON, its title in CSV, its kind of value, what it means."""

    key: str
    title: str
    kind: str
    says: str


@dataclass(frozen=True)
class Dataset:
    """One data set: its name in the address, its words, its columns, its rows."""

    code: str
    name: str
    says: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[dict]]


def _column(key: str, title: str, says: str, kind: str = "文本") -> Column:
    return Column(key, title, kind, says)


_ENTERPRISE = (
    _column("enterprise", "企业名称", "个体工商户名称中经营者的姓名已遮盖"),
    _column("credit_code", "统一社会信用代码", "18位；个体工商户中间8位已遮盖。在 Excel 中请按文本导入"),
    _column("township", "所在乡镇", "现行名称"),
    _column("field", "监管领域", "一个"),
)
_PUBLISHED_ON = _column("published_on", "公开日期", "2026-04-01", "日期")
_ADDRESS = _column("url", "网址", "永久有效")


def _of_kinds(*kinds: str) -> Iterator[tuple[Publication, dict]]:
    """What stands now: a check whose result was corrected is there once."""
    rows = public_publications().filter(kind__in=kinds, state=PublicationState.PUBLISHED)
    rows = rows.order_by("published_at", "id")
    for publication in rows.iterator(chunk_size=_AT_ONCE):
        yield publication, shown_content(publication.kind, publication.content)


def _enterprise(content: dict) -> dict:
    one = content.get("enterprise") or content
    values = {name: one.get(name, "") for name in ("credit_code", "township", "field")}
    return {"enterprise": one.get("name", ""), **values}


def _frame(publication: Publication) -> dict:
    return {
        "published_on": timezone.localdate(publication.published_at).isoformat(),
        "url": f"{settings.BASE_URL}{address_of(publication)}",
    }


def _publications() -> Iterator[dict]:
    for publication in public_publications().defer("content").order_by("published_at", "id").iterator(_AT_ONCE):
        yield {
            "kind": publication.get_kind_display(),
            "title": publication.title,
            "number": publication.number or "",
            "index_number": publication.index_number,
            "version": publication.version,
            "state": publication.get_state_display(),
            "sha256": publication.sha256,
            **_frame(publication),
        }


def _notices() -> Iterator[dict]:
    for publication, content in _of_kinds(Kind.NOTICE):
        for row in content.get("enterprises", []):
            yield {
                "number": publication.number or "",
                "draw_number": content.get("draw_number", ""),
                **_enterprise(row),
                "visit_on": row.get("visit_on", ""),
                "items": "；".join(row.get("items", [])),
                **_frame(publication),
            }


def _results() -> Iterator[dict]:
    for publication, content in _of_kinds(Kind.RESULT):
        for row in content.get("results", []):
            yield {
                "task_number": content.get("task_number", ""),
                "draw_number": content.get("draw_number", ""),
                **_enterprise(content),
                "visited_on": content.get("visited_on", ""),
                "item_code": row.get("code", ""),
                "item": row.get("name", ""),
                "result": row.get("result_label", ""),
                "hazard": row.get("hazard_label", ""),
                "rectify_by": row.get("rectify_by", ""),
                **_frame(publication),
            }


def _warnings() -> Iterator[dict]:
    for publication, content in _of_kinds(Kind.EXPOSURE, Kind.LISTING, Kind.REMOVAL):
        yield {
            "kind": publication.get_kind_display(),
            "title": publication.title,
            **_enterprise(content),
            "ground": content.get("ground_label", ""),
            "decision_number": content.get("decision_number", ""),
            **_frame(publication),
        }


def ledger_rows(*, after: str = "") -> Iterator[dict]:
    """Sealed draws by number, those after a number."""
    sealed: Any
    for sealed in ledger_entries().filter(number__gt=after).order_by("number").iterator(_AT_ONCE):
        draw = sealed.draw
        yield {
            "number": sealed.number,
            "title": public_title(draw),
            "state": draw.get_state_display(),
            "mode": draw.get_mode_display(),
            "sealed_at": timezone.localtime(sealed.sealed_at).isoformat(timespec="seconds"),
            "sealed_hash": sealed.sealed_hash,
            "drawn_at": timezone.localtime(sealed.drawn_at).isoformat(timespec="seconds") if sealed.drawn_at else "",
            "amendment_count": sealed.amendment_count,
            "url": f"{settings.BASE_URL}/ledger/{sealed.number}/",
        }


def _items() -> Iterator[dict]:
    for page in public_catalogue(today=timezone.localdate()).groups:
        for item in page.items:
            yield {
                "code": item.code,
                "group": page.group.name,
                "name": item.name,
                "legal_basis": item.legal_basis,
                "method": item.method,
                "fields": "；".join(field.name for field in item.fields.all()),
                "published_on": item.published_on.isoformat() if item.published_on else "",
            }


def _officers() -> Iterator[dict]:
    rows = Inspector.objects.filter(state=PersonState.ACTIVE, certificate_expires_on__gte=timezone.localdate())
    for officer in rows.select_related("department").order_by("name_key", "certificate_number"):
        yield public_officer(officer)


DATASETS = (
    Dataset(
        "publications",
        "全部公开信息",
        "每份公开信息一行，含历次版本；不含已撤回和到期的。",
        (
            _column("kind", "种类", "检查公告、检查结果、曝光等"),
            _column("title", "标题", "与网页相同"),
            _column("number", "文号", "没有文号的为空"),
            _column("index_number", "索引号", "同一份公开信息的各版相同；与版本合起来唯一"),
            _column("version", "版本", "第一版为1", "整数"),
            _column("state", "状态", "已发布，或已更正（另有新版）"),
            _column("sha256", "SHA-256", "网页内容的指纹"),
            _PUBLISHED_ON,
            _ADDRESS,
        ),
        _publications,
    ),
    Dataset(
        "notices",
        "检查公告",
        "现行公告里的每家企业一行；已更正的旧版不在内。",
        (
            _column("number", "公告文号", "检查公告的文号"),
            _column("draw_number", "抽取台账号", "可在台账核验"),
            *_ENTERPRISE,
            _column("visit_on", "计划检查日期", "2026-04-01", "日期"),
            _column("items", "检查事项", "编码和名称，以；分隔"),
            _PUBLISHED_ON,
            _ADDRESS,
        ),
        _notices,
    ),
    Dataset(
        "results",
        "检查结果",
        "每家企业的每个检查事项一行；已更正的旧版不在内。",
        (
            _column("task_number", "任务号", "一次检查一个"),
            _column("draw_number", "抽取台账号", "可在台账核验"),
            *_ENTERPRISE,
            _column("visited_on", "检查日期", "2026-04-01", "日期"),
            _column("item_code", "事项编码", "与事项清单一致"),
            _column("item", "检查事项", "名称"),
            _column("result", "结论", "合格、不合格、不涉及"),
            _column("hazard", "隐患", "一般隐患、重大隐患，没有的为空"),
            _column("rectify_by", "整改期限", "没有的为空", "日期"),
            _PUBLISHED_ON,
            _ADDRESS,
        ),
        _results,
    ),
    Dataset(
        "warnings",
        "曝光和严重失信名单",
        "曝光、列入、移出每份一行。",
        (
            _column("kind", "种类", "曝光、严重失信名单、移出名单"),
            _column("title", "标题", "与网页相同"),
            *_ENTERPRISE,
            _column("ground", "事由", "移出时为空"),
            _column("decision_number", "决定书文号", "曝光没有"),
            _PUBLISHED_ON,
            _ADDRESS,
        ),
        _warnings,
    ),
    Dataset(
        "ledger",
        "抽取台账",
        "每次封存的抽取一行，作废的也在内。",
        (
            _column("number", "台账号", "唯一"),
            _column("title", "名称", "暗查只显示台账号"),
            _column("state", "状态", "已封存、受阻、已抽取、作废"),
            _column("mode", "公开方式", "公告后检查、通知即检查、暗查后公开"),
            _column("sealed_at", "封存时间", "ISO 8601", "时间"),
            _column("sealed_hash", "封存指纹", "封存记录的 SHA-256"),
            _column("drawn_at", "抽取时间", "ISO 8601，未抽取为空", "时间"),
            _column("amendment_count", "变更次数", "抽取后的变更", "整数"),
            _ADDRESS,
        ),
        ledger_rows,
    ),
    Dataset(
        "items",
        "抽查事项清单",
        "现行有效的检查事项；不在清单上的不得检查。",
        (
            _column("code", "事项编码", "唯一"),
            _column("group", "类别", "名称"),
            _column("name", "检查事项", "名称"),
            _column("legal_basis", "依据", "法律、法规、规章、标准"),
            _column("method", "检查方式", "可为空"),
            _column("fields", "适用领域", "以；分隔，空为全部领域"),
            _column("published_on", "公布日期", "2026-04-01", "日期"),
        ),
        _items,
    ),
    Dataset(
        "officers",
        "执法人员名录",
        "在岗且证件有效的执法人员。",
        (
            _column("name", "姓名", "姓名"),
            _column("certificate_number", "执法证号", "唯一。在 Excel 中请按文本导入"),
            _column("certificate_expires_on", "有效期至", "2026-04-01", "日期"),
            _column("department", "部门", "名称"),
        ),
        _officers,
    ),
)
BY_CODE = {dataset.code: dataset for dataset in DATASETS}


def as_csv(dataset: Dataset) -> Iterator[str]:
    """The set as CSV with a BOM, so that Excel reads the Chinese; a cell never becomes a formula."""
    yield BOM + _line(column.title for column in dataset.columns)
    keys = [column.key for column in dataset.columns]
    for row in dataset.rows():
        yield _line(_cell(row[key]) for key in keys)


def _line(cells: Iterable[object]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value


def as_json(dataset: Dataset) -> Iterator[str]:
    """The set as one JSON document, row by row: `{"dataset": …, "name": …, "rows": […]}`."""
    head = {"dataset": dataset.code, "name": dataset.name, "publisher": settings.BUREAU_NAME}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": ['
    before = "\n"
    for row in dataset.rows():
        yield before + json.dumps(row, ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"


def dictionary() -> list[dict]:
    """The data dictionary: every set with every column."""
    return [
        {
            "dataset": dataset.code,
            "name": dataset.name,
            "says": dataset.says,
            "columns": [
                {"key": one.key, "title": one.title, "type": one.kind, "says": one.says} for one in dataset.columns
            ],
        }
        for dataset in DATASETS
    ]
