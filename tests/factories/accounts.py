"""People who sign in."""

from __future__ import annotations

import factory
from django.contrib.auth.hashers import make_password

from shuangsuiji.accounts.models import Department, Role, User, UserRole

PASSWORD = "duck-lantern-47"
_HASH = make_password(PASSWORD)


class DepartmentFactory(factory.django.DjangoModelFactory):
    """A department of the bureau."""

    class Meta:
        model = Department

    code = factory.Sequence(lambda n: f"dept-{n}")
    name = factory.Sequence(lambda n: f"示例科室{n}")


class UserFactory(factory.django.DjangoModelFactory):
    """`UserFactory(roles=[Role.CLERK])`; the password is `PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    name = factory.Sequence(lambda n: f"示例人员{n}")
    password = _HASH
    must_change_password = False

    @factory.post_generation
    def roles(self, create, extracted, **kwargs):
        for role in extracted or ():
            UserRole.objects.create(user=self, role=role)


def person_with(*roles: Role, **fields) -> User:
    """An account with these roles."""
    return UserFactory(roles=roles, **fields)
