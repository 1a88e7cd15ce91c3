"""What the component page shows: one specimen of every component, all of it invented."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import django_tables2 as tables
from django import forms

from shuangsuiji.lib import chips
from shuangsuiji.lib.forms import WithinYears

HASH = "9f2c41aa07d3e05b3c77a1d94e60b8215f0c9d7743aa1e2bb60f4d8851c7b8e1"
SEALED = dt.datetime.fromisoformat("2026-11-02T09:30:00+08:00")


class SpecimenForm(WithinYears, forms.Form):
    """One field of each sort."""

    title = forms.CharField(label="名称", help_text="公告和台账上显示这个名称。", max_length=60)
    count = forms.IntegerField(label="抽取家数", min_value=1)
    field = forms.ChoiceField(
        label="领域", choices=[("", "请选择"), ("chemicals", "危险化学品"), ("fireworks", "烟花爆竹")]
    )
    starts_on = forms.DateField(label="起检查日期", widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(
        label="方式", widget=forms.RadioSelect, choices=[("open", "事先告知"), ("covert", "不事先告知")]
    )
    is_joint = forms.BooleanField(label="与其他部门联合抽查", required=False)
    reason = forms.CharField(label="说明", widget=forms.Textarea(attrs={"rows": 3}), required=False)


class SpecimenFilterForm(forms.Form):
    """The form of a list's filters."""

    q = forms.CharField(label="名称或代码", required=False)
    field = forms.ChoiceField(label="领域", required=False, choices=[("", "全部"), ("chemicals", "危险化学品")])
    risk = forms.ChoiceField(label="风险", required=False, choices=[("", "全部"), ("C", "C 较高"), ("B", "B 一般")])


class SpecimenTable(tables.Table):
    """A register's list."""

    name = tables.Column("企业名称")
    code = tables.Column("统一社会信用代码", attrs={"td": {"class": "code"}})
    field = tables.Column("领域")
    risk = tables.Column("风险", orderable=False)
    checked_count = tables.Column("今年已查", attrs={"th": {"class": "num"}, "td": {"class": "num"}})
    state = tables.TemplateColumn(
        "{% load components %}{% state_chip record.state_label record.state %}", verbose_name="状态"
    )

    class Meta:
        attrs = {"data-columns": "specimens"}
        empty_text = "没有符合条件的企业。请放宽筛选条件。"
        order_by = "name"


def _enterprises() -> list[dict[str, object]]:
    names = ["示范化工有限公司", "样例精细化学品厂", "虚构加油站（一站）", "示例烟花爆竹专营有限公司", "样例采石场"]
    states = [
        ("active", "在营"),
        ("active", "在营"),
        ("suspended", "停产"),
        ("active", "在营"),
        ("moved", "迁出"),
    ]
    return [
        {
            "name": name,
            "code": f"91320000MA0000{i:02d}0X",
            "field": "危险化学品",
            "risk": "C 较高",
            "checked_count": i % 3,
            "state": state,
            "state_label": label,
        }
        for i, (name, (state, label)) in enumerate(zip(names, states, strict=True))
    ]


def _timeline() -> list[dict[str, object]]:
    return [
        {
            "title": "封存",
            "at": SEALED,
            "text": "名单、规则和在场人员的指纹已公布，之后一字不能改。",
            "hash": HASH,
            "state": "final",
        },
        {"title": "来源到齐", "at": SEALED + dt.timedelta(minutes=24), "text": "3 位见证人已投入。", "state": "done"},
        {
            "title": "抽取",
            "at": SEALED + dt.timedelta(minutes=25),
            "text": "抽出 18 家，执法人员 36 人次。",
            "state": "done",
        },
        {
            "title": "公告",
            "at": dt.date(2026, 11, 6),
            "text": "示应急检查〔2026〕31号",
            "url": "#",
            "url_label": "查看公告",
            "state": "now",
        },
        {"title": "检查", "state": "todo"},
        {"title": "结果", "state": "todo"},
    ]


