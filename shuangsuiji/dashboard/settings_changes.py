"""The rules of the house change with two people: the office proposes, an approver lets it take effect.

Nothing works backwards: a rule begins today or later. A year that nobody has confirmed yet may be filled
in by the office; its confirmation is the second person's. Every later change of one of its days waits too.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role, check_somebody_else
from shuangsuiji.audit.services import record
from shuangsuiji.dashboard.models import SettingProposal
from shuangsuiji.lib import services
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import CalendarDay, CalendarYear, DeadlineRule
from shuangsuiji.lib.public_words import check_public_words
from shuangsuiji.notifications.services import notify, notify_role

Kind, State = SettingProposal.Kind, SettingProposal.State
_NO_SOURCE = frozenset({"无", "没有", "暂无", "不详", "未知", "同上"})
SHORTEST_SOURCE = 4


@transaction.atomic
def propose_rule(code: str, *, valid_from: dt.date, by: User, today: dt.date, **terms: Any) -> SettingProposal:
    """Ask for a new version of a deadline rule, from today or a later day on."""
    check_role(by, Role.CLERK)
    rule = DeadlineRule.objects.filter(code=code, valid_to=None).first()
    if rule is None:
        raise Refusal(f"没有代码为“{code}”的期限规则：请从列表中选择。", field="code")
    _check_begins(rule, valid_from=valid_from, today=today)
    _check_source(terms.get("source", rule.source))
    check_public_words(name=terms.get("name", ""), source=terms.get("source", ""))
    kept = {name: value for name, value in terms.items() if value != getattr(rule, name)}
    if not kept:
        raise Refusal("和现行的规则一样，没有要改的内容。", field="amount")
    return _propose(Kind.RULE, code, terms={**terms, "valid_from": valid_from.isoformat()}, label=rule.name, by=by)


def _check_begins(rule: DeadlineRule, *, valid_from: dt.date, today: dt.date) -> None:
    if valid_from < today:
        raise Refusal("规则不能改到以前：生效日请填今天或以后的日期。", field="valid_from")
    if valid_from <= rule.valid_from:
        raise Refusal(f"新版本的生效日应晚于现行版本的生效日（{rule.valid_from:%Y-%m-%d}）。", field="valid_from")


def _check_source(source: str) -> None:
    if source.strip() in _NO_SOURCE or len(source.strip()) < SHORTEST_SOURCE:
        raise Refusal("请写明依据：法律、文件的名称和条款，或者本机关的哪次决定。", field="source")


@transaction.atomic
def propose_year(year: int, *, source: str, by: User) -> SettingProposal:
    """Enter a year if it is missing, and ask that somebody else compare it with the State Council's notice."""
    check_role(by, Role.CLERK)
    _check_source(source)
    services.add_year(year, source=source, by=by)
    if CalendarYear.objects.filter(year=year, is_confirmed=True, source=source).exists():
        raise Refusal(f"{year}年的日历已经按这份依据确认过。", field="year")
    return _propose(Kind.YEAR, str(year), terms={"source": source}, label=f"{year}年日历", by=by)


@transaction.atomic
def change_day(on: dt.date, *, kind: str, name: str, by: User) -> SettingProposal | None:
    """A day off, or a weekend worked (`kind` empty: an ordinary day again).

    In a year not confirmed yet it is entered at once (None); later it waits for somebody else.
    """
    check_role(by, Role.CLERK)
    if not CalendarYear.objects.filter(year=on.year, is_confirmed=True).exists():
        _apply_day(on, kind=kind, name=name, by=by)
        return None
    if kind:
        services.check_day(on, kind=kind, name=name)
    label = f"{on:%Y-%m-%d} {name}".strip()
    return _propose(Kind.DAY, on.isoformat(), terms={"kind": kind, "name": name}, label=label, by=by)


def _apply_day(on: dt.date, *, kind: str, name: str, by: User) -> None:
    if kind:
        services.set_day(on, kind=kind, name=name, by=by)
    else:
        services.clear_day(on, by=by)


def _propose(kind: str, subject: str, *, terms: dict[str, Any], label: str, by: User) -> SettingProposal:
    standing = SettingProposal.objects.filter(kind=kind, subject=subject, state=State.OPEN).first()
    if standing is not None:
        raise Refusal(f"“{label}”已有一项修改等待{standing.asked_by.name}以外的人确认，请先处理那一项。")
    proposal = SettingProposal.objects.create(
        kind=kind, subject=subject, terms=terms, label=label[:80], asked_by=by, asked_at=timezone.now()
    )
    notify_role(
        Role.APPROVER,
        key=f"setting.proposed:{proposal.pk}",
        subject=f"设置修改待确认：{proposal.label}",
        link=reverse("settings"),
    )
    record("setting.proposed", by=by, target=proposal, kind=kind, subject=subject, terms=terms)
    return proposal


