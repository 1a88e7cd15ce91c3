"""Dockerfile, compose file, lock files and commands, read line by line: no engine runs here."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.stack import procfile

REPOSITORY = Path(__file__).resolve().parents[2]
ROOMS = ("shuangsuiji", "inspectors", "enterprises", "draws", "inspections", "publication")
# Read by tools, never by a person who fills in .env.
NOT_FOR_PEOPLE = {
    "PATH",
    "CHROMIUM",
    "SITE_HOST",
    "POSTGRES_PASSWORD",
    "OWNER_DATABASE_PASSWORD",
    "APP_DATABASE_PASSWORD",
    "REDIS_PASSWORD",
}
READS = re.compile(r"""(?:env\.\w+|_required|environ(?:\.get)?|getenv)[\(\[]\s*["']([A-Z][A-Z_]+)["']""")


def compose(text: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def examples(text: str) -> set[str]:
    """The names in .env.example, commented out or not."""
    return set(re.findall(r"^#?([A-Z][A-Z_]+)=", text, re.M))


def read_by_code() -> set[str]:
    """The names that settings and start-up code read."""
    paths = [path for room in ROOMS for path in (REPOSITORY / room).rglob("*.py")] + [REPOSITORY / "manage.py"]
    names = {name for path in paths for name in READS.findall(path.read_text())}
    return names | set(re.findall(r"\$\{(\w+)", (REPOSITORY / "Procfile").read_text()))


def undefined_variables(text: str, *, known: set[str]) -> list[str]:
    """Variables the compose file asks for and .env.example does not name."""
    asked = re.findall(r"(?<!\$)\$\{(\w+)", text)
    return sorted(set(asked) - known)


def unguarded_secrets(text: str) -> list[str]:
    """Secrets that would silently be empty or have a default."""
    return re.findall(r"(?<!\$)\$\{(\w*(?:PASSWORD|SECRET)\w*)(?!\w|:\?)", text)


def open_ports(services: dict[str, Any]) -> list[str]:
    """Ports bound to more than loopback."""
    return [
        f"{name} {port}"
        for name, one in services.items()
        for port in one.get("ports", [])
        if not str(port).startswith("127.0.0.1:")
    ]


def without_health_check(services: dict[str, Any], *, dockerfile: str) -> list[str]:
    """Services nobody asks how they are; a one-shot says so."""
    built_in = "HEALTHCHECK" in dockerfile
    return [name for name, one in services.items() if "healthcheck" not in one and not (built_in and "build" in one)]


def missing_volumes(loaded: dict[str, Any]) -> list[str]:
    """Volumes and configs that are used but not declared."""
    used = {volume.split(":")[0] for one in loaded["services"].values() for volume in one.get("volumes", [])}
    used_configs = {config["source"] for one in loaded["services"].values() for config in one.get("configs", [])}
    return sorted((used - set(loaded.get("volumes", {}))) | (used_configs - set(loaded.get("configs", {}))))


def missing_paths(dockerfile: str, *, root: Path) -> list[str]:
    """Files a COPY names that are not there."""
    lines = [
        line.split()[1:-1] for line in dockerfile.splitlines() if line.startswith("COPY ") and "--from" not in line
    ]
    return [name for names in lines for name in names if not (root / name).exists()]


def machine_traces(text: str) -> list[str]:
    """Addresses and paths of the machine that made a lock file."""
    return [line for line in text.splitlines() if re.search(r"https?://|--index|--find-links|file:|(^|\s)/", line)]


COMPOSE = (REPOSITORY / "docker-compose.yml").read_text()
DOCKERFILE = (REPOSITORY / "Dockerfile").read_text()
KNOWN = examples((REPOSITORY / ".env.example").read_text())


def test_the_example_names_what_the_code_reads_and_nothing_else():
    assert read_by_code() - NOT_FOR_PEOPLE == KNOWN - NOT_FOR_PEOPLE


def test_every_variable_of_the_compose_file_is_in_the_example():
    assert undefined_variables(COMPOSE, known=KNOWN) == []


def test_what_compose_sets_is_read_by_somebody():
    services = compose(COMPOSE)["services"]
    ours = {name for one in services.values() if "build" in one for name in one["environment"]}
    assert ours - read_by_code() == set()


def test_secrets_have_no_default():
    assert unguarded_secrets(COMPOSE) == []


def test_only_loopback_is_open():
    assert open_ports(compose(COMPOSE)["services"]) == []


def test_the_compose_file_has_every_part():
    services = compose(COMPOSE)["services"]
    assert set(services) == {"migrate", "web", "worker", "beat", "postgres", "valkey"}
    assert int(services["postgres"]["image"].rsplit(":")[1]) >= 17
    assert without_health_check(services, dockerfile=DOCKERFILE) == []
    assert missing_volumes(compose(COMPOSE)) == []
    for name in ("web", "worker", "beat"):
        assert "migrate" in services[name]["depends_on"]
        assert "OWNER_DATABASE_URL" not in services[name]["environment"]


def test_processes_of_the_compose_file_are_those_of_the_procfile():
    services = compose(COMPOSE)["services"]
    assert set(procfile()) == {"web", "worker", "beat"}
    for name in ("worker", "beat"):
        assert f"celery --app shuangsuiji {name}" in " ".join(services[name]["command"]).replace("exec ", "")
        assert f"--app shuangsuiji {name}" in procfile()[name]
    assert "gunicorn_conf.py" in procfile()["web"]
    assert "gunicorn_conf.py" in DOCKERFILE


def test_the_roles_of_the_compose_file_are_those_of_the_embedded_servers():
    from shuangsuiji.embedded import postgres

    script = compose(COMPOSE)["configs"]["roles"]["content"]
    for word in (postgres.OWNER, postgres.APP, postgres.DATABASE, *postgres.EXTENSIONS):
        assert word in script
    done = subprocess.run(["sh", "-n"], input=script.replace("$$", "$"), text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_image_has_what_documents_need_and_runs_as_nobody_special():
    from shuangsuiji.provision import LIBRARIES

    for package in LIBRARIES.values():
        assert package in DOCKERFILE
    assert re.search(r"^USER (?!root)\w+", DOCKERFILE, re.M)
    assert "HEALTHCHECK" in DOCKERFILE
    assert "collectstatic" in DOCKERFILE
    assert "--require-hashes" in DOCKERFILE
    assert missing_paths(DOCKERFILE, root=REPOSITORY) == []


def test_the_image_gets_every_room_and_no_secret():
    allowed = {line[1:] for line in (REPOSITORY / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert allowed >= {*ROOMS, "templates", "static", "manage.py", "requirements.txt"}
    assert not {name for name in allowed if name.startswith((".env", "var", "tests"))}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_lock_files_carry_hashes_and_no_trace_of_a_machine(name):
    text = (REPOSITORY / name).read_text()
    assert machine_traces(text) == []
    pins = re.findall(r"^([\w.\[\]-]+)==", text, re.M)
    assert len(re.findall(r"^[\w.\[\]-]+==[^\n]*\\\n    --hash=sha256:", text, re.M)) == len(pins)


def test_lock_files_hold_every_dependency_and_agree():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    plain, dev = (
        dict(re.findall(r"^([\w.-]+)(?:\[[^\]]*\])?==(\S+)", (REPOSITORY / name).read_text(), re.M))
        for name in ("requirements.txt", "requirements-dev.txt")
    )
    wanted = {_name(line) for line in project["dependencies"] + project["optional-dependencies"]["embedded"]}
    assert wanted - set(plain) == set()
    assert {_name(line) for line in project["optional-dependencies"]["dev"]} - set(dev) == set()
    assert {name for name in plain if dev.get(name) != plain[name]} == set()


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=!; ]", requirement)[0].lower()


def test_ci_runs_the_commands_of_the_readme():
    script = (REPOSITORY / ".ci" / "run").read_text()
    assert "make test" in script
    assert "check" in script
    assert subprocess.run(["bash", "-n", str(REPOSITORY / ".ci" / "run")], check=False).returncode == 0


def test_the_readme_names_the_commands_and_explains_the_words():
    text = (REPOSITORY / "README.md").read_text()
    for word in ("make run", "make test", "python -m draws.engine verify", "English"):
        assert word in text
    assert re.search(r"^#+ .*(词汇|术语|Glossary)", text, re.M)


# The same checks, on samples that are wrong.


def test_an_undefined_variable_is_reported():
    assert undefined_variables("a: ${KNOWN} ${UNKNOWN:-x} $${SHELL}", known={"KNOWN"}) == ["UNKNOWN"]


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("${DB_PASSWORD}", True),
        ("${SECRET_KEY:-x}", True),
        ("${SECRET_KEY:?set it}", False),
        ("$${DB_PASSWORD}", False),
        ("${PORT:-1}", False),
    ],
)
def test_an_unguarded_secret_is_reported(text, reported):
    assert bool(unguarded_secrets(text)) is reported


def test_an_open_port_is_reported():
    assert open_ports({"web": {"ports": ["8000:8000"]}}) == ["web 8000:8000"]


def test_a_missing_health_check_is_reported():
    assert without_health_check({"web": {"build": "."}, "db": {}}, dockerfile="HEALTHCHECK") == ["db"]


def test_an_undeclared_volume_is_reported():
    sample = {"services": {"web": {"volumes": ["files:/data"], "configs": [{"source": "roles"}]}}}
    assert missing_volumes(sample) == ["files", "roles"]


def test_a_missing_path_is_reported(tmp_path):
    assert missing_paths("COPY gone.txt .\nCOPY --from=x /a /a", root=tmp_path) == ["gone.txt"]


@pytest.mark.parametrize(
    "line", ["--index-url https://example.org", "a==1 # from /home/x", "b @ file:///x", "--find-links ./x"]
)
def test_a_trace_of_a_machine_is_reported(line):
    assert machine_traces(line) == [line]
