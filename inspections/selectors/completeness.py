"""What a volume must hold before it is assembled, piece by piece, in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from inspections.models import Case, ItemResult, SiteRecord, Task
from inspections.policies.cases import SUBJECT_KIND as CASE_KIND
from inspections.policies.cases import last_document, undelivered
from inspections.selectors.reading import SUBJECT_KIND, documents_of, evidence_of
from inspections.states import CaseState
from shuangsuiji.documents.models import IssuedDocument

SERVED_OF_VISIT = ("handling", "order", "reinspection")
SIGNED_BY_HAND = (
    *("inquiry_record", "survey_record", "sampling", "statement_record", "hearing_record", "discussion_record"),
    "penalty_spot",
)


@dataclass(frozen=True)
class Piece:
    """One piece of a volume; `sentence` says what is missing, empty when nothing is.

    What is blocking keeps the volume from being assembled; what holds the filing must come, or the
    head says why it does not, before the volume is locked.
    """

    label: str
    document: IssuedDocument | None = None
    sentence: str = ""
    is_blocking: bool = True
    holds_filing: bool = False
    note: str = ""

    @property
    def is_there(self) -> bool:
        """Whether nothing is missing here."""
        return not self.sentence


def pieces_of(task: Task) -> list[Piece]:
    """The checklist of a check-only volume, in the order in which the papers come about."""
    issued: dict[str, list[IssuedDocument]] = {}
    for document in documents_of(task).filter(replaced_by=None):
        issued.setdefault(document.kind, []).append(document)
    record = getattr(task, "record", None)
    return [
        *_approval(task, issued),
        _notice(task, issued),
        _scheme(task, issued),
        _record(record, issued),
        *_orders(task, issued),
        *_receipts(issued),
        *_signed(task),
        *_cases(task),
        _photos(record),
        _publication(task),
    ]


def blocking_gaps(task: Task) -> list[str]:
    """What keeps the volume from being assembled, one sentence each."""
    return [piece.sentence for piece in pieces_of(task) if piece.sentence and piece.is_blocking]


def filing_gaps(task: Task) -> list[str]:
    """What must come before the volume is filed, unless the head says why it does not; one sentence each."""
    return [piece.sentence for piece in pieces_of(task) if piece.sentence and piece.holds_filing]


def _paper(label: str, documents: list[IssuedDocument] | None, sentence: str) -> Piece:
    return Piece(label, document=documents[-1]) if documents else Piece(label, sentence=sentence)


def _begun_unapproved(task: Task) -> bool:
    approval = getattr(task, "approval", None)
    return approval is not None and approval.is_afterwards


def _approval(task: Task, issued: dict[str, list[IssuedDocument]]) -> list[Piece]:
    if not hasattr(task, "approval"):
        return []
    return [_paper("行政检查审批表", issued.get("check_approval"), "行政检查审批表还没有批准。")]


def _scheme(task: Task, issued: dict[str, list[IssuedDocument]]) -> Piece:
    label = "现场检查方案"
    if _begun_unapproved(task) and not issued.get("scheme"):
        return Piece(label, note="先行检查，没有事先编制方案，理由见行政检查审批表。")
    return _paper(label, issued.get("scheme"), "现场检查方案还没有批准。")


def _notice(task: Task, issued: dict[str, list[IssuedDocument]]) -> Piece:
    if task.is_covert:
        return Piece("行政检查通知书", note="暗查，检查前不发通知书。")
    if _begun_unapproved(task) and not issued.get("inspection_notice"):
        return Piece("行政检查通知书", note="先行检查，没有事先通知，理由见行政检查审批表。")
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


def _receipts(issued: dict[str, list[IssuedDocument]]) -> list[Piece]:
    """What was served on the enterprise in a check has its receipt."""
    papers = [document for kind in SERVED_OF_VISIT for document in issued.get(kind, [])]
    bare = [document for document in papers if not hasattr(document, "delivery")]
    if not papers:
        return []
    sentence = f"{'、'.join(str(one) for one in bare)} 没有登记送达回执。" if bare else ""
    return [Piece("送达回执", sentence=sentence, is_blocking=False, holds_filing=True)]


def _signed(task: Task) -> list[Piece]:
    """Records that people sign by hand: the signed sheet lies in the volume, not only the text above the line."""
    own = Q(subject_kind=SUBJECT_KIND, subject_key=str(task.pk))
    cases = [str(pk) for pk in task.cases.values_list("pk", flat=True)]
    papers = IssuedDocument.objects.filter(own | Q(subject_kind=CASE_KIND, subject_key__in=cases))
    papers = papers.filter(kind__in=SIGNED_BY_HAND, replaced_by=None).order_by("issued_at", "id")
    if not papers:
        return []
    names = "、".join(str(paper) for paper in papers.filter(scans=None))
    sentence = f"{names} 只有打印件，没有附签字件。" if names else ""
    return [Piece("签字件", sentence=sentence, is_blocking=False, holds_filing=True)]


def _cases(task: Task) -> list[Piece]:
    """A penalty case must be closed, its papers served and its evidence settled before the volume is made."""
    pieces = []
    for case in task.cases.order_by("proposed_at", "number"):
        if case.state == CaseState.REFUSED:
            pieces.append(Piece(f"案件 {case.number}", note="不予立案。"))
            continue
        pieces.append(_case_closed(case))
        missing = undelivered(case)
        names = "、".join(str(document) for document in missing)
        pieces.append(Piece(f"案件 {case.number} 送达回执", sentence=f"{names} 没有送达回执。" if missing else ""))
        pieces += _payments(case)
    return pieces


def _payments(case: Case) -> list[Piece]:
    payments = case.payments.order_by("paid_on", "id")
    if not payments:
        return []
    bare = "、".join(payment.receipt_number for payment in payments.filter(scans=None))
    sentence = f"缴款票据 {bare} 没有附扫描件。" if bare else ""
    return [Piece(f"案件 {case.number} 缴款票据", sentence=sentence, is_blocking=False, holds_filing=True)]


def _case_closed(case: Case) -> Piece:
    label = f"案件 {case.number}"
    if case.state != CaseState.CLOSED:
        return Piece(label, sentence=f"案件 {case.number} 现为“{case.get_state_display()}”，还没有结案。")
    return Piece(label, document=last_document(case, "case_closing"))


def _counted(label: str, count: int) -> str:
    return f"{label}（{count} 份）" if count > 1 else label


def _photos(record: SiteRecord | None) -> Piece:
    label = "照片"
    if record is None:
        return Piece(label, sentence="还没有现场检查记录，也没有照片。", is_blocking=False)
    pictured = evidence_of(record.task).exclude(drawn_item=None).values("drawn_item")
    bare = record.results.filter(result=ItemResult.Result.FAILED).exclude(drawn_item__in=pictured)
    codes = list(bare.order_by("drawn_item__item__code").values_list("drawn_item__item__code", flat=True))
    if codes:
        return Piece(label, sentence=f"不合格事项 {'、'.join(codes)} 没有照片。", is_blocking=False)
    return Piece(label, note=f"共 {evidence_of(record.task).count()} 张。")


def _publication(task: Task) -> Piece:
    label = "检查结果公开"
    if task.results_public_at is None:
        return Piece(label, sentence="检查结果还没有公开；可以先组卷，公开之后才能归档。", is_blocking=False)
    return Piece(label)
