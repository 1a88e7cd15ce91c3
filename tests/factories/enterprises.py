"""Fictitious enterprises with right codes."""

from __future__ import annotations

import factory

from enterprises.derivation import sounds_of
from enterprises.models import Enterprise
from shuangsuiji.lib.credit_code import with_check_characters


def credit_code(number: int) -> str:
    """A right code that belongs to nobody: division 999999 does not exist."""
    return with_check_characters(f"91999999MA{number:06d}")


class EnterpriseFactory(factory.django.DjangoModelFactory):
    """An active enterprise without field or risk class."""

    class Meta:
        model = Enterprise

    credit_code = factory.Sequence(lambda number: credit_code(number + 100_000))
    name = factory.Sequence(lambda number: f"示范企业{number}有限公司")

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        return {**sounds_of(kwargs["name"]), **kwargs}
