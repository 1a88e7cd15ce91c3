"""The register while a long import holds it: whoever comes then is told at once instead of waiting for minutes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

from enterprises.models import Enterprise
from shuangsuiji.audit.authorship import authored
from shuangsuiji.lib.errors import Refusal

_Arguments = ParamSpec("_Arguments")
_Answer = TypeVar("_Answer")
LONGEST_WAIT = "2s"
"""A small import is over by then."""
BUSY = "名录正在导入，现在不能保存：请等导入完成（“导入记录”里可以看进度）后再保存一次，填写的内容还在这一页上。"


def changes_register(service: Callable[_Arguments, _Answer]) -> Callable[_Arguments, _Answer]:
    """An authored service that writes enterprises; refused while an import holds their table."""

    @wraps(service)
    def inside(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Answer:
        check_nobody_imports()
        return service(*args, **kwargs)

    return authored(inside)


def check_nobody_imports() -> None:
    """Take the lock any change needs, waiting for a moment only. Inside a transaction, whose end gives it back."""
    table = connection.ops.quote_name(Enterprise._meta.db_table)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LONGEST_WAIT])
            cursor.execute(f"LOCK TABLE {table} IN ROW EXCLUSIVE MODE")
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise Refusal(BUSY) from error
        raise
