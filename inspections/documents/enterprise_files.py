"""一企一档 on paper: what the register and the visits hold of one enterprise; persons and numbers in part only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from enterprises.models import Enterprise, ListMembership, Permit
from enterprises.selectors.facts import FileFacts
from inspections.documents.words import day, problem_text
from inspections.models import Case, Dossier, ItemResult, Task
from inspections.selectors import officers_of
from shuangsuiji.audit.history import Change
from shuangsuiji.lib.credit_code import mask_person_name
from shuangsuiji.lib.masking import mask_phone


def enterprise_file_context(
    enterprise: Enterprise,
    *,
    facts: FileFacts,
    changes: Iterable[Change],
    checks: Iterable[Task],
    findings: Iterable[ItemResult],
    volumes: Iterable[Dossier],
    cases: Iterable[Case],
    on: dt.date,
) -> dict[str, Any]:
    """The whole sheet, as plain values."""
    return {
        "kind_name": "一企一档",
        "issued_on": day(on),
        "enterprise": _registered(enterprise) | _supervised(enterprise, facts) | _reached_by(enterprise),
        "former_names": [{"name": one.name, "until": day(one.used_until)} for one in facts.former_names],
        "permits": [_permit(one, on=on) for one in facts.permits],
        "memberships": [_membership(one) for one in facts.memberships],
        "penalties": [
            {"on": day(one.decided_on), "number": one.document_number, "source": one.source} for one in facts.penalties
        ],
        "risk_steps": [
            {"on": day(step.at.date()), "before": step.before, "after": step.after, "who": step.who, "why": step.why}
            for step in facts.risk_steps
        ],
        "checks": [_check(task) for task in checks],
        "findings": [_finding(result) for result in findings],
        "cases": [_case(one) for one in cases],
        "volumes": [_volume(one) for one in volumes],
        "changes": [_change(one) for one in changes],
    }


def _registered(one: Enterprise) -> dict[str, Any]:
    return {
        "name": one.name,
        "credit_code": one.credit_code,
        "registered_on": day(one.registered_on),
        "organisation_type": one.organisation_type,
        "capital": one.capital,
        "address": one.address,
        "township": one.township.name if one.township else "",
        "business_scope": one.business_scope,
        "state": one.get_state_display(),
    }


def _supervised(one: Enterprise, facts: FileFacts) -> dict[str, Any]:
    experts = f"{one.expert_count_wanted} 名" if one.expert_count_wanted else "不需要"
    return {
        "field": one.field.name if one.field else "未确认",
        "risk_class": one.get_risk_class_display() or "未定",
        "level": one.get_enforcing_level_display(),
        "size": one.get_size_display(),
        "industry": f"{one.industry_code} {facts.industry.name}" if facts.industry else one.industry_code,
        "is_key": one.is_key,
        "hazards": facts.hazards,
        "features": facts.features,
        "experts": experts,
        "last_checked_on": day(one.last_checked_on),
    }


def _reached_by(one: Enterprise) -> dict[str, Any]:
    return {
        "representative": mask_person_name(one.representative),
        "contact_name": mask_person_name(one.contact_name),
        "contact_phone": mask_phone(one.contact_phone),
    }


def _permit(one: Permit, *, on: dt.date) -> dict[str, Any]:
    ended = one.expires_on is not None and one.expires_on < on
    state = "已注销" if one.is_withdrawn else "已过期" if ended else "有效"
    values = {"kind": one.kind, "number": one.number, "issuer": one.issuer, "state": state}
    return {**values, "starts_on": day(one.starts_on), "expires_on": day(one.expires_on)}


def _membership(one: ListMembership) -> dict[str, Any]:
    values = {"name": str(one.special_list), "reason": one.reason, "end_reason": one.end_reason}
    return {**values, "starts_on": day(one.starts_on), "ends_on": day(one.ends_on)}


def _check(task: Task) -> dict[str, Any]:
    return {
        "number": task.number,
        "draw": task.drawn.draw.title,
        "visited_on": day(task.visited_on or task.visit_on),
        "officers": [one["name"] for one in officers_of(task)],
        "state": task.get_state_display(),
    }


def _finding(result: ItemResult) -> dict[str, Any]:
    return {
        "number": result.record.task.number,
        "on": day(result.record.task.visited_on),
        "text": problem_text(result),
        "hazard": result.get_hazard_display(),
        "rectify_by": day(result.rectify_by),
        "rectified_on": day(result.rectified_on),
    }


def _case(one: Case) -> dict[str, Any]:
    return {
        "number": one.number,
        "cause": one.cause,
        "filed_on": day(one.filed_on),
        "outcome": one.penalty_text if one.decided_on else "",
        "state": one.get_state_display(),
    }


def _volume(one: Dossier) -> dict[str, Any]:
    return {
        "archive_number": one.archive_number or "",
        "number": one.task.number,
        "state": one.get_state_display(),
        "page_count": one.page_count,
        "sha256": one.sha256,
    }


def _change(one: Change) -> dict[str, Any]:
    parts = [f"{part.label}：{part.before or '（空）'} → {part.after or '（空）'}" for part in one.parts]
    return {
        "on": day(one.at.date()),
        "who": one.who,
        "what": f"{one.verb}{one.subject}",
        "parts": parts,
        "why": one.why,
    }
