"""Who may read an issued document at the desk."""

from __future__ import annotations

from collections.abc import Callable

from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.errors import Refusal

READERS = (Role.CLERK, Role.APPROVER, Role.HEAD, Role.SUPERVISOR, Role.INSPECTOR)
_rules: dict[str, Callable[[User, str], bool]] = {}
_readers: dict[str, Callable[[User, IssuedDocument], None]] = {}
_withdrawals: dict[str, Callable[[IssuedDocument], bool]] = {}


def register_visibility(subject_kind: str, rule: Callable[[User, str], bool]) -> None:
    """The app that owns a subject decides who may read its documents: `rule(user, key)`."""
    _rules[subject_kind] = rule


def register_reading(subject_kind: str, hook: Callable[[User, IssuedDocument], None]) -> None:
    """The app that owns a subject may refuse a reading (its volume is filed), and writes it down."""
    _readers[subject_kind] = hook


def register_withdrawal(subject_kind: str, rule: Callable[[IssuedDocument], bool]) -> None:
    """The app that owns a subject knows which of its documents were taken back: `rule(document)`."""
    _withdrawals[subject_kind] = rule


def is_taken_back(document: IssuedDocument) -> bool:
    """Whether this document was withdrawn and binds nobody any more."""
    rule = _withdrawals.get(document.subject_kind)
    return rule is not None and rule(document)


def before_reading(user: User, document: IssuedDocument) -> None:
    """Called when a document is opened at the desk, after `check_may_read_document`."""
    hook = _readers.get(document.subject_kind)
    if hook is not None:
        hook(user, document)


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
