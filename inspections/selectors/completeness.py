"""What a volume must hold before it is assembled, piece by piece, in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from inspections.models import ItemResult, SiteRecord, Task
from inspections.selectors.reading import documents_of
from shuangsuiji.documents.models import IssuedDocument


@dataclass(frozen=True)
class Piece:
    """One piece of a volume; `sentence` says what is missing, empty when nothing is."""

    label: str
    document: IssuedDocument | None = None
    sentence: str = ""
    is_blocking: bool = True
    note: str = ""

    @property
    def is_there(self) -> bool:
        """Whether nothing is missing here."""
        return not self.sentence


def pieces_of(task: Task) -> list[Piece]:
    """The checklist of a check-only volume, in the order in which the papers come about."""
    issued: dict[str, list[IssuedDocument]] = {}
    for document in documents_of(task):
        issued.setdefault(document.kind, []).append(document)
    record = getattr(task, "record", None)
    return [
        _notice(task, issued),
        _paper("现场检查方案", issued.get("scheme"), "现场检查方案还没有批准。"),
        _record(record, issued),
        *_orders(task, issued),
        _photos(record),
        _publication(task),
    ]


def blocking_gaps(task: Task) -> list[str]:
    """What keeps the volume from being assembled, one sentence each."""
    return [piece.sentence for piece in pieces_of(task) if piece.sentence and piece.is_blocking]


def _paper(label: str, documents: list[IssuedDocument] | None, sentence: str) -> Piece:
    return Piece(label, document=documents[-1]) if documents else Piece(label, sentence=sentence)


def _notice(task: Task, issued: dict[str, list[IssuedDocument]]) -> Piece:
    if task.is_covert:
        return Piece("行政检查通知书", note="暗查，检查前不发通知书。")
    return _paper("行政检查通知书", issued.get("inspection_notice"), "没有行政检查通知书，请先签发并送达。")


def _record(record: SiteRecord | None, issued: dict[str, list[IssuedDocument]]) -> Piece:
    label = "现场检查记录"
    if record is None or not issued.get("site_record"):
        return Piece(label, sentence="现场检查记录还没有审核。")
    if not record.signature:
        return Piece(label, sentence="现场检查记录没有签名，也没有写明拒签。")
    note = "被检查单位拒绝签名，原因已写明。" if record.signature == SiteRecord.Signature.REFUSED else ""
    return Piece(label, document=issued["site_record"][-1], note=note)


def _orders(task: Task, issued: dict[str, list[IssuedDocument]]) -> list[Piece]:
    orders = issued.get("order", [])
    if not orders:
        return []
    done, count = issued.get("reinspection", []), len(orders)
    pieces = [Piece(_counted("责令限期整改指令书", count), document=orders[-1])]
    if len(done) < count:
        return [*pieces, Piece("整改复查意见书", sentence=f"有 {count - len(done)} 份指令书还没有复查。")]
    return [*pieces, Piece(_counted("整改复查意见书", len(done)), document=done[-1])]


def _counted(label: str, count: int) -> str:
    return f"{label}（{count} 份）" if count > 1 else label


def _photos(record: SiteRecord | None) -> Piece:
    label = "照片"
    if record is None:
        return Piece(label, sentence="还没有现场检查记录，也没有照片。", is_blocking=False)
    bare = record.results.filter(result=ItemResult.Result.FAILED, drawn_item__evidence=None)
    codes = list(bare.order_by("drawn_item__item__code").values_list("drawn_item__item__code", flat=True))
    if codes:
        return Piece(label, sentence=f"不合格事项 {'、'.join(codes)} 没有照片。", is_blocking=False)
    return Piece(label, note=f"共 {record.task.evidence.count()} 张。")


def _publication(task: Task) -> Piece:
    label = "检查结果公开"
    if task.results_public_at is None:
        return Piece(label, sentence="检查结果还没有公开；可以先组卷，公开之后才能归档。", is_blocking=False)
    return Piece(label)
