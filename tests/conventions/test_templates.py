"""Templates compile, are used, name only what they are given, and hold no code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import Context, TemplateSyntaxError, engines
from django.template.base import Origin, Template
from django.template.utils import get_app_template_dirs

from tests.support.templates import OURS, UndefinedVariableError

REPOSITORY = Path(__file__).resolve().parents[2]
TEMPLATES = Path(OURS)
# Django asks for these by itself.
BY_NAME = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
INLINE = re.compile(
    r"<style[\s>]|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)",
    re.I,
)


def template_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in {".html", ".txt", ".xml"})


def broken(folder: Path) -> list[str]:
    """Templates that do not compile."""
    found = []
    for path in template_files(folder):
        try:
            engines["django"].from_string(path.read_text())
        except TemplateSyntaxError as error:
            found.append(f"{path}: {error}")
    return found


def unused(folder: Path, *, sources: str) -> list[str]:
    """Templates that nothing names, neither in full nor as `f"steps/{step}.html"`."""
    quoted = set(re.findall(r"[\"']([\w./{}\[\]()%-]+\.(?:html|txt|xml))[\"']", sources))
    patterns = [re.sub(r"\\{[^}]*\\}", r"[\\w-]+", re.escape(name)) for name in quoted if "{" in name]
    names = [path.relative_to(folder).as_posix() for path in template_files(folder)]
    return [
        name
        for name in names
        if name not in BY_NAME | quoted and not overrides(name) and not any(re.fullmatch(one, name) for one in patterns)
    ]


def overrides(name: str) -> bool:
    """A package names it: ours stands in for the package's own."""
    return any((folder / name).exists() for folder in map(Path, get_app_template_dirs("templates")))


def with_code(folder: Path) -> list[str]:
    """Templates with style or script in them: the content policy would refuse it."""
    found = []
    for path in template_files(folder):
        for match in INLINE.finditer(path.read_text()):
            line = path.read_text()[: match.start()].count("\n") + 1
            found.append(f"{path}:{line} {match.group().strip()}")
    return found


def all_sources() -> str:
    """Everything that can name a template."""
    rooms = ("shuangsuiji", "inspectors", "enterprises", "draws", "inspections", "publication", "templates")
    paths = [
        path
        for room in rooms
        for path in (REPOSITORY / room).rglob("*")
        if path.suffix in {".py", ".html", ".txt", ".xml"}
    ]
    return "\n".join(path.read_text() for path in paths)


def test_every_template_compiles():
    assert broken(TEMPLATES) == []


def test_every_template_is_used():
    assert unused(TEMPLATES, sources=all_sources()) == []


def test_no_template_holds_style_or_script():
    assert with_code(TEMPLATES) == []


def test_a_broken_template_is_reported(tmp_path):
    (tmp_path / "a.html").write_text("{% if %}")
    assert len(broken(tmp_path)) == 1


def test_an_unused_template_is_reported(tmp_path):
    (tmp_path / "a.html").touch()
    (tmp_path / "b.html").touch()
    assert unused(tmp_path, sources='{% include "b.html" %}') == ["a.html"]


def test_a_template_named_in_part_or_by_a_package_is_used(tmp_path):
    for name in ("steps/one.html", "bootstrap5/errors.html", "steps/two/three.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert unused(tmp_path, sources='render(f"steps/{step.name}.html")') == ["steps/two/three.html"]


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ('<p style="color: red">', True),
        ("<style>", True),
        ("<script>go()</script>", True),
        ('<a onclick="go()">', True),
        ('<a href="javascript:go()">', True),
        ('<script src="/a.js"></script>', False),
        ('<script type="application/json">{}</script>', False),
        ('<p class="on" data-style="x">', False),
    ],
)
def test_inline_code_is_reported(tmp_path, text, reported):
    (tmp_path / "a.html").write_text(text)
    assert bool(with_code(tmp_path)) is reported


def render(text: str, *, ours: bool = True) -> str:
    origin = Origin(f"{OURS}/sample.html" if ours else "/elsewhere/sample.html")
    return Template(text, origin=origin, engine=engines["django"].engine).render(Context({"given": {"name": "有"}}))


@pytest.mark.parametrize(
    "text", ["{{ missing }}", "{{ given.missing }}", "{{ missing|length }}", "{% with a=missing %}{{ a }}{% endwith %}"]
)
def test_an_undefined_variable_fails(text):
    with pytest.raises(UndefinedVariableError, match="missing"):
        render(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ given.name }}", "有"),
        ("{{ missing|default:'无' }}", "无"),
        ("{% if missing %}有{% else %}无{% endif %}", "无"),
        ("{% for one in missing %}{% empty %}无{% endfor %}", "无"),
    ],
)
def test_what_may_be_missing_may_be_missing(text, expected):
    assert render(text) == expected


def test_other_peoples_templates_are_left_alone():
    assert render("[{{ missing }}]", ours=False) == "[]"


# Who asked for these cannot change them afterwards: there is nothing else to have seen.
NEVER_CHANGED = {"amendment_approve", "named_visit_approve", "handling_approve", "task_check_approve"}
APPROVING = re.compile(r"<form[^>]*\{% url '(\w+_(?:approve|review))'.*?</form>", re.S)


def unseen(folder: Path) -> list[str]:
    """Forms that approve what may have changed since the page was opened, and do not say what was seen."""
    forms = [match for path in template_files(folder) for match in APPROVING.finditer(path.read_text())]
    return [one[1] for one in forms if 'name="seen"' not in one[0] and one[1] not in NEVER_CHANGED]


def test_whoever_approves_says_what_was_seen():
    assert unseen(TEMPLATES) == []


def test_a_form_that_approves_unseen_is_found(tmp_path):
    (tmp_path / "a.html").write_text(
        '<form method="post" action="{% url \'plan_approve\' 1 %}"><button>批准</button></form>'
    )
    assert unseen(tmp_path) == ["plan_approve"]
