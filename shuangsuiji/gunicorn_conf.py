"""Gunicorn: a few processes of a few threads, on loopback unless HOST says otherwise."""

from __future__ import annotations

import os
from pathlib import Path

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
# Whoever stops us waits five seconds (honcho) or ten (docker).
graceful_timeout = 4
# PDFs and workbooks leave memory behind: a worker lives only so long, and not two end at once.
max_requests = 2000
max_requests_jitter = 2000
# A long search in Chinese is three times as long in an address.
limit_request_line = 8190
# The heartbeat file must not wait for a slow disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 # nosec B108
# Its socket would lie in the home folder, one for every instance of the machine.
control_socket_disable = True
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
