"""送达 in the demo: a paper handed over, with a picture of the signed receipt."""

from __future__ import annotations

import datetime as dt
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from inspections.models import Case, Task
from inspections.services.cases import deliver_document
from shuangsuiji.accounts.models import User
from shuangsuiji.demo.clock import at, moment
from shuangsuiji.documents.models import IssuedDocument


def hand_over(document: IssuedDocument, *, task: Task, by: User, on: dt.date, case: Case | None = None) -> None:
    """Served in the afternoon of a day."""
    with at(moment(on, 16)) as now:
        deliver_document(
            document,
            task=task,
            case=case,
            by=by,
            delivered_at=now,
            way="direct",
            place=task.enterprise.address,
            receiver="李示例",
            proof=signed_sheet(),
        )


def signed_sheet() -> SimpleUploadedFile:
    """A white sheet with some lines and a stroke where somebody signed; nothing of anybody."""
    image = Image.new("RGB", (620, 877), "white")
    brush = ImageDraw.Draw(image)
    for line in range(120, 560, 36):
        brush.line([(80, line), (540, line)], fill=(205, 208, 214), width=2)
    brush.line([(330, 640), (370, 600), (390, 660), (430, 610), (470, 650)], fill=(30, 40, 80), width=4)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return SimpleUploadedFile("receipt.jpg", out.getvalue(), content_type="image/jpeg")
