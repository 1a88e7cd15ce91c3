"""The yearly plan as the public reads it: figures as facts, tasks and named units as tables. Nothing else leaves."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as date_format

from draws.models import Plan, PlanLine, PlanUnit
from draws.selectors.plans import load_of
from publication.disclosure import public_enterprise


def plan_content(plan: Plan) -> dict[str, Any]:
    """Facts, tables and paragraphs of one version of a plan."""
    units = list(plan.units.select_related("enterprise__field", "enterprise__township").prefetch_related("partners"))
    tables = [_tasks(plan), _units(units) if units else None, _joint(units)]
    return {
        "facts": _facts(plan),
        "tables": [table for table in tables if table],
        "paragraphs": [line.strip() for line in plan.note.splitlines() if line.strip()],
    }


def _facts(plan: Plan) -> list[dict[str, str]]:
    load = load_of(plan)
    rows = [
        ("国家法定工作日", f"{plan.working_days:,} 天"),
        ("执法人员数", f"{plan.officer_count:,} 人"),
        ("其他执法工作日", f"{plan.other_enforcement_days:,} 人·日"),
        ("非执法工作日", f"{plan.non_enforcement_days:,} 人·日"),
        ("监督检查工作日", f"{plan.capacity_days:,} 人·日"),
        ("每次检查占用工作日", f"{plan.days_per_check} 人·日"),
        ("一般检查（双随机抽取）", f"{load.general_count:,} 家"),
        ("重点检查单位", f"{load.named_count:,} 次"),
        ("一般检查每家每年次数", f"{plan.frequency} 次"),
        ("每家企业年度检查上限", f"{plan.yearly_cap} 次"),
    ]
    if plan.reason:
        rows.append(("调整原因", plan.reason))
    return [{"label": label, "value": value} for label, value in rows]


def _tasks(plan: Plan) -> dict[str, Any] | None:
    lines = list(plan.lines.select_related("field"))
    if not lines:
        return None
    enterprises, planned = (
        sum(getattr(line, name) for line in lines) for name in ("enterprise_count", "planned_count")
    )
    rows = [
        [
            line.field.name,
            line.get_risk_class_display(),
            line.enterprise_count,
            line.planned_count,
            _share(line),
        ]
        for line in lines
    ]
    rows.append(["合计", "", enterprises, planned, _per_cent(planned, of=enterprises)])
    head = ["监管领域", "风险等级", "企业数", "计划检查家数", "比例"]
    return {"caption": "一般检查任务", "head": head, "rows": rows}


def _share(line: PlanLine) -> str:
    """The share of a stratum that is to be checked: as it was set, else as the count comes to."""
    return f"{line.share}%" if line.share else _per_cent(line.planned_count, of=line.enterprise_count)


def _per_cent(count: int, *, of: int) -> str:
    return f"{100 * count / of:.1f}%" if of else "—"


def _units(units: list[PlanUnit]) -> dict[str, Any]:
    rows = []
    for unit in units:
        shown = public_enterprise(unit.enterprise)
        month = f"{unit.month}月" if unit.month else "不定"
        rows.append([shown["name"], shown["credit_code"], shown["field"], shown["township"], unit.times, month])
    head = ["单位名称", "统一社会信用代码", "监管领域", "所在乡镇", "全年次数", "计划月份"]
    return {"caption": "重点检查单位", "head": head, "rows": rows}


def _joint(units: list[PlanUnit]) -> dict[str, Any] | None:
    joint = [(unit, [partner.name for partner in unit.partners.all()]) for unit in units]
    rows = [[public_enterprise(unit.enterprise)["name"], "、".join(names)] for unit, names in joint if names]
    if not rows:
        return None
    return {"caption": "综合查一次（几个部门一并检查，只计一次）", "head": ["单位名称", "协作部门"], "rows": rows}


def plan_introduction(plan: Plan) -> str:
    """The first sentence of the announcement."""
    approved = date_format(timezone.localtime(plan.approved_at), "Y年n月j日") if plan.approved_at else ""
    if plan.version > 1:
        return (
            f"{plan.year}年度安全生产监督检查计划经批准作第{plan.version}版调整（{approved}），"
            f"原因：{plan.reason}。前一版仍可查阅，自本版公布起停止执行。"
        )
    return (
        f"{plan.year}年度安全生产监督检查计划已经批准（{approved}），现予公布。"
        f"一般检查对象由双随机抽取产生；每家企业全年接受的检查不超过{plan.yearly_cap}次。"
    )
