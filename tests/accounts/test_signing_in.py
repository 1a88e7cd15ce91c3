"""Signing in, being locked out, and the limits of a session."""

import time

import pytest
from django.urls import reverse

from shuangsuiji.accounts.middleware import SEEN_AT, SIGNED_IN_AT
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from tests.factories.accounts import PASSWORD, UserFactory, person_with

pytestmark = pytest.mark.django_db


def sign_in(client, username, password=PASSWORD):
    return client.post(reverse("login"), {"username": username, "password": password})


def test_it_signs_in_and_leaves_a_line_in_the_trail(client):
    user = person_with(Role.CLERK)
    assert sign_in(client, user.username).url == reverse("desk_home")
    assert AuditEvent.objects.filter(action="account.signed_in", actor_key=str(user.pk)).count() == 1


def test_it_locks_an_account_after_five_failures_and_says_what_to_do(client):
    user = UserFactory()
    for _ in range(5):
        response = sign_in(client, user.username, "wrong-password-1")
    assert response.status_code == 429
    assert "暂时锁定" in response.content.decode()
    assert sign_in(client, user.username).status_code == 429
    assert AuditEvent.objects.filter(action="account.locked_out").exists()


def test_it_does_not_tell_whether_a_login_name_exists(client):
    user = UserFactory()
    known = sign_in(client, user.username, "wrong-password-1").content.decode()
    unknown = sign_in(client, "nobody-here", "wrong-password-1").content.decode()
    assert "登录名或密码不正确" in known
    assert "登录名或密码不正确" in unknown


@pytest.mark.parametrize(("clock", "limit"), [(SEEN_AT, 31 * 60), (SIGNED_IN_AT, 12 * 3600 + 60)])
def test_a_session_ends_after_idleness_and_after_a_working_day(client, clock, limit):
    client.force_login(person_with(Role.CLERK))
    session = client.session
    session[clock] = time.time() - limit
    session.save()
    assert client.get(reverse("desk_home")).url.startswith(reverse("login"))


def test_a_password_set_by_somebody_else_must_be_changed_first(client):
    user = UserFactory(must_change_password=True)
    client.force_login(user)
    assert client.get(reverse("desk_home")).url == reverse("password_change")
    changed = {"old_password": PASSWORD, "new_password1": "quiet-river-58", "new_password2": "quiet-river-58"}
    assert client.post(reverse("password_change"), changed).url == reverse("desk_home")
    user.refresh_from_db()
    assert user.check_password("quiet-river-58")
    assert not user.must_change_password


def test_the_new_password_may_not_be_the_old_one(client):
    client.force_login(UserFactory(must_change_password=True))
    same = {"old_password": PASSWORD, "new_password1": PASSWORD, "new_password2": PASSWORD}
    assert "不能与原密码相同" in client.post(reverse("password_change"), same).content.decode()


def test_signing_out_is_a_post(client):
    client.force_login(UserFactory())
    assert client.get(reverse("logout")).status_code == 405
    assert client.post(reverse("logout")).url == reverse("login")


def test_an_endless_login_name_is_just_a_wrong_one(client):
    assert "登录名或密码不正确" in sign_in(client, "x" * 5000).content.decode()
