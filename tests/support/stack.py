"""The real thing for journeys: gunicorn, a Celery worker and beat, mail into a sink."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from aiosmtpd.controller import Controller

from shuangsuiji import launch
from shuangsuiji.embedded import postgres
from tests.support import servers

T = TypeVar("T")
_numbers = count(8)


class MailSink:
    """An SMTP server on loopback that keeps every message."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())
        self._controller.start()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = message_from_bytes(envelope.original_content, policy=policy.default)
        self.messages.append(message)  # type: ignore[arg-type]
        return "250 OK"

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._controller.port}"

    def stop(self) -> None:
        self._controller.stop()


def _served(environment: dict[str, str]) -> dict[str, str]:
    """What `make run` gives to a process: everything but the owner of the tables."""
    return {name: value for name, value in environment.items() if name != launch.OWNER_ADDRESS}


class Stack:
    """Web, worker and beat as the Procfile starts them, against a database of their own."""

    def __init__(self, *, seeded: Seeded | None = None, **overrides: str) -> None:
        number = next(_numbers)
        self.folder = servers.run_dir() / f"stack{number}-{os.getpid()}"
        self.folder.mkdir()
        self.database = servers.copied_database(
            f"stack_{os.getpid()}_{number}", template=seeded.database if seeded else ""
        )
        if seeded:
            shutil.copytree(seeded.folder, self.folder, dirs_exist_ok=True)
        self.mail = MailSink()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = self._environment(number) | overrides
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def _environment(self, number: int) -> dict[str, str]:
        return {
            "DATABASE_URL": servers.database_url(self.database, role=postgres.APP),
            "OWNER_DATABASE_URL": servers.database_url(self.database, role=postgres.OWNER),
            "REDIS_URL": servers.redis_url(8 + number % 8),
            "DATA_DIR": str(self.folder),
            "STATIC_ROOT": str(servers.collected_static()),
            "DJANGO_SETTINGS_MODULE": "shuangsuiji.settings",
            "EMAIL_URL": self.mail.url,
            "BASE_URL": self.url,
            "PORT": str(self.port),
            "BEAT_SECONDS": "1",
            "WEB_WORKERS": "1",
            "JOB_WORKERS": "1",
            "DEBUG": "False",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }

    # Processes.

    def start(self, *names: str) -> Stack:
        """Start processes of the Procfile (all by default) and wait for the web one."""
        for name, command in procfile().items():
            if not names or name in names:
                self._start(name, command)
        if "web" in self.processes:
            self.wait_for(self._answers, seconds=60)
        return self

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        """Kill a process and its children, by default as a power cut would."""
        process = self.processes.pop(name)
        os.killpg(process.pid, number)
        process.wait(timeout=60)

    def stop(self) -> None:
        """End everything of this stack."""
        for process in self.processes.values():
            os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.processes.clear()
        self.mail.stop()

    def log(self, name: str) -> str:
        """What a process has written so far."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def peak_megabytes(self, name: str) -> float:
        """The most memory that one process of this name, itself or a child, has held so far."""
        group = self.processes[name].pid
        return max(_peak_of(folder) for folder in Path("/proc").glob("[0-9]*") if _is_in_group(folder, group))

    def _start(self, name: str, command: str) -> None:
        with open(self.folder / f"{name}.log", "ab") as log:
            self.processes[name] = subprocess.Popen(
                ["bash", "-c", command],
                cwd=servers.REPOSITORY,
                env=_served(os.environ | self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _answers(self) -> bool:
        if self.processes["web"].poll() is not None:
            raise AssertionError(f"gunicorn ended:\n{self.log('web')[-4000:]}")
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    # Looking in from outside.

    def manage(self, *words: str) -> str:
        """Run manage.py in this stack's environment."""
        return servers.manage(*words, environment=self.environment)

    def shell(self, code: str) -> str:
        """Run Python in this stack's Django; returns what it printed."""
        return self.manage("shell", "--no-imports", "-c", code)

    def sql(self, statement: str, *arguments: Any) -> list[tuple[Any, ...]]:
        """Ask this stack's database, as the owner."""
        with psycopg.connect(self.environment["OWNER_DATABASE_URL"], autocommit=True) as connection:
            cursor = connection.execute(statement, arguments or None)
            return cursor.fetchall() if cursor.description else []

    def wait_for(self, question: Callable[[], T], *, seconds: float = 30) -> T:
        """Ask until the answer is true; the logs' ends tell why it never was."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if answer := question():
                return answer
            time.sleep(0.2)
        ends = "\n".join(f"--- {name}\n{self.log(name)[-1500:]}" for name in self.processes)
        raise AssertionError(f"not within {seconds} s: {getattr(question, '__name__', question)}\n{ends}")


@dataclass(frozen=True)
class Seeded:
    """The demo world as `seed_demo` makes it: a database and a data folder that are only copied."""

    database: str
    folder: Path


def seeded(stage: str = "") -> Seeded:
    """Seed once a run, up to a stage or to the end, and copy from there."""
    name = f"run_seeded_{stage or 'whole'}"
    made = Seeded(name, servers.run_dir() / name)
    servers.make_once(name, lambda: _seed(made, ["--stage", stage] if stage else []))
    return made


def _seed(made: Seeded, words: list[str]) -> None:
    stack = Stack()
    try:
        stack.manage("seed_demo", *words)
    finally:
        stack.stop()
    servers.copied_database(made.database, template=stack.database)
    shutil.copytree(stack.folder, made.folder)


def _is_in_group(folder: Path, group: int) -> bool:
    try:
        return os.getpgid(int(folder.name)) == group
    except ProcessLookupError:
        return False


def _peak_of(folder: Path) -> float:
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", (folder / "status").read_text())
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def procfile() -> dict[str, str]:
    """The commands of the Procfile by name."""
    lines = (servers.REPOSITORY / "Procfile").read_text().splitlines()
    return {name: command.strip() for name, _, command in (line.partition(":") for line in lines if line.strip())}


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
