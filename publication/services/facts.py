"""Where the facts of each kind come from. A draft is written from them, and brought up to date by them again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from draws.models import Draw
from inspections.models import Task
from inspections.states import TaskState
from publication import contents
from publication.disclosure import notice_content, public_enterprise, result_content
from publication.exposing import exposure_content
from publication.models import Listing, Publication
from publication.periods import Period
from publication.selectors import check_with_findings, chosen_on, items_in_force, officers_in_office, tasks_to_announce
from publication.selectors.statistics import figures_of, is_empty
from publication.states import PublicationState
from shuangsuiji.lib.deadlines import latest_publication_on
from shuangsuiji.lib.errors import Refusal

Kind = Publication.Kind


@dataclass(frozen=True)
class Facts:
    """What the data say: the proposed words, the snapshot, whom it names, and the last day in time."""

    title: str
    introduction: str
    content: dict
    enterprise_ids: tuple[int, ...] = field(default=())
    must_publish_by: dt.date | None = None


def notice_facts(draw: Draw, *, told_by: Publication | None = None) -> Facts:
    """The advance notice of a draw; with `told_by`, the correction of a notice that stands.

    In time it has to be for those who were not told yet. Who was told in time is not told anew: once announced,
    a visit moves to later days only.
    """
    tasks = list(tasks_to_announce(draw, told_by=told_by))
    untold = [task.visit_on for task in tasks if task.state == TaskState.ASSIGNED]
    return Facts(
        title=_notice_title(tasks, way="重点检查" if draw.is_named else "双随机检查"),
        introduction=_notice_introduction(draw, tasks),
        content=notice_content(draw, tasks=tasks),
        enterprise_ids=tuple(task.enterprise_id for task in tasks),
        must_publish_by=latest_publication_on(min(untold)) if untold else None,
    )


def result_facts(task: Task) -> Facts:
    """The result of a check."""
    content = result_content(task)
    counts = content["counts"]
    return Facts(
        title=f"{content['enterprise']['name']}检查结果",
        introduction=(
            f"本次检查事项{len(content['results'])}项，合格{counts['passed']}项，"
            f"不合格{counts['failed']}项，不涉及{counts['absent']}项。"
        ),
        content=content,
        enterprise_ids=(task.enterprise_id,),
    )


def handling_facts(task: Task) -> Facts:
    """What was ordered after a check, and what became of it."""
    content = contents.handling_content(check_with_findings(task.pk))
    return Facts(
        title=f"{content['enterprise']['name']}查处结果",
        introduction=f"检查发现的问题已责令限期整改，共{len(content['orders'])}份指令书，{content['outcome']}。",
        content=content,
        enterprise_ids=(task.enterprise_id,),
    )


def exposure_facts(task: Task, *, ground: str, facts: str = "") -> Facts:
    """An enterprise that left its duties undone; `facts` are the proposal's, for a person to edit before approval."""
    content = exposure_content(check_with_findings(task.pk), ground=ground)
    name = content["enterprise"]["name"]
    return Facts(
        title=f"关于{name}{content['ground_label']}的曝光",
        introduction=_exposed(f"{name}{content['ground_label']}{_undone(content)}", facts=facts),
        content=content,
        enterprise_ids=(task.enterprise_id,),
    )


def _exposed(what: str, *, facts: str) -> str:
    told = facts.strip().rstrip("。")
    return f"{what}。经查，{told}。现予曝光。" if told else f"{what}，现予曝光。"


def _undone(content: dict) -> str:
    """Concealment is told as such; what is still to be put right is counted for the other grounds."""
    if content["ground"] == Listing.Ground.CONCEALED:
        return ""
    return f"，未按要求完成整改的事项{len(content['hazards'])}项"


def listing_facts(listing: Listing) -> Facts:
    """An enterprise that enters the list."""
    content = contents.listing_content(listing)
    name = content["enterprise"]["name"]
    return Facts(
        title=f"{name}列入安全生产严重失信主体名单",
        introduction=(
            f"{name}因{content['ground_label']}受到行政处罚（{content['penalty_number']}），"
            "经告知并听取陈述申辩，决定列入安全生产严重失信主体名单，现予公布。"
        ),
        content=content,
        enterprise_ids=(listing.enterprise_id,),
    )


def removal_facts(listing: Listing) -> Facts:
    """An enterprise that leaves the list before its term: on its application, or because the decision was revoked."""
    content = contents.removal_content(listing)
    name = content["enterprise"]["name"]
    return Facts(
        title=f"{name}移出安全生产严重失信主体名单",
        introduction=(
            f"将{name}列入安全生产严重失信主体名单的决定已经撤销，现予公布。"
            if content["is_revoked"]
            else f"{name}已纠正违法行为、履行法定义务，经申请并审查，决定提前移出安全生产严重失信主体名单。"
        ),
        content=content,
        enterprise_ids=(listing.enterprise_id,),
    )


