"""A letter and a dossier of some thirty pages, against bare WeasyPrint of the same HTML."""

from __future__ import annotations

import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure, in_turns, seconds

NAME = "documents"
BATCH = 10


def measure() -> Iterator[Figure]:
    """Warm figures: the first document of a process pays for opening the fonts, in both."""
    import django

    django.setup()
    from shuangsuiji.documents.pdf import render_pdf
    from shuangsuiji.documents.volume import render_volume
    from tests.factories import documents as samples

    def letter() -> None:
        render_pdf("documents/inspection_notice.html", samples.NOTICE)

    letter()
    bare_letter = _bare(["documents/inspection_notice.html"], [samples.NOTICE])
    spent = seconds(letter)
    yield Figure("letter", spent, "bare WeasyPrint", seconds(bare_letter), 1.3)
    yield Figure("letter", spent, "a fifth of a second", 0.2, 1)
    with tempfile.TemporaryDirectory() as folder:
        evidence, pictures = samples.evidence(Path(folder), count=12)
        parts = _parts(samples, evidence)
        volume = render_volume(samples.COVER, parts, samples.CLOSING, pictures=pictures)
        name = f"dossier of {volume.page_count} pages"

        def dossier() -> None:
            render_volume(samples.COVER, parts, samples.CLOSING, pictures=pictures)

        bare_dossier = _bare([p.template for p in parts], [p.context for p in parts], pictures=pictures)
        spent = seconds(dossier)
        yield Figure(name, spent, "bare WeasyPrint, one file a document", seconds(bare_dossier), 1.3)
        yield Figure(name, spent, "five seconds", 5, 1)
        yield Figure("memory at the peak", _peak(), "300 MB", 300, 1, unit="MB")
        yield from _batch(parts, pictures=pictures, samples=samples)
    yield Figure("memory at the peak of a batch", _peak(), "500 MB", 500, 1, unit="MB")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _batch(parts: list, *, pictures: dict, samples) -> Iterator[Figure]:
    """A batch as a worker renders it, volume after volume on one core; hashing and writing to disk are in it."""
    from shuangsuiji.documents.volume import render_volume

    some = parts[:8]
    pages = [render_volume(samples.COVER, some, samples.CLOSING, pictures=pictures).page_count]

    def batch() -> None:
        for number in range(BATCH):
            cover = {**samples.COVER, "archive_number": f"2026{number:04d}"}
            render_volume(cover, some, samples.CLOSING, pictures=pictures)

    bare = _bare([p.template for p in some], [p.context for p in some], pictures=pictures)

    def bare_batch() -> None:
        for _ in range(BATCH):
            bare()

    name = f"batch, seconds a volume of {pages[0]} pages on one core"
    spent, plain = in_turns(batch, bare_batch, times=2)
    yield Figure(name, spent / BATCH, "bare WeasyPrint, one file a document", plain / BATCH, 1.5)


def _parts(samples, evidence: dict) -> list:
    from shuangsuiji.documents.volume import VolumePart

    chosen = [
        *samples.SAMPLES.items(),
        ("evidence_list", evidence),
        ("order", samples.ORDER),
        ("reinspection", samples.REINSPECTION),
    ]
    return [VolumePart(title=c["kind_name"], template=f"documents/{name}.html", context=c) for name, c in chosen]


def _bare(templates: list[str], contexts: list[dict], *, pictures: dict | None = None):
    """The same HTML and style sheet through WeasyPrint's own front door."""
    from django.template.loader import render_to_string
    from weasyprint import HTML

    from shuangsuiji.documents import pdf
    from shuangsuiji.documents.assets import AssetFetcher

    pages = [render_to_string(t, pdf.full_context(c)) for t, c in zip(templates, contexts, strict=True)]

    def run() -> None:
        for page in pages:
            HTML(string=page, url_fetcher=AssetFetcher(pictures=pictures)).write_pdf(
                font_config=pdf.font_configuration(), stylesheets=[pdf._style_sheet()], pdf_variant=pdf.VARIANT
            )

    return run
