"""The steps of drafting. Each form reads its part of a draft and gives back what changed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from draws.models import Draw, DrawSource, Plan
from draws.rules import KIND_WORDS, MOST_MONTHS, PENALTY_WORDS, WHOLE, Penalties, PoolRules, Share
from draws.selectors.drafting import StratumRow, stratum_rows
from draws.selectors.preparation import group_counts
from draws.selectors.range import rules_of
from draws.services import SourceWanted
from draws.services.drafting import SSQ_ISSUE
from draws.states import PlanState
from enterprises.models import Enterprise, Hazard, RiskClass, SpecialList
from shuangsuiji.accounts.models import ADMIN_ROLES, Department, User
from shuangsuiji.lib.forms import WithinYears
from shuangsuiji.lib.models import SupervisedField, TechnicalFeature, Township

SOURCE_ROWS = 6
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

BY_COUNT, BY_SHARE = "count", "share"
UNITS = [(BY_COUNT, "家"), (BY_SHARE, "%")]
EVENT_ROWS = 2
EVENT_COLUMNS = (("event", "种类"), ("title", "名称"), ("issue", "期号"), ("at", "公布时间"))
WITNESS_KINDS = [one for one in DrawSource.Kind.choices if one[0] != DrawSource.Kind.EVENT]
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
MOST_TAKEN, MOST_VISITS = 1_000_000, 1_000


def business_people():
    """Accounts that take part in the bureau's work, as witnesses or as cleared people."""
    people = User.objects.filter(is_active=True).exclude(roles__role__in=ADMIN_ROLES).order_by("name", "username")
    return people.prefetch_related("roles")


def _several(queryset, label: str, **more: Any) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        queryset, label=label, required=False, widget=forms.CheckboxSelectMultiple, to_field_name="code", **more
    )