@transaction.atomic
def confirm_setting(proposal: SettingProposal, *, by: User, now: dt.datetime | None = None) -> SettingProposal:
    """Let it take effect; never one's own, and never from a day that has passed meanwhile."""
    now = now or timezone.now()
    proposal = _locked(proposal)
    check_may_decide_setting(proposal, by=by)
    _take_effect(proposal, by=by, today=timezone.localdate(now))
    _decide(proposal, State.CONFIRMED, by=by, now=now)
    return proposal


@transaction.atomic
def refuse_setting(
    proposal: SettingProposal, *, reason: str, by: User, now: dt.datetime | None = None
) -> SettingProposal:
    """Everything stays as it is; the reason goes to who asked."""
    proposal = _locked(proposal)
    check_may_decide_setting(proposal, by=by)
    if not reason.strip():
        raise Refusal("请写明不同意的理由，提出人才知道改哪里。", field="reason")
    proposal.reason = reason.strip()[:300]
    _decide(proposal, State.REFUSED, by=by, now=now or timezone.now())
    return proposal


def check_may_decide_setting(proposal: SettingProposal, *, by: User) -> None:
    """An approver or the head, and not who proposed it."""
    check_role(by, Role.APPROVER, Role.HEAD)
    check_somebody_else(by, drafted_by=proposal.asked_by)
    if proposal.state != State.OPEN:
        raise Refusal(f"这项修改已经{proposal.get_state_display()}。请刷新页面。")


def _locked(proposal: SettingProposal) -> SettingProposal:
    return SettingProposal.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=proposal.pk)


def _take_effect(proposal: SettingProposal, *, by: User, today: dt.date) -> None:
    terms = dict(proposal.terms)
    if proposal.kind == Kind.RULE:
        begins = dt.date.fromisoformat(terms.pop("valid_from"))
        if begins < today:
            raise Refusal("约定的生效日已经过去，规则不能改到以前：请退回，按新的生效日重新提出。")
        services.set_rule(proposal.subject, valid_from=begins, by=by, **terms)
    elif proposal.kind == Kind.YEAR:
        services.confirm_year(int(proposal.subject), source=terms["source"], by=by)
    else:
        _apply_day(dt.date.fromisoformat(proposal.subject), kind=terms["kind"], name=terms["name"], by=by)


def _decide(proposal: SettingProposal, state: str, *, by: User, now: dt.datetime) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, now
    proposal.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    notify(
        key=f"setting.{state}:{proposal.pk}",
        users=[proposal.asked_by],
        subject=f"设置修改{proposal.get_state_display()}：{proposal.label}",
        link=reverse("settings"),
    )
    record(f"setting.{state}", by=by, target=proposal, kind=proposal.kind, subject=proposal.subject)


def open_settings() -> list[tuple[SettingProposal, list[str]]]:
    """What waits, with each change in words: 现行 → 改为."""
    rows = SettingProposal.objects.filter(state=State.OPEN).select_related("asked_by").order_by("asked_at", "id")
    return [(row, _in_words(row)) for row in rows]


def _in_words(proposal: SettingProposal) -> list[str]:
    terms = proposal.terms
    if proposal.kind == Kind.YEAR:
        return [f"按国务院办公厅通知核对后确认，依据：{terms['source']}"]
    if proposal.kind == Kind.DAY:
        now = CalendarDay.objects.filter(on=proposal.subject).first()
        before = f"{now.get_kind_display()}（{now.name}）" if now else "普通日期"
        after = f"{CalendarDay.Kind(terms['kind']).label}（{terms['name']}）" if terms["kind"] else "普通日期"
        return [f"{before} → {after}"]
    return [*_rule_in_words(proposal), f"生效日：{terms['valid_from']}"]


def _rule_in_words(proposal: SettingProposal) -> list[str]:
    rule = DeadlineRule.objects.filter(code=proposal.subject, valid_to=None).first()
    names = {name: DeadlineRule._meta.get_field(name).verbose_name for name in proposal.terms if name != "valid_from"}
    said = [
        (label, _shown(rule, name), _shown(DeadlineRule(**{name: proposal.terms[name]}), name))
        for name, label in names.items()
    ]
    return [f"{label}：{before} → {after}" for label, before, after in said if before != after]


def _shown(rule: DeadlineRule | None, name: str) -> str:
    if rule is None:
        return "—"
    if name == "unit":
        return rule.get_unit_display()
    value = getattr(rule, name)
    return ("是" if value else "否") if isinstance(value, bool) else str(value)
