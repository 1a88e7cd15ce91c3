"""What is kept beside the rows: permits, lists, former names, a suspicion of a duplicate, people's own words."""

from __future__ import annotations

import datetime as dt

from enterprises.models import Enterprise, Hazard, TechnicalFeature
from enterprises.services import (
    add_to_list,
    create_enterprise,
    find_duplicates,
    record_penalty,
    save_permit,
    set_risk_class,
    take_off_list,
    update_enterprise,
)
from inspectors.services import add_absence, declare_interest, update_expert
from shuangsuiji.accounts.models import User
from shuangsuiji.demo.clock import at, moment
from shuangsuiji.demo.people import People
from shuangsuiji.lib.credit_code import with_check_characters

DANGERS = {
    "hazchem": (("major_hazard", "flammable_liquid"), ("chemical_process", "storage_tanks")),
    "fireworks": (("fireworks_powder",), ("pyrotechnics",)),
    "mining": (("high_slope",), ("blasting_mining",)),
    "machinery": (("combustible_dust",), ("dust_explosion_proof", "machinery_guarding")),
    "light": (("ammonia_refrigeration", "confined_space"), ("refrigeration",)),
}
PERMITS = {"hazchem": "危险化学品经营许可证", "fireworks": "烟花爆竹经营许可证", "mining": "安全生产许可证"}


def build_facts(people: People, *, today: dt.date) -> None:
    """A register that has been kept for three months, by the clerk."""
    clerk = people.staff["clerk"]
    rows = list(Enterprise.objects.select_related("field").order_by("credit_code"))
    with at(moment(today - dt.timedelta(days=80), 10)):
        for number, row in enumerate(rows):
            _describe(row, number=number, today=today, by=clerk)
    _change(rows, today=today, by=clerk)
    with at(moment(today - dt.timedelta(days=12), 15)):
        _double(rows[0], by=clerk)
    _about_people(people, rows[3], today=today)


def _describe(row: Enterprise, *, number: int, today: dt.date, by: User) -> None:
    """Hazards and features by field for every other one, permits that end at different days."""
    code = row.field.code if row.field else ""
    if code in DANGERS and number % 2 == 0:
        hazards, features = DANGERS[code]
        update_enterprise(
            row.pk,
            by=by,
            hazards=Hazard.objects.filter(code__in=hazards),
            features=TechnicalFeature.objects.filter(code__in=features),
        )
    if code in PERMITS:
        ends = today + dt.timedelta(days=(-20, 35, 400, 700)[number % 4])
        numbered = f"示例许字〔{ends.year - 3}〕{number + 1:03d}号"
        save_permit(row.pk, kind=PERMITS[code], number=numbered, issuer="示例市应急管理局", expires_on=ends, by=by)


def _change(rows: list[Enterprise], *, today: dt.date, by: User) -> None:
    """Another name, another class, lists joined and left, a penalty from elsewhere."""
    food = next(row for row in rows if row.field and row.field.code == "light")
    with at(moment(today - dt.timedelta(days=70), 9)):
        update_enterprise(food.pk, name=food.name.replace("示范", "示范百味"), by=by)
        add_to_list(rows[1].pk, list_code="accident", reason="示例：发生一般事故", on=today - dt.timedelta(70), by=by)
        add_to_list(rows[2].pk, list_code="key", reason="示例：年度计划点名", on=today - dt.timedelta(70), by=by)
    with at(moment(today - dt.timedelta(days=45), 11)):
        set_risk_class([food.pk], risk_class="B", reason="示例：新增氨制冷设施", by=by)
        take_off_list(rows[1].pk, list_code="accident", reason="示例：整改验收合格", on=today - dt.timedelta(45), by=by)
        record_penalty(
            enterprise=rows[4],
            decided_on=today - dt.timedelta(days=50),
            document_number=f"示市监罚〔{today.year}〕7号",
            source="示例市市场监督管理局",
            by=by,
        )


def _double(row: Enterprise, *, by: User) -> None:
    """The same enterprise once more, under the code of its former registration."""
    create_enterprise(
        credit_code=with_check_characters(f"92999900{row.credit_code[8:16]}"),
        name=row.name,
        address=row.address,
        township=row.township,
        by=by,
    )
    find_duplicates(by=by)


def _about_people(people: People, enterprise: Enterprise, *, today: dt.date) -> None:
    clerk, (officer, expert) = people.staff["clerk"], (people.officers[2], people.experts[0])
    with at(moment(today - dt.timedelta(days=40), 10)):
        update_expert(expert.pk, features=TechnicalFeature.objects.filter(code__in=["chemical_process"]), by=clerk)
        leave = {"starts_on": today + dt.timedelta(days=60), "ends_on": today + dt.timedelta(days=66)}
        add_absence(people.experts[1].pk, reason="示例：外出授课", by=clerk, **leave)
        declare_interest(
            officer,
            credit_code=enterprise.credit_code,
            enterprise_name=enterprise.name,
            reason="示例：近亲属在该企业任职",
            on=today - dt.timedelta(days=40),
            by=officer.account,
        )
