"""`make run`: everything on this machine, in the foreground, until one Ctrl-C."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from shuangsuiji import embedded, provision
from shuangsuiji.embedded.__main__ import default_home, given_first, raise_interrupt, read_env_file, run_child

REPOSITORY = Path(__file__).resolve().parent.parent
FIRST_PORT = 8000
OWNER_ADDRESS = "OWNER_DATABASE_URL"
"""Whose tables they are; only `migrate` may know it."""


def main() -> int:
    """Bring everything up, tell where it is, wait."""
    os.chdir(REPOSITORY)
    read_env_file()
    provision.provide()
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return _serve({})
    # A signal while starting must not skip the stopping.
    # A background shell starts its children deaf to Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, raise_interrupt)
    signal.signal(signal.SIGHUP, raise_interrupt)
    with embedded.servers(default_home()) as (environment, lease):
        return _serve(given_first(environment), lease=lease)


def _serve(environment: dict[str, str], *, lease: int | None = None) -> int:
    environment = _defaults() | environment
    _manage("migrate", "--verbosity", "0", environment=environment)
    _collect_static(Path(environment["DATA_DIR"]), environment=environment)
    if Path("shuangsuiji/demo/management/commands/seed_demo.py").exists():
        # An empty database gets the demo world; a used one only has its accounts shown.
        _manage("seed_demo", "--if-empty", environment=environment)
    print(f"\n  打开 {environment['BASE_URL']}/ （公众）  {environment['BASE_URL']}/desk/ （工作人员）")
    print("  按 Ctrl-C 结束全部进程\n", flush=True)
    # honcho would read .env again, and with it what was just taken out.
    serve = [sys.executable, "-m", "honcho", "--env", os.devnull, "start"]
    return run_child(serve, environment=without_owner(environment), lease=lease)


def without_owner(environment: dict[str, str]) -> dict[str, str]:
    """What web, worker and beat may know: the tables are changed, so their owner's password is forgotten here."""
    os.environ.pop(OWNER_ADDRESS, None)
    return {name: value for name, value in environment.items() if name != OWNER_ADDRESS}


def _defaults() -> dict[str, str]:
    """What a first look needs; every value gives way to the environment."""
    port = os.environ.get("PORT") or str(free_port())
    data_dir = Path(os.environ.get("DATA_DIR") or REPOSITORY / "var").resolve()
    defaults = {
        "PORT": port,
        "DATA_DIR": str(data_dir),
        "BASE_URL": f"http://127.0.0.1:{port}",
        # No mail server is at hand: each e-mail becomes a file. (The path starts after the third slash.)
        "EMAIL_URL": f"filemail:///{data_dir / 'mail'}",
        # The demo bureau's, fictitious: letters and the foot of the site name them.
        "BUREAU_PHONE": "0000-1234567",
        "BUREAU_ADDRESS": "示例市示例路1号",
    }
    given = {name: os.environ[name] for name in defaults if os.environ.get(name)}
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return defaults | given | {"PATH": tools, "DJANGO_SETTINGS_MODULE": "shuangsuiji.settings"}


def free_port(first: int = FIRST_PORT) -> int:
    """The first port from here on that nobody listens on."""
    for port in range(first, first + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise embedded.EmbeddedError(f"{first}–{first + 99} 端口都被占用，请用 PORT=… 指定一个。")


def _collect_static(data_dir: Path, *, environment: dict[str, str]) -> None:
    """Compressing takes seconds: only when a file or a package changed."""
    files = sorted(path for path in (REPOSITORY / "static").rglob("*") if path.is_file())
    times = [f"{path} {path.stat().st_mtime_ns}" for path in (*files, REPOSITORY / "requirements.txt")]
    state = hashlib.sha256("\n".join(times).encode()).hexdigest()
    stamp = data_dir / "static.stamp"
    if not stamp.exists() or stamp.read_text() != state:
        _manage("collectstatic", "--noinput", "--clear", "--verbosity", "0", environment=environment)
        stamp.write_text(state)


def _manage(*words: str, environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "manage.py", *words], env=os.environ | environment, check=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except embedded.EmbeddedError as error:
        sys.exit(str(error))
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
    except KeyboardInterrupt:
        sys.exit(130)
