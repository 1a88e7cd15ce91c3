"""`python -m shuangsuiji.embedded run -- COMMAND…` and `up`, `down`, `status`, `env`."""

from __future__ import annotations

import ctypes
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

import environ

from shuangsuiji import embedded

_REPOSITORY = Path(__file__).resolve().parents[2]
_USAGE = "用法：python -m shuangsuiji.embedded run -- 命令… | up | down | status | env"


def read_env_file() -> None:
    """An address written in `.env` counts as given, as it does in settings."""
    environ.Env.read_env(_REPOSITORY / ".env")


def default_home() -> embedded.Home:
    """The folder named by DATA_DIR, else `var/` beside the code."""
    return embedded.Home.at(os.environ.get("DATA_DIR") or _REPOSITORY / "var")


def run(command: list[str]) -> int:
    """Run a command with servers; those given by the environment are used as they are."""
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return run_child(command, environment={})
    # A signal while starting must not skip the stopping.
    # A background shell starts its children deaf to Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, raise_interrupt)
    signal.signal(signal.SIGHUP, raise_interrupt)
    with embedded.servers(default_home()) as (environment, lease):
        return run_child(command, environment=given_first(environment), lease=lease)


def given_first(environment: dict[str, str]) -> dict[str, str]:
    """What the caller set wins, except the database's pair of addresses, which belong together."""
    wins = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)}
    if "DATABASE_URL" in wins:
        environment = {name: value for name, value in environment.items() if name != "OWNER_DATABASE_URL"}
    return environment | wins


def run_child(command: list[str], *, environment: dict[str, str], lease: int | None = None) -> int:
    """Wait for a child, handing signals on; returns what a shell would return."""
    child = subprocess.Popen(
        command,
        env=os.environ | environment,
        pass_fds=[] if lease is None else [lease],
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,
    )

    def hand_on(number: int, frame: FrameType | None) -> None:
        # At a terminal the child has had its Ctrl-C already.
        if number != signal.SIGINT or not sys.stdin.isatty():
            child.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, hand_on)
    code = child.wait()
    return 128 - code if code < 0 else code


def _end_with_parent() -> None:
    """Have the kernel end this process if its parent is killed and cannot."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def raise_interrupt(number: int, frame: FrameType | None) -> None:
    """A signal handler: end the way Ctrl-C does."""
    raise KeyboardInterrupt


def _up() -> int:
    home = default_home()
    embedded.start(home)
    home.kept.touch()
    return _status()


def _down() -> int:
    embedded.stop(default_home())
    return 0


def _status() -> int:
    running = embedded.is_running(default_home())
    print("运行中" if running else "未运行", default_home().folder)
    return 0 if running else 3


def _env() -> int:
    for name, value in embedded.environment(default_home()).items():
        print(f"export {name}={shlex.quote(value)}")
    return 0


def main(words: list[str]) -> int:
    """Read the command line."""
    read_env_file()
    simple = {"up": _up, "down": _down, "status": _status, "env": _env}
    try:
        if words[:2] == ["run", "--"] and words[2:]:
            return run(words[2:])
        if len(words) == 1 and words[0] in simple:
            return simple[words[0]]()
    except embedded.EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print(_USAGE, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
