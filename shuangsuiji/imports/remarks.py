"""How a sheet was read where that is not plain to see, in sentences for the preview."""

from __future__ import annotations

from collections.abc import Sequence

from shuangsuiji.imports.matching import Matching
from shuangsuiji.lib.workbooks import JOINT, MergedCells, SheetRow, Span, Workbook

SPANS_NAMED = 5


def remarks_on(workbook: Workbook, *, matching: Matching, first: Sequence[SheetRow]) -> list[str]:
    """On a sheet whose rows have been read; `first` are some of them."""
    told = (
        _two_rows(workbook),
        _unrecognised(matching, first=first),
        _merged(workbook.merged, matching=matching),
    )
    return [sentence for sentence in told if sentence]


def _two_rows(workbook: Workbook) -> str:
    if len(workbook.header_rows) < 2:
        return ""
    example = next((title for title in workbook.header if JOINT in title), "")
    rows = "、".join(map(str, workbook.header_rows))
    return f"表头占第 {rows} 两行，上下两行合起来读作一个列名（例如“{example}”），数据从下一行读起，请核对对应列。"


def _unrecognised(matching: Matching, *, first: Sequence[SheetRow]) -> str:
    """Columns that hold something and have no title, and those of a group that none of ours is called."""
    untitled = [
        f"第 {place + 1} 列（没有标题）"
        for place in range(max((len(row.cells) for row in first), default=0))
        if not _title(matching, place) and any(place < len(row.cells) and row.cells[place] for row in first)
    ]
    names = [*untitled, *(f"“{title}”" for title in matching.ignored if JOINT in title)]
    if not names:
        return ""
    return (
        f"没有认出{'、'.join(names)}，没有读取：需要的，请用“调整对应列”指明，"
        "或者在文件里给每一列写上标题（只占一行）再上传。"
    )


def _title(matching: Matching, place: int) -> str:
    is_taken = place in matching.places.values()
    return "已对应" if is_taken else matching.header[place] if place < len(matching.header) else ""


def _merged(merged: MergedCells, *, matching: Matching) -> str:
    """Which merged cells were written into every cell they cover, of the columns that are read."""
    column_at = {place: matching.header[place] for place in matching.places.values()}
    used = [span for span in merged.filled if any(place in column_at for place in range(span.left, span.right + 1))]
    if not used:
        return ""
    named = "；".join(_named(span, last=merged.filled[span], matching=matching) for span in sorted(used)[:SPANS_NAMED])
    more = "等" if len(used) > SPANS_NAMED else ""
    return f"有 {len(used):,} 处合并单元格，其中的内容已填入它盖住的每一格（{named}{more}），请核对。"


def _named(span: Span, *, last: int, matching: Matching) -> str:
    columns = [matching.header[place] for place in matching.places.values() if span.left <= place <= span.right]
    rows = f"第 {span.top} 行" if last == span.top else f"第 {span.top} 至 {last} 行"
    return f"{'、'.join(columns)}：{rows}"