def items_facts(*, on: dt.date) -> Facts:
    """The list of items that may be checked."""
    content = contents.items_content(items_in_force(on=on), on=on)
    if not content["item_count"]:
        raise Refusal("还没有已公布的检查事项，请先在“事项清单”里公布事项，再起草清单。")
    return Facts(
        title=f"随机抽查事项清单（{on.year}年{on.month}月）",
        introduction=f"我局随机抽查事项共{content['item_count']}项，未列入本清单的事项不得开展检查，现予公布。",
        content=content,
    )


def officers_facts(*, on: dt.date) -> Facts:
    """The officers who may be sent."""
    content = contents.officers_content(officers_in_office(on=on), on=on)
    if not content["officer_count"]:
        raise Refusal("名录库里没有执法证在有效期内的在岗人员，请先维护执法人员名录库。")
    return Facts(
        title=f"执法检查人员名录（{on.year}年{on.month}月）",
        introduction=f"我局具备执法资格的检查人员共{content['officer_count']}人，检查时须出示执法证件。",
        content=content,
    )


def statistics_facts(period: Period) -> Facts:
    """The figures of a period that is over."""
    if period.last_day >= timezone.localdate():
        raise Refusal(f"{period.name}还没有结束，期满后才能起草统计。请选择已经结束的期间。", field="period")
    content = figures_of(period)
    if is_empty(content):
        raise Refusal(f"{period.name}没有抽取、检查和期限，没有可以公布的数字。请核对期间。", field="period")
    return Facts(
        title=f"{period.name}双随机抽查统计",
        introduction=f"现将我局{period.name}“双随机、一公开”工作情况公布如下。",
        content=content,
    )


def facts_for(publication: Publication) -> Facts:
    """The facts of a draft as the data stand now."""
    return _SOURCES[Kind(publication.kind)](publication)


def _day_of(publication: Publication) -> dt.date:
    return dt.date.fromisoformat(publication.content["on"])


def _draw(publication: Publication) -> Draw:
    assert publication.draw, "this kind is of a draw"
    return publication.draw


def _told_by(publication: Publication) -> Publication | None:
    """The notice that stands: this one, or the one that this corrects."""
    return next(
        (one for one in (publication, publication.corrects) if one and one.state == PublicationState.PUBLISHED), None
    )


def _task(publication: Publication) -> Task:
    assert publication.task, "this kind is of a check"
    return publication.task


def _listing(publication: Publication) -> Listing:
    assert publication.listing, "this kind is of a listing"
    return publication.listing


_SOURCES: dict[Kind, Callable[[Publication], Facts]] = {
    Kind.NOTICE: lambda one: notice_facts(_draw(one), told_by=_told_by(one)),
    Kind.RESULT: lambda one: result_facts(_task(one)),
    Kind.HANDLING: lambda one: handling_facts(_task(one)),
    Kind.EXPOSURE: lambda one: exposure_facts(_task(one), ground=one.content["ground"]),
    Kind.LISTING: lambda one: listing_facts(_listing(one)),
    Kind.REMOVAL: lambda one: removal_facts(_listing(one)),
    Kind.ITEMS: lambda one: items_facts(on=_day_of(one)),
    Kind.OFFICERS: lambda one: officers_facts(on=_day_of(one)),
    Kind.STATISTICS: lambda one: statistics_facts(Period.read(one.content["period"])),
}


def register_source(kind: Kind, source: Callable[[Publication], Facts]) -> None:
    """Another room's kind (the yearly plan) says where its facts come from."""
    _SOURCES[kind] = source


def has_source(kind: str) -> bool:
    """Whether drafts of this kind can be brought up to date from the data."""
    return kind in _SOURCES


def _notice_title(tasks: Iterable[Task], *, way: str) -> str:
    named = list(tasks)
    if not named:
        raise Refusal("这次抽取没有有效的检查对象，无法起草公告。")
    first = public_enterprise(named[0].enterprise)["name"]
    return f"关于对{first}{'' if len(named) == 1 else f'等{len(named)}家企业'}开展{way}的公告"


def _notice_introduction(draw: Draw, tasks: list[Task]) -> str:
    drawn_on = chosen_on(draw)
    if draw.is_named:
        return (
            f"按照我局{draw.visits_from.year}年度安全生产监督检查计划，对计划确定的重点检查单位开展检查"
            f"（批号 {draw.number}），现将检查对象、检查内容、检查时间和相关要求公告如下。"
        )
    return (
        f"按照“双随机、一公开”工作要求，我局于{drawn_on.year}年{drawn_on.month}月{drawn_on.day}日公开抽取"
        f"检查对象{len(tasks)}家（抽取台账号 {draw.number}），现将检查对象、检查内容、检查时间和相关要求公告如下。"
    )
