"""The folder of the embedded servers: passwords, ports, locks, and whom they run as."""

from __future__ import annotations

import fcntl
import importlib.util
import json
import os
import secrets
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOOPBACK = "127.0.0.1"
_CAP_DAC_READ_SEARCH = 2
_SECRETS = ("postgres", "owner", "app", "valkey", "secret_key")


class EmbeddedError(Exception):
    """The embedded servers cannot serve; the sentence says what to do."""


@dataclass(frozen=True)
class Home:
    """Where one pair of embedded servers lives. `scratch` trades durability for speed."""

    data_dir: Path
    scratch: bool = False

    @classmethod
    def at(cls, data_dir: str | os.PathLike[str], *, scratch: bool = False) -> Home:
        """Make the folder, closed to everybody else, with its passwords."""
        home = cls(data_dir=Path(data_dir).resolve(), scratch=scratch)
        home.folder.mkdir(parents=True, exist_ok=True)
        # Under root the servers' user must be able to walk through, not to look around.
        home.folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
        with home.locked():
            home._fill_secrets()
        return home

    @property
    def folder(self) -> Path:
        return self.data_dir / "servers"

    @property
    def kept(self) -> Path:
        """Marks servers brought up by hand: they stay when the last lease ends."""
        return self.folder / "kept"

    # Locks: `lock` orders starts and stops, `lease` counts the users.

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One start or stop at a time."""
        with open(self.folder / "lock", "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    @contextmanager
    def lease(self) -> Iterator[int]:
        """Hold the servers in use."""
        with self.locked():
            lease = os.open(self.folder / "lease", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(lease, fcntl.LOCK_SH)
        try:
            yield lease
        finally:
            with suppress(OSError):
                os.close(lease)

    def release(self, lease: int) -> None:
        """Give a lease back; a child that inherited the descriptor keeps its own hold."""
        os.close(lease)

    def is_unused(self) -> bool:
        """Nobody holds a lease."""
        with open(self.folder / "lease", "a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return False
        return True

    # Passwords and ports.

    def secret(self, name: str) -> str:
        """One of this folder's own random passwords."""
        return str(self._read("secrets.json")[name])

    def port(self, name: str) -> int | None:
        """The port remembered for a server, if any."""
        try:
            return int(self._read("ports.json")[name])
        except (EmbeddedError, KeyError, TypeError, ValueError):
            return None

    def choose_port(self, name: str) -> int:
        """The remembered port if it is free, else another free one, remembered."""
        port = self.port(name)
        if port is None or not _is_free(port):
            port = _free_port()
            try:
                ports = self._read("ports.json")
            except EmbeddedError:
                ports = {}
            self._write("ports.json", {**ports, name: port})
        return port

    def _fill_secrets(self) -> None:
        known = self._read("secrets.json")
        if missing := {name: secrets.token_urlsafe(48) for name in _SECRETS if name not in known}:
            self._write("secrets.json", {**known, **missing})

    def _read(self, name: str) -> dict[str, Any]:
        path = self.folder / name
        if not path.exists():
            return {}
        try:
            return dict(json.loads(path.read_text()))
        except ValueError as error:
            raise EmbeddedError(f"{path} 已损坏，请从备份恢复，或移走整个 {self.folder} 重新开始。") from error

    def _write(self, name: str, content: dict[str, Any]) -> None:
        """Replace a file as a whole, so that a crash leaves the old or the new one."""
        path = self.folder / name
        draft = path.with_suffix(".new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)

    # Whom the servers run as: PostgreSQL refuses root.

    def server_folder(self, name: str) -> Path:
        """A folder that belongs to the servers' user."""
        path = self.folder / name
        path.mkdir(mode=0o700, exist_ok=True)
        self.give(path)
        return path

    def give(self, path: Path) -> None:
        """Hand a path to the servers' user."""
        if os.geteuid() == 0:
            os.chown(path, *_server_ids())

    def command(self, *words: str | os.PathLike[str]) -> tuple[list[str], dict[str, Any]]:
        """A server command and `subprocess` arguments: as itself, or as a plain user under root.

        Where the way to the folder or to the program is closed to others (a clone
        under /root), the plain user gets the one capability to walk through,
        instead of opening somebody's folders to everyone.
        """
        line = [os.fspath(word) for word in words]
        if os.geteuid() != 0:
            return line, {}
        uid, gid = _server_ids()
        if _is_open_way(self.folder.parent) and _is_open_way(Path(line[0])):
            return line, {"user": uid, "group": gid, "extra_groups": []}
        return [*_walker(uid=uid, gid=gid), *line], {}


def wheel_folder(package: str) -> Path:
    """Where a wheel's files lie, without running its code."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError(f"没有安装 {package}：请用 make run，或设置 DATABASE_URL 和 REDIS_URL。")
    return Path(spec.submodule_search_locations[0]).resolve()


def _server_ids() -> tuple[int, int]:
    import pwd

    for name in ("shuangsuiji", "postgres", "nobody"):
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return entry.pw_uid, entry.pw_gid
    raise EmbeddedError("以 root 运行内置数据库需要一个普通用户，请执行：useradd --system shuangsuiji")


def _is_open_way(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in path.resolve().parents) and bool(path.stat().st_mode & 0o001)


def _walker(*, uid: int, gid: int) -> list[str]:
    if not shutil.which("setpriv"):
        raise EmbeddedError("请安装 util-linux（setpriv），或把项目放在其他用户可以进入的目录。")
    capability = "dac_read_search" if _has_capability(_CAP_DAC_READ_SEARCH) else "dac_override"
    return [
        "setpriv",
        f"--reuid={uid}",
        f"--regid={gid}",
        "--clear-groups",
        f"--inh-caps=-all,+{capability}",
        f"--ambient-caps=-all,+{capability}",
        # access(2) asks with the real user's rights unless told otherwise.
        "--securebits=+no_setuid_fixup",
        "--no-new-privs",
    ]


def _has_capability(bit: int) -> bool:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("CapEff:"):
            return bool(int(line.split()[1], 16) >> bit & 1)
    return False


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