def _lists() -> dict[str, object]:
    return {
        "tasks": [
            {"label": "现场检查方案", "url": "#", "status": "已批准", "tone": "done"},
            {"label": "检查记录", "url": "#", "status": "还有 3 天", "tone": "due", "hint": "2026年12月5日前提交"},
            {"label": "整改复查", "status": "尚不能开始", "tone": "idle"},
        ],
        "answers": [
            {"label": "名称", "value": "二〇二六年第十二批", "change_url": "#"},
            {
                "label": "抽取",
                "lines": ["危险化学品 C 较高：41 家中抽 6 家", "烟花爆竹 C 较高：27 家中抽 4 家"],
                "change_url": "#",
            },
            {"label": "见证人", "value": "", "change_url": "#"},
        ],
        "files": [
            {"name": "现场照片 1", "size": 1_300_000, "url": "#", "at": SEALED},
            {"name": "现场照片 2", "size": 860_000, "status": "等待上传", "tone": "due"},
        ],
        "tabs": [
            {"label": "将新增", "count": 412, "url": "#", "is_current": True},
            {"label": "将更新", "count": 36, "url": "#"},
            {"label": "有误", "count": 5, "url": "#"},
        ],
    }


def _figures() -> dict[str, object]:
    return {
        "stats": [
            {"label": "今年封存的抽取", "value": 12, "note": "截至 2026年11月22日"},
            {"label": "已检查企业", "value": 171, "note": "占计划 186 家的 92%"},
            {"label": "按期公开结果", "value": "171 / 171", "note": "逾期 0"},
            {"label": "作废的抽取", "value": 0, "note": "作废也留在台账上"},
        ],
        "pool": [
            ("名录库全部", 683),
            ("正常经营、已分类", 352),
            ("本批五个层", 214),
            ("近 6 个月未被检查", 196),
            ("未达年度上限", 187),
        ],
        "chart": {
            "kind": "bar",
            "says": "五个层都已完成过半，非煤矿山最慢：12 家中完成 7 家。",
            "caption": "各层计划与完成（家），截至 2026年11月22日",
            "head": ["层", "计划", "完成"],
            "rows": [
                ["危险化学品 C", 41, 38],
                ["危险化学品 B", 22, 20],
                ["烟花爆竹", 27, 26],
                ["非煤矿山", 12, 7],
                ["机械", 85, 80],
            ],
        },
    }


def _wizard() -> dict[str, object]:
    labels = ["基本信息", "抽取范围", "分层与数量", "执法人员", "专家", "检查事项", "见证与时间", "预演", "核对并提交"]
    states = ["done", "done", "now"]
    return {"steps": [{"label": label, "state": state} for label, state in zip(labels, states + [""] * 6, strict=True)]}


def _document() -> dict[str, object]:
    return {
        "index_number": "SLYJ-2026-00031",
        "issuer": "",
        "written_on": dt.date(2026, 11, 5),
        "published_at": dt.date(2026, 11, 6),
        "title": "关于对示范化工有限公司等 18 家企业开展双随机检查的公告",
        "number": "示应急检查〔2026〕31号",
    }


def components() -> dict[str, object]:
    """The context of the component page."""
    wrong = SpecimenForm({"title": "", "count": "0", "kind": "open", "starts_on": "2026-12-08"})
    words = ["已办结", "三天内到期", "已封存", "已逾期", "办理中", "已作废", "未开始"]
    return {
        "wrong_form": wrong,
        "filter": SimpleNamespace(form=SpecimenFilterForm()),
        "table": SpecimenTable(_enterprises()),
        "empty_table": SpecimenTable([]),
        "chip_tones": list(zip(chips.TONES, words, strict=True)),
        "events": _timeline(),
        "hash": HASH,
        "doc": _document(),
        "day": dt.date(2026, 12, 8),
        **_lists(),
        **_figures(),
        **_wizard(),
    }
