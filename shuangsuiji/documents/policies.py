"""Who may read an issued document at the desk."""

from __future__ import annotations

from collections.abc import Callable

from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.errors import Refusal

READERS = (Role.CLERK, Role.APPROVER, Role.HEAD, Role.SUPERVISOR, Role.INSPECTOR)
_rules: dict[str, Callable[[User, str], bool]] = {}


def register_visibility(subject_kind: str, rule: Callable[[User, str], bool]) -> None:
    """The app that owns a subject decides who may read its documents: `rule(user, key)`."""
    _rules[subject_kind] = rule


def may_read_document(user: User, document: IssuedDocument) -> bool:
    """Whether this person may read it; without a rule a confidential one is its issuer's alone."""
    if not has_role(user, *READERS):
        return False
    rule = _rules.get(document.subject_kind)
    if rule is not None:
        return rule(user, document.subject_key)
    return not document.is_confidential or document.issued_by_id == user.pk


def check_may_read_document(user: User, document: IssuedDocument) -> None:
    """A document is read by those who may see what it is about."""
    if not may_read_document(user, document):
        raise Refusal("这份文书不在您的查看范围内；确需查看的，请与承办人联系。", status=403)
