"""Life cycles of a task and of a dossier, as tables a civil servant can read."""

from __future__ import annotations

from django.db import models


class TaskState(models.TextChoices):
    """One task per drawn enterprise."""

    ASSIGNED = "assigned", "已派发"
    NOTICED = "noticed", "已公告"
    WITHHELD = "withheld", "保密中"
    READY = "ready", "方案已批"
    ON_SITE = "on_site", "检查中"
    RECORDED = "recorded", "已记录"
    ORDERED = "ordered", "责令整改中"
    REINSPECTED = "reinspected", "已复查"
    CLOSED = "closed", "已办结"
    ARCHIVED = "archived", "已归档"
    DROPPED = "dropped", "已替换"


VALID_STATE_TRANSITIONS: dict[str, tuple[str, ...]] = {
    TaskState.ASSIGNED: (TaskState.NOTICED, TaskState.WITHHELD, TaskState.DROPPED),
    TaskState.NOTICED: (TaskState.READY, TaskState.DROPPED),
    TaskState.WITHHELD: (TaskState.READY, TaskState.DROPPED),
    TaskState.READY: (TaskState.ON_SITE, TaskState.DROPPED),
    TaskState.ON_SITE: (TaskState.RECORDED,),
    TaskState.RECORDED: (TaskState.ON_SITE, TaskState.ORDERED, TaskState.CLOSED),
    TaskState.ORDERED: (TaskState.REINSPECTED,),
    TaskState.REINSPECTED: (TaskState.ORDERED, TaskState.CLOSED),
    TaskState.CLOSED: (TaskState.ARCHIVED,),
    TaskState.ARCHIVED: (),
    TaskState.DROPPED: (),
}


class DossierState(models.TextChoices):
    """A volume is assembled, rendered by a worker, then locked."""

    OPEN = "open", "未组卷"
    QUEUED = "queued", "生成中"
    RENDERED = "rendered", "已组卷"
    LOCKED = "locked", "已归档"


VALID_DOSSIER_TRANSITIONS: dict[str, tuple[str, ...]] = {
    DossierState.OPEN: (DossierState.QUEUED,),
    DossierState.QUEUED: (DossierState.RENDERED, DossierState.OPEN),
    DossierState.RENDERED: (DossierState.QUEUED, DossierState.LOCKED),
    DossierState.LOCKED: (),
}
