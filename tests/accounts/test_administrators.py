"""三员分立: three administrators, none of whom can act in the business."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from shuangsuiji.accounts.models import Role, User, UserRole
from shuangsuiji.accounts.services import assign_roles, create_account, reset_password, update_account
from shuangsuiji.lib.errors import Refusal
from tests.factories.accounts import PASSWORD, UserFactory, person_with

pytestmark = pytest.mark.django_db


def test_the_database_keeps_administrators_out_of_business():
    user = person_with(Role.CLERK)
    with pytest.raises(IntegrityError, match="administrators_hold_no_other_role"), transaction.atomic():
        UserRole.objects.create(user=user, role=Role.SYSADMIN)


def test_two_business_roles_may_stand_on_one_account():
    user = UserFactory()
    assign_roles(user, roles=[Role.CLERK, Role.INSPECTOR], by=person_with(Role.SECADMIN))
    assert set(user.roles.values_list("role", flat=True)) == {"clerk", "inspector"}


def test_mixing_an_administrator_with_business_is_refused_with_a_sentence():
    with pytest.raises(Refusal, match="三员分立"):
        assign_roles(UserFactory(), roles=[Role.CLERK, Role.AUDITADMIN], by=person_with(Role.SECADMIN))


def test_nobody_gives_roles_to_themselves():
    secadmin = person_with(Role.SECADMIN)
    with pytest.raises(Refusal, match="不能给自己分配角色"):
        assign_roles(secadmin, roles=[Role.SYSADMIN], by=secadmin)


@pytest.mark.parametrize("role", [Role.CLERK, Role.SECADMIN, Role.AUDITADMIN])
def test_only_the_system_administrator_makes_accounts(role):
    with pytest.raises(Refusal, match="系统管理员"):
        create_account(username="new", name="新示例", password=PASSWORD, by=person_with(role))


def test_a_taken_login_name_and_a_weak_password_are_named():
    admin = person_with(Role.SYSADMIN)
    create_account(username="zhangshili", name="张示例", password=PASSWORD, by=admin)
    with pytest.raises(Refusal, match="已有人使用"):
        create_account(username="zhangshili", name="张示例", password=PASSWORD, by=admin)
    with pytest.raises(Refusal) as weak:
        create_account(username="lishili", name="李示例", password="12345", by=admin)
    assert weak.value.field == "password"


def test_a_reset_password_must_be_changed_at_the_next_sign_in():
    user = UserFactory()
    reset_password(user, password="first-lamp-66", by=person_with(Role.SYSADMIN))
    user.refresh_from_db()
    assert user.must_change_password
    assert user.check_password("first-lamp-66")


def test_a_system_administrator_does_not_switch_themselves_off():
    admin = person_with(Role.SYSADMIN)
    with pytest.raises(Refusal, match="不能停用自己"):
        update_account(admin, by=admin, name=admin.name, email="", department=None, is_active=False)


def test_a_new_account_in_the_browser_keeps_what_was_typed(client):
    client.force_login(person_with(Role.SYSADMIN))
    typed = {"username": "坏 名字", "name": "张示例", "password": PASSWORD}
    page = client.post(reverse("account_create"), typed).content.decode()
    assert "登录名须为" in page
    assert "张示例" in page
    typed["username"] = "zhangshili"
    assert client.post(reverse("account_create"), typed).url == reverse("account_list")
    assert User.objects.get(username="zhangshili").must_change_password
