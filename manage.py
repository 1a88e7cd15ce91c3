#!/usr/bin/env python
"""Django's command line."""

from __future__ import annotations

import os
import sys

# The application's own role owns no table; only these commands change tables.
OWNER_COMMANDS = {"flush", "migrate", "pgtrigger", "sqlflush"}


def main() -> None:
    """Run one command, as the database's owner where it changes tables."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuangsuiji.settings")
    owner = os.environ.get("OWNER_DATABASE_URL")
    if owner and sys.argv[1:2] and sys.argv[1] in OWNER_COMMANDS:
        os.environ["DATABASE_URL"] = owner
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
