"""Forms of the register of enterprises."""

from enterprises.forms.facts import ListForm, PenaltyForm, PermitForm, UnlistForm
from enterprises.forms.merging import DismissForm, MergeForm
from enterprises.forms.register import ClassifyForm, CodeForm, EnterpriseForm, NewEnterpriseForm, StateForm
from enterprises.forms.words import WORDS, changed_word_form, word_form

__all__ = [
    "WORDS",
    "ClassifyForm",
    "CodeForm",
    "DismissForm",
    "EnterpriseForm",
    "ListForm",
    "MergeForm",
    "NewEnterpriseForm",
    "PenaltyForm",
    "PermitForm",
    "StateForm",
    "UnlistForm",
    "changed_word_form",
    "word_form",
]