def _some(choices, label: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(choices=choices, label=label, required=False, widget=forms.CheckboxSelectMultiple)


class StepForm(WithinYears, forms.Form):
    """One step: `initial_of` a draft, and `changes` for the service."""

    def __init__(self, data=None, *, draw: Draw | None = None, today=None, initial=None) -> None:
        self.draw, self.today = draw, today
        super().__init__(data, initial=self.initial_of(draw) if draw else initial)
        self.prepare()

    def prepare(self) -> None:
        """Fields that depend on the draft."""

    @staticmethod
    def initial_of(draw: Draw) -> dict[str, Any]:
        """What the form shows of the draft."""
        raise NotImplementedError

    def changes(self) -> dict[str, Any]:
        """What the service is to change."""
        return self.cleaned_data


class PeopleField(forms.ModelMultipleChoiceField):
    """People with their roles: who is cleared is chosen by what they do."""

    def label_from_instance(self, obj: User) -> str:
        roles = "、".join(role.get_role_display() for role in obj.roles.all())
        return f"{obj.name}（{roles}）" if roles else obj.name


class BasicsForm(StepForm):
    """基本信息."""

    title = forms.CharField(label="名称", max_length=120, help_text="例如：二〇二六年第十二批双随机抽取")
    plan = forms.ModelChoiceField(
        Plan.objects.filter(state__in=(PlanState.APPROVED, PlanState.PUBLISHED)),
        label="年度计划",
        required=False,
        empty_label="（不属于年度计划）",
    )
    mode = forms.ChoiceField(label="公开方式", choices=Draw.Mode.choices, widget=forms.RadioSelect)
    visits_from = forms.DateField(label="检查开始", widget=DATE)
    visits_to = forms.DateField(label="检查结束", widget=DATE)
    cleared_people = PeopleField(
        User.objects.none(),
        label="知情人员",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="用于“暗查后公开”和“通知即检查”：除起草人、审批人外，公开或通知企业之前只有选中的人能看到抽中的名单。",
    )

    def prepare(self) -> None:
        self.fields["cleared_people"].queryset = business_people()

    @staticmethod
    def initial_of(draw: Draw) -> dict[str, Any]:
        names = ("title", "plan", "mode", "visits_from", "visits_to")
        return {name: getattr(draw, name) for name in names} | {"cleared_people": draw.cleared_people.all()}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        start, end = given.get("visits_from"), given.get("visits_to")
        if start and end and end < start:
            self.add_error("visits_to", "检查结束日期不能早于开始日期。")
        if given.get("mode") == Draw.Mode.ANNOUNCED:
            given["cleared_people"] = []
        return given

    def changes(self) -> dict[str, Any]:
        return self.cleaned_data | {"cleared_people": list(self.cleaned_data["cleared_people"])}


class RangeForm(StepForm):
    """抽取范围: nothing ticked in a list means no limit."""

    fields_wanted = _several(SupervisedField.objects.all(), "监管领域")
    townships = _several(Township.objects.all(), "乡镇")
    risk_classes = _some(RiskClass.choices, "风险等级")
    sizes = _some(Enterprise.Size.choices, "规模")
    levels = _some(Enterprise.Level.choices, "监管层级")
    kind = forms.ChoiceField(
        label="检查类别", choices=[(str(kind), words) for kind, words in KIND_WORDS.items()], widget=forms.RadioSelect
    )
    months_unchecked = forms.IntegerField(
        label="剔除近几个月内已抽查的",
        min_value=0,
        max_value=MOST_MONTHS,
        help_text="填 0 表示不剔除。按检查期间计算，其他批次即将检查的也会剔除。",
    )

    lists = _several(
        SpecialList.objects.exclude(code=SpecialList.KEY), "专项名单", help_text="选了就只抽名单上的企业。"
    )
    hazards = _several(Hazard.objects.all(), "危险因素")
    features = _several(TechnicalFeature.objects.all(), "技术特点")
    penalties = forms.ChoiceField(
        label="行政处罚",
        choices=[(str(one), words) for one, words in PENALTY_WORDS.items()],
        widget=forms.RadioSelect,
        required=False,
        help_text="今年指检查开始日所在的年度。",
    )

    @staticmethod
    def initial_of(draw: Draw) -> dict[str, Any]:
        rules = rules_of(draw)
        return {
            "lists": rules.list_codes,
            "hazards": rules.hazard_codes,
            "features": rules.feature_codes,
            "penalties": rules.penalties,
            "fields_wanted": rules.field_codes,
            "townships": rules.township_codes,
            "risk_classes": rules.risk_classes,
            "sizes": rules.sizes,
            "levels": rules.levels,
            "kind": rules.kind,
            "months_unchecked": rules.months_unchecked,
        }

    def changes(self) -> dict[str, Any]:
        given, rules = self.cleaned_data, rules_of(self.draw).to_json()
        rules |= {
            "field_codes": [one.code for one in given["fields_wanted"]],
            "township_codes": [one.code for one in given["townships"]],
            "list_codes": [one.code for one in given["lists"]],
            "hazard_codes": [one.code for one in given["hazards"]],
            "feature_codes": [one.code for one in given["features"]],
            "penalties": given["penalties"] or Penalties.ANY,
            "kind": given["kind"],
            **{name: given[name] for name in ("risk_classes", "sizes", "levels", "months_unchecked")},
        }
        return {"rules": PoolRules.from_json(rules)}


class StrataForm(StepForm):
    """分层与数量: a count or a share for each field and risk class, or one share for all."""

    share = forms.IntegerField(label="各层统一比例（%）", min_value=1, max_value=WHOLE, required=False)
    drops_small_strata = forms.BooleanField(
        label="按比例不足一家的层不抽", required=False, help_text="不选时，按比例抽取的层只要有企业，就至少抽一家。"
    )

    def prepare(self) -> None:
        self.rows = stratum_rows(self.draw) if self.draw else []
        for row in self.rows:
            self.fields[row.key] = forms.IntegerField(
                label=_name(row),
                min_value=0,
                max_value=MOST_TAKEN,
                required=False,
                initial=row.wanted_share or row.take,
            )
            self.fields[row.unit_key] = forms.ChoiceField(
                label=f"{_name(row)}的单位",
                choices=UNITS,
                required=False,
                initial=BY_SHARE if row.wanted_share else BY_COUNT,
            )

    @staticmethod
    def initial_of(draw: Draw) -> dict[str, Any]:
        return {"drops_small_strata": rules_of(draw).drops_small_strata}

    def lines(self) -> list[tuple[StratumRow, Any, Any]]:
        """Each row of the table with its bound fields: the number and its unit."""
        return [(row, self[row.key], self[row.unit_key]) for row in self.rows]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "by_share" in self.data and not given.get("share"):
            self.add_error("share", f"请填写 1 到 {WHOLE} 的比例，再按比例填写各层。")
        for row in self.rows:
            number = given.get(row.key) or 0
            if given.get(row.unit_key) == BY_SHARE and number > WHOLE:
                self.add_error(row.key, f"比例请填 1 到 {WHOLE}。")
            elif given.get(row.unit_key) != BY_SHARE and number > row.pool_count:
                self.add_error(row.key, f"候选只有 {row.pool_count} 家，抽不了 {number} 家。")
        return given

    def takes(self) -> dict[StratumRow, int | Share]:
        """The count or share of each row."""
        given = self.cleaned_data
        if "by_share" in self.data and (share := given.get("share")):
            return {row: Share(share) for row in self.rows if row.pool_count}
        return {row: self._take(row) for row in self.rows}

    def _take(self, row: StratumRow) -> int | Share:
        number = self.cleaned_data.get(row.key) or 0
        return Share(number) if number and self.cleaned_data.get(row.unit_key) == BY_SHARE else number

    def changes(self) -> dict[str, Any]:
        rules = rules_of(self.draw).to_json() | {"drops_small_strata": self.cleaned_data["drops_small_strata"]}
        strata = {(row.field, row.risk_class): take for row, take in self.takes().items()}
        return {"strata": strata, "rules": PoolRules.from_json(rules)}


def _name(row: StratumRow) -> str:
    return f"{row.field.name} {row.risk_label} 抽取数量"


class OfficersForm(StepForm):
    """执法人员."""

    inspectors_per_enterprise = forms.IntegerField(
        label="每家执法人员", min_value=2, max_value=20, help_text="法定不少于 2 名。"
    )
    officer_mode = forms.ChoiceField(label="派员方式", choices=Draw.OfficerMode.choices, widget=forms.RadioSelect)
    departments = _several(
        Department.objects.all(), "人员来自", help_text="不选表示本机关各部门；选协作部门即为跨部门联合抽查。"
    )
    officer_limit = forms.IntegerField(
        label="每人最多家数",
        min_value=0,
        max_value=MOST_VISITS,
        help_text="填 0 表示按名录库里各人的上限；填了数，取两者中较小的。",
    )

    @staticmethod
    def initial_of(draw: Draw) -> dict[str, Any]:
        rules = rules_of(draw)
        return {
            "inspectors_per_enterprise": draw.inspectors_per_enterprise,
            "officer_mode": draw.officer_mode,
            "departments": rules.department_codes,
            "officer_limit": rules.officer_limit,
        }

    def changes(self) -> dict[str, Any]:
        given, rules = self.cleaned_data, rules_of(self.draw).to_json()
        rules |= {
            "department_codes": [one.code for one in given["departments"]],
            "officer_limit": given["officer_limit"],
        }
        columns = {name: given[name] for name in ("inspectors_per_enterprise", "officer_mode")}
        return columns | {"rules": PoolRules.from_json(rules)}


class ExpertsForm(StepForm):
    """专家."""

    asks_experts = forms.BooleanField(
        label="本批抽取专家", required=False, help_text="每家的人数按名录库里“需要专家数”，从相同专业领域抽取。"
    )
    fewest_experts = forms.IntegerField(label="每家至少", min_value=0, max_value=10, help_text="填 0 表示按企业需要。")
    expert_limit = forms.IntegerField(
        label="每名专家最多家数", min_value=0, max_value=MOST_VISITS, help_text="填 0 表示按专家库里各人的上限。"
    )
    matches_features = forms.BooleanField(
        label="专家须懂企业的技术特点",
        required=False,
        help_text="企业登记了技术特点的，只派技术专长里至少有一项相同的专家。",
    )

    @staticmethod
    def initial_of(draw: Draw) -> dict[str, Any]:
        rules = rules_of(draw)
        names = ("asks_experts", "fewest_experts", "expert_limit", "matches_features")
        return {name: getattr(rules, name) for name in names}

    def changes(self) -> dict[str, Any]:
        return {"rules": PoolRules.from_json(rules_of(self.draw).to_json() | self.cleaned_data)}


class ItemsForm(StepForm):
    """检查事项: how many of each group are drawn for each enterprise."""

    def prepare(self) -> None:
        takes = self.draw.items_per_group if self.draw else {}
        departments = rules_of(self.draw).department_codes if self.draw else ()
        self.groups = group_counts(today=self.today, departments=departments)
        for group, count in self.groups:
            self.fields[group.code] = forms.IntegerField(
                label=str(group), min_value=0, max_value=count, required=False, initial=takes.get(group.code, 0)
            )

    @staticmethod
    def initial_of(draw: Draw) -> dict[str, Any]:
        return {}

    def lines(self) -> list[tuple[Any, int, Any]]:
        """Each group with the number of its published items and its bound field."""
        return [(group, count, self[group.code]) for group, count in self.groups]

    def changes(self) -> dict[str, Any]:
        takes = {group.code: self.cleaned_data.get(group.code) or 0 for group, _ in self.groups}
        return {"items_per_group": {code: take for code, take in takes.items() if take}}


class WitnessesForm(StepForm):
    """见证与时间: the sources of the seed, the last day to draw, what enterprises are asked for."""

    carry_out_by = forms.DateField(label="须在此日前抽取", widget=DATE, help_text="过期未抽，公开台账会标为逾期。")
    requirements = forms.CharField(
        label="相关要求",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写给被检查企业，一行一条，会印在公告和通知书里。",
    )

    def prepare(self) -> None:
        existing = list(self.draw.sources.all()) if self.draw else []
        people = [one for one in existing if one.kind != DrawSource.Kind.EVENT]
        events = [one for one in existing if one.kind == DrawSource.Kind.EVENT]
        accounts = business_people()
        for number in range(1, SOURCE_ROWS + 1):
            self._add_row(number, people[number - 1] if number <= len(people) else None, accounts)
        for number in range(1, EVENT_ROWS + 1):
            self._add_event(number, events[number - 1] if number <= len(events) else None)

    def _add_row(self, number: int, source: DrawSource | None, people) -> None:
        self.fields[f"name-{number}"] = forms.CharField(
            label=f"来源 {number} 名称", max_length=60, required=False, initial=source.name if source else ""
        )
        self.fields[f"kind-{number}"] = forms.ChoiceField(
            label=f"来源 {number} 方式",
            choices=WITNESS_KINDS,
            required=False,
            initial=source.kind if source else DrawSource.Kind.LINK,
        )
        self.fields[f"user-{number}"] = forms.ModelChoiceField(
            people,
            label=f"来源 {number} 账号",
            required=False,
            empty_label="（不用账号）",
            initial=source.user_id if source else None,
        )

    def _add_event(self, number: int, source: DrawSource | None) -> None:
        self.fields[f"event-{number}"] = forms.ChoiceField(
            label=f"公开事件 {number} 种类",
            choices=[("", "（不用）"), *DrawSource.Event.choices],
            required=False,
            initial=source.event if source else "",
        )
        self.fields[f"title-{number}"] = forms.CharField(
            label=f"公开事件 {number} 名称",
            max_length=60,
            required=False,
            initial=source.name if source and source.event == DrawSource.Event.OTHER else "",
        )
        self.fields[f"issue-{number}"] = forms.CharField(
            label=f"公开事件 {number} 期号", max_length=30, required=False, initial=source.issue if source else ""
        )
        self.fields[f"at-{number}"] = forms.DateTimeField(
            label=f"公开事件 {number} 公布时间",
            required=False,
            widget=MOMENT,
            initial=timezone.localtime(source.published_at) if source else None,
        )

    @staticmethod
    def initial_of(draw: Draw) -> dict[str, Any]:
        return {"carry_out_by": draw.carry_out_by, "requirements": draw.requirements}

    def lines(self) -> list[tuple[int, Any, Any, Any]]:
        """The three fields of each witness."""
        return [
            (number, self[f"name-{number}"], self[f"kind-{number}"], self[f"user-{number}"])
            for number in range(1, SOURCE_ROWS + 1)
        ]

    def events(self) -> list[list[tuple[str, Any]]]:
        """The four fields of each public event, each under its heading."""
        return [
            [(words, self[f"{name}-{number}"]) for name, words in EVENT_COLUMNS] for number in range(1, EVENT_ROWS + 1)
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for number in range(1, SOURCE_ROWS + 1):
            by_account = given.get(f"kind-{number}") == DrawSource.Kind.ACCOUNT
            if given.get(f"name-{number}") and by_account and not given.get(f"user-{number}"):
                self.add_error(f"user-{number}", "用账号见证的来源，请选定见证人的账号。")
        for number in range(1, EVENT_ROWS + 1):
            self._check_event(number, given)
        return given

    def _check_event(self, number: int, given: dict[str, Any]) -> None:
        kind = given.get(f"event-{number}")
        if not kind:
            return
        if not given.get(f"at-{number}") and f"at-{number}" not in self.errors:
            self.add_error(f"at-{number}", "请填写公布时间：须在封存之后、抽取期限之前。")
        if kind == DrawSource.Event.SSQ and not SSQ_ISSUE.fullmatch(given.get(f"issue-{number}") or ""):
            self.add_error(f"issue-{number}", "双色球的期号是 7 位数字，例如 2026135。")
        if kind == DrawSource.Event.OTHER and not given.get(f"title-{number}"):
            self.add_error(f"title-{number}", "请写明是哪一项公布的数值，例如“某日上证指数收盘点位”。")

    def changes(self) -> dict[str, Any]:
        given = self.cleaned_data
        witnesses = [self._source(number) for number in range(1, SOURCE_ROWS + 1) if given.get(f"name-{number}")]
        events = [self._event(number) for number in range(1, EVENT_ROWS + 1) if given.get(f"event-{number}")]
        return {
            "carry_out_by": given["carry_out_by"],
            "requirements": given["requirements"],
            "sources": [*witnesses, *events],
        }

    def _source(self, number: int) -> SourceWanted:
        given = self.cleaned_data
        kind = given[f"kind-{number}"] or DrawSource.Kind.LINK
        user = given[f"user-{number}"] if kind == DrawSource.Kind.ACCOUNT else None
        return SourceWanted(name=given[f"name-{number}"], kind=kind, user=user)

    def _event(self, number: int) -> SourceWanted:
        given = self.cleaned_data
        return SourceWanted(
            name=given[f"title-{number}"],
            kind=DrawSource.Kind.EVENT,
            event=given[f"event-{number}"],
            issue=given[f"issue-{number}"],
            published_at=given[f"at-{number}"],
        )
