"""Log lines: JSON in production, readable text while developing.

No log line carries a name from a draw; callers log numbers and ids only.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.typing import Processor

_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
]


# Links and receipts are keys: a log that holds them opens what they open.
_KEYS = re.compile(r"(^|[\s\"'(=]|https?://[^/\s\"']+)/(letter|witness|visit|documents|feedback/receipt)/[^/\s\"'?#]+")


def mask_keys(logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Whatever line it is: /letter/<token>/ becomes /letter/…/."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = _KEYS.sub(r"\1/\2/…", value)
    return event


def logging_config(*, debug: bool) -> dict:
    """The `LOGGING` setting: one handler to standard error."""
    renderer = structlog.dev.ConsoleRenderer() if debug else structlog.processors.JSONRenderer(ensure_ascii=False)
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            mask_keys,
            renderer,
        ],
        "foreign_pre_chain": _SHARED,
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "fontTools": {"level": "WARNING"},
            "weasyprint": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "ERROR"},
        },
    }


def configure_structlog() -> None:
    """Send structlog's own events through the standard handlers."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
