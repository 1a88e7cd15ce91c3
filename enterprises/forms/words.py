"""The vocabularies of the register, edited row by row."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.forms import ModelForm, modelform_factory

from enterprises.models import Hazard, IndustryClass, SpecialList, TechnicalFeature
from shuangsuiji.lib.forms import DeskModelForm
from shuangsuiji.lib.models import FieldAlias, TownshipAlias


@dataclass(frozen=True)
class Word:
    """One vocabulary: its table, the columns people edit, and what it is for."""

    model: type[models.Model]
    columns: tuple[str, ...]
    hint: str

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.model._meta.verbose_name)


WORDS = {
    "hazards": Word(Hazard, ("name", "position"), "企业涉及的危险因素，可在登记、导入和筛选时选用。"),
    "features": Word(
        TechnicalFeature, ("name", "position"), "企业的技术特点和专家的专长用同一张表，抽取时据此匹配专家。"
    ),
    "lists": Word(SpecialList, ("name", "meaning", "position"), "企业可列入的名单；“重点检查单位”供计划和抽取使用。"),
    "industries": Word(
        IndustryClass,
        ("code", "name", "field", "is_confirmed", "note"),
        "国民经济行业分类（GB/T 4754）对应的监管领域，用来建议，由人确认；代码越长越优先，领域留空表示不归本机关监管。",
    ),
    "field-aliases": Word(
        FieldAlias, ("name", "field"), "表格里对监管领域的通用说法，例如“危化品”；导入时读作规范名称，并在预览里写明。"
    ),
    "aliases": Word(
        TownshipAlias, ("name", "township", "is_confirmed"), "地址里还在用的旧乡镇名；已核实的用来判断企业所在乡镇。"
    ),
}
"""By their name in the address."""


def word_form(kind: str) -> type[ModelForm]:
    """The form for a new row of a vocabulary."""
    word = WORDS[kind]
    return modelform_factory(word.model, form=DeskModelForm, fields=word.columns)


def changed_word_form(kind: str) -> type[ModelForm]:
    """The form for a row that is there."""
    return word_form(kind)
