"""签名: drawn on the screen under a sheet as it reads; a sheet changed afterwards has to be signed again."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import io
import json
from typing import Any

from django.db import transaction
from django.utils import timezone
from PIL import Image

from inspections.documents import record_context, revisit_context
from inspections.models import Revisit, Signature, SiteRecord
from inspections.policies import check_may_record, check_may_reinspect, names_are_kept
from inspections.services.lifecycle import locked_record, locked_revisit
from inspectors.models import Inspector
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.files import keep_file
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.uploads import check_image

Sheet = SiteRecord | Revisit
FOLDER = "signatures"
PNG_PREFIX = "data:image/png;base64,"
LARGEST_DRAWING = 400_000
LEAST_INK = 120
"""So many dark pixels at least: a touch of the screen is no signature."""
_NOT_SIGNED_UNDER = ("signature", "refusal_reason", "signatures", "submitted_at", "recorded_on", "opinions")


def content_digest(sheet: Sheet) -> str:
    """SHA-256 over all that stands on the sheet above the signatures.

    The enterprise counts by its code: a telephone corrected in the register later unsigns nothing.
    """
    context = record_context(sheet) if isinstance(sheet, SiteRecord) else revisit_context(sheet)
    words = {name: value for name, value in context.items() if name not in _NOT_SIGNED_UNDER}
    words["enterprise"] = sheet.task.enterprise.credit_code
    return hashlib.sha256(json.dumps(words, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def sign_record(site_record: SiteRecord, *, by: User, drawing: str, **more: Any) -> Signature:
    """Keep a signature drawn on the screen (a PNG as `data:` text): of an officer, else of the enterprise's person.

    Signed again under the same words by the same hand, the newest counts; all are kept.
    """
    image = _read_drawing(drawing)
    row = locked_record(site_record.pk)
    check_may_record(by, row.task)
    return _keep(row, image, by=by, **more)


@transaction.atomic
def sign_revisit(revisit: Revisit, *, by: User, drawing: str, **more: Any) -> Signature:
    """The same under the record of a re-inspection."""
    image = _read_drawing(drawing)
    row = locked_revisit(revisit.pk)
    check_may_reinspect(by, row.order)
    return _keep(row, image, by=by, **more)


def _keep(
    sheet: Sheet,
    image: bytes,
    *,
    by: User,
    inspector: Inspector | None = None,
    device_time: dt.datetime | None = None,
    now: dt.datetime | None = None,
) -> Signature:
    name, task = _signer(sheet, inspector), sheet.task
    signature = Signature.objects.create(
        record=sheet if isinstance(sheet, SiteRecord) else None,
        revisit=sheet if isinstance(sheet, Revisit) else None,
        role=Signature.Role.OFFICER if inspector else Signature.Role.REPRESENTATIVE,
        inspector=inspector,
        name=name,
        content_sha256=content_digest(sheet),
        sha256=hashlib.sha256(image).hexdigest(),
        file_name=keep_file(image, folder=FOLDER, suffix=".png"),
        device_time=device_time,
        signed_at=now or timezone.now(),
        taken_by=by,
    )
    record(
        f"{'record' if signature.record else 'revisit'}.signed",
        by=by,
        target=task,
        confidential=names_are_kept(task.drawn.draw, task),
        role=signature.role,
        content=signature.content_sha256,
    )
    return signature


def standing_signatures(sheet: Sheet) -> list[Signature]:
    """The newest signature of each hand under the sheet as it reads now; of a submitted one, as it was submitted."""
    digest = content_digest(sheet)
    newest: dict[tuple, Signature] = {}
    for one in sheet.signatures.filter(content_sha256=digest).order_by("signed_at", "id"):
        newest[(one.role, one.inspector_id)] = one
    return list(newest.values())


def has_outdated_signature(sheet: Sheet) -> bool:
    """Whether somebody signed and the words were changed afterwards, so that they must sign again."""
    return bool(outdated_names(sheet))


def outdated_names(sheet: Sheet) -> list[str]:
    """Who signed words that were changed since, in the order in which they signed first."""
    standing = {(one.role, one.inspector_id) for one in standing_signatures(sheet)}
    signed = {(one.role, one.inspector_id): one.name for one in sheet.signatures.order_by("signed_at", "id")}
    return [name for hand, name in signed.items() if hand not in standing]


def _signer(row: Sheet, inspector: Inspector | None) -> str:
    if inspector is None:
        if not row.representative_name:
            raise Refusal("请先在表头填写被检查单位在场人员的姓名，再请其签名。", field="drawing")
        return row.representative_name
    if not row.task.drawn.seats.filter(inspector=inspector).exists():
        raise Refusal("这位执法人员不是本次检查的执法人员。", field="drawing")
    return inspector.name


def _read_drawing(drawing: str) -> bytes:
    """The PNG behind the `data:` text, drawn anew from its pixels; an empty sheet is refused."""
    if not drawing.startswith(PNG_PREFIX) or len(drawing) > LARGEST_DRAWING:
        raise Refusal("没有收到签名，请在方框内手写签名后再确认。", field="drawing")
    try:
        content = base64.b64decode(drawing.removeprefix(PNG_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise Refusal("签名没有传完整，请重新签名。", field="drawing") from None
    check_image(io.BytesIO(content))
    with Image.open(io.BytesIO(content)) as image:
        layer = image.convert("RGBA")
    sheet = Image.new("RGB", layer.size, "white")
    sheet.paste(layer, mask=layer.getchannel("A"))
    if sum(sheet.convert("L").histogram()[:128]) < LEAST_INK:
        raise Refusal("签名太短或是空白的，请在方框内手写姓名。", field="drawing")
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()
