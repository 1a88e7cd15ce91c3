"""The demo bureau: every stage is reached by the services, the same seed gives the same draw, names are fictitious."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from draws.models import Draw, DrawnEnterprise
from enterprises.models import Enterprise
from inspections.models import Dossier, Task
from inspectors.models import Expert, Inspector
from publication.models import Letter, Publication
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.audit.selectors import chain_fault
from shuangsuiji.demo.register import WORDS
from shuangsuiji.demo.world import build

NOON = dt.datetime(2026, 6, 15, 4, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def drawn_codes() -> list[str]:
    rows = DrawnEnterprise.objects.order_by("draw__number", "position")
    return list(rows.values_list("enterprise__credit_code", flat=True))


def test_the_whole_world_holds_one_round_of_every_kind():
    build(None, seed=1, now=timezone.now())
    states = list(Draw.objects.order_by("number").values_list("mode", "state"))
    assert states == [("announced", "drawn"), ("announced", "drawn"), ("covert", "drawn"), ("announced", "sealed")]
    assert Dossier.objects.filter(state="locked").count() == 1
    assert Letter.objects.filter(issued_at__isnull=True).count() == 0
    assert set(Role.values) <= {role for user in User.objects.all() for role in user.role_codes}
    assert chain_fault() is None


def test_every_name_says_that_it_is_none():
    build("planned", seed=1, now=NOON)
    marks = (*WORDS, "未分类")
    assert all(any(mark in name for mark in marks) for name in Enterprise.objects.values_list("name", flat=True))
    people = [*Inspector.objects.values_list("name", flat=True), *Expert.objects.values_list("name", flat=True)]
    assert all(any(mark in name for mark in ("示例", "样本", "虚构", "虚拟", "示范", "样例")) for name in people)


@pytest.mark.parametrize(
    ("stage", "draws", "notices", "visited", "results"),
    [
        ("planned", [], 0, 0, 0),
        ("sealed", ["sealed"], 0, 0, 0),
        ("drawn", ["drawn"], 0, 0, 0),
        ("noticed", ["drawn"], 1, 0, 0),
        ("inspected", ["drawn"], 1, 6, 0),
        ("published", ["drawn"], 1, 6, 6),
    ],
)
def test_a_stage_goes_so_far_and_no_further(stage, draws, notices, visited, results):
    build(stage, seed=1, now=NOON)
    public = Publication.objects.filter(published_at__isnull=False)
    assert list(Draw.objects.values_list("state", flat=True)) == draws
    assert public.filter(kind="notice").count() == notices
    assert Task.objects.filter(visited_on__isnull=False).count() == visited
    assert public.filter(kind="result").count() == results


def test_it_is_built_in_an_empty_database_only(capsys):
    User.objects.create_user("somebody", "x", name="张示例")
    call_command("seed_demo", "--if-empty")
    assert "已有数据" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        call_command("seed_demo", "--stage", "planned")
    assert not Enterprise.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_seed_draws_the_same(transactional_db, django_db_blocker):
    from django.db import transaction

    found = []
    for _ in range(2):
        with transaction.atomic():
            build("drawn", seed=7, now=NOON)
            found.append(drawn_codes())
            transaction.set_rollback(True)
    assert found[0] == found[1] != []
