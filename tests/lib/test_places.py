"""An address that names its county is taken at its word."""

import pytest

from shuangsuiji.lib.places import names_another_county

OURS = ("", "示例省示例市示范县", "示例市示范县", "示范县", "示例省示范县城关园区", "示范县工业开发区")
ANOTHERS = ("示例省示例市邻县", "邻县", "远方省远方市示范县", "示例市南区", "示例市邻族自治县")


@pytest.fixture
def _ours(settings):
    settings.BUREAU_DISTRICT = "示例省示例市示范县"


@pytest.mark.usefixtures("_ours")
@pytest.mark.parametrize("address", OURS)
def test_ours_is_ours(address):
    assert not names_another_county(address)


@pytest.mark.usefixtures("_ours")
@pytest.mark.parametrize("address", ANOTHERS)
def test_anothers_is_anothers(address):
    assert names_another_county(address)


def test_where_nobody_said_what_is_ours_nothing_is_anothers(settings):
    settings.BUREAU_DISTRICT = ""
    assert not names_another_county("远方省远方市邻县")
