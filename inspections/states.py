"""Life cycles of a task, a penalty case and a dossier, as tables a civil servant can read."""

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


# Back to assigned leads the withdrawal of the public notice alone (services.noticing).
VALID_STATE_TRANSITIONS: dict[str, tuple[str, ...]] = {
    TaskState.ASSIGNED: (TaskState.NOTICED, TaskState.WITHHELD, TaskState.ON_SITE, TaskState.DROPPED),
    TaskState.NOTICED: (TaskState.READY, TaskState.ON_SITE, TaskState.ASSIGNED, TaskState.DROPPED),
    TaskState.WITHHELD: (TaskState.READY, TaskState.ON_SITE, TaskState.DROPPED),
    TaskState.READY: (TaskState.ON_SITE, TaskState.ASSIGNED, TaskState.DROPPED),
    TaskState.ON_SITE: (TaskState.RECORDED,),
    TaskState.RECORDED: (TaskState.ON_SITE, TaskState.ORDERED, TaskState.CLOSED),
    TaskState.ORDERED: (TaskState.REINSPECTED,),
    TaskState.REINSPECTED: (TaskState.ORDERED, TaskState.CLOSED),
    TaskState.CLOSED: (TaskState.ARCHIVED,),
    TaskState.ARCHIVED: (),
    TaskState.DROPPED: (),
}


class CaseState(models.TextChoices):
    """A penalty case, from the proposal to file it to its closing."""

    PROPOSED = "proposed", "待立案"
    REFUSED = "not_filed", "不予立案"
    OPEN = "investigating", "调查取证"
    REPORTED = "reported", "待法制审核"
    REVIEWED = "reviewed", "审核通过"
    TOLD = "told", "已告知"
    DECIDED = "decided", "已决定"
    FULFILLED = "fulfilled", "已履行"
    DROPPED = "not_punished", "不予处罚"
    TRANSFERRED = "transferred", "已移送"
    REVOKED = "revoked", "已撤销"
    CLOSED = "closed", "已结案"


# From the investigation straight to a decision leads the on-the-spot procedure only (policies.cases);
# a notice that is withdrawn leads back to the investigation (policies.withdrawing).
VALID_CASE_TRANSITIONS: dict[str, tuple[str, ...]] = {
    CaseState.PROPOSED: (CaseState.OPEN, CaseState.REFUSED),
    CaseState.REFUSED: (),
    CaseState.OPEN: (CaseState.REPORTED, CaseState.TRANSFERRED, CaseState.DECIDED),
    CaseState.REPORTED: (CaseState.REVIEWED, CaseState.OPEN),
    CaseState.REVIEWED: (CaseState.TOLD, CaseState.DROPPED),
    CaseState.TOLD: (CaseState.DECIDED, CaseState.DROPPED, CaseState.OPEN),
    CaseState.DECIDED: (CaseState.FULFILLED, CaseState.REVOKED),
    CaseState.FULFILLED: (CaseState.CLOSED, CaseState.REVOKED),
    CaseState.DROPPED: (CaseState.CLOSED,),
    CaseState.TRANSFERRED: (CaseState.CLOSED,),
    CaseState.REVOKED: (CaseState.CLOSED,),
    CaseState.CLOSED: (),
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


class ProposalState(models.TextChoices):
    """A proposal to expose or to list waits until somebody takes it up or dismisses it, or its ground falls away."""

    OPEN = "open", "待处理"
    TAKEN = "taken", "已采纳"
    DISMISSED = "dismissed", "不采纳"
    WITHDRAWN = "withdrawn", "已撤回"


VALID_PROPOSAL_TRANSITIONS: dict[str, tuple[str, ...]] = {
    ProposalState.OPEN: (ProposalState.TAKEN, ProposalState.DISMISSED, ProposalState.WITHDRAWN),
    ProposalState.TAKEN: (),
    ProposalState.DISMISSED: (),
    ProposalState.WITHDRAWN: (),
}
