"""A volume: the catalogue's numbers are those printed on the sheets."""

from __future__ import annotations

import io

import pdfplumber
import pypdf
import pytest

from shuangsuiji.documents.services import issue_document
from shuangsuiji.documents.volume import RenderedVolume, VolumePart, render_volume
from tests.factories import documents as samples

pytestmark = pytest.mark.volume

ORDER_OF_A_CHECK = [
    "draw_minutes",
    "check_approval",
    "inspection_notice",
    "scheme",
    "site_record",
    "order",
    "reinspection",
]


def parts() -> list[VolumePart]:
    """The documents of one check."""
    chosen = [(name, samples.SAMPLES[name]) for name in ORDER_OF_A_CHECK]
    return [
        VolumePart(
            title=context["kind_name"],
            number=context["number"],
            on="2026-04-20",
            template=f"documents/{name}.html",
            context=context,
        )
        for name, context in chosen
    ]


@pytest.fixture(scope="module")
def volume(tmp_path_factory) -> RenderedVolume:
    context, pictures = samples.evidence(tmp_path_factory.mktemp("photos"), count=3)
    evidence = VolumePart(title="证据清单", on="2026-04-20", template="documents/evidence_list.html", context=context)
    return render_volume(samples.COVER, [*parts(), evidence], samples.CLOSING, pictures=pictures)


@pytest.fixture(scope="module")
def sheets(volume) -> list[dict]:
    """Each sheet's text, and the volume number at its outer upper corner."""
    with pdfplumber.open(io.BytesIO(volume.content)) as pdf:
        return [
            {
                "text": (page.extract_text() or "").replace("\n", ""),
                "number": (page.crop((page.width - 120, 0, page.width, 55)).extract_text() or "").strip(),
            }
            for page in pdf.pages
        ]


def test_every_catalogue_line_leads_to_its_document(volume, sheets):
    first = next(index for index, sheet in enumerate(sheets) if sheet["number"] == "1")

    for row in volume.catalogue:
        sheet = sheets[first + row["page_from"] - 1]
        assert sheet["number"] == str(row["page_from"])
        assert row["title"].replace("清单", "") in sheet["text"]
        assert sheets[first + row["page_to"] - 1]["number"] == str(row["page_to"])


def test_pages_count_from_one_without_a_gap_between_cover_and_closing(volume, sheets):
    numbers = [sheet["number"] for sheet in sheets]
    body = [number for number in numbers if number]

    assert body == [str(n) for n in range(1, volume.body_page_count + 1)]
    assert numbers[0] == numbers[1] == numbers[-1] == ""
    assert volume.page_count == len(sheets) == volume.body_page_count + 3


def test_catalogue_ranges_follow_each_other(volume):
    starts = [row["page_from"] for row in volume.catalogue]
    ends = [row["page_to"] for row in volume.catalogue]

    assert starts == [1, *(end + 1 for end in ends[:-1])]
    assert ends[-1] == volume.body_page_count


def test_the_catalogue_prints_what_it_says(volume, sheets):
    catalogue = sheets[1]["text"]

    for row in volume.catalogue:
        pages = str(row["page_from"]) if row["page_from"] == row["page_to"] else f"{row['page_from']}—{row['page_to']}"
        assert row["title"] in catalogue
        assert pages in catalogue


def test_the_closing_sheet_counts_what_is_inside(volume, sheets):
    assert f"本卷共有文件材料8件，计{volume.body_page_count}页，其中照片等证据3件。" in sheets[-1]["text"]


def test_a_face_is_embedded_once_and_bookmarks_lead_to_the_parts(volume):
    reader = pypdf.PdfReader(io.BytesIO(volume.content))
    faces = {font.get_object()["/BaseFont"] for page in reader.pages for font in page["/Resources"]["/Font"].values()}
    first_numbered = volume.page_count - volume.body_page_count - 1
    outline = {
        entry.title: reader.get_destination_page_number(entry)
        for entry in reader.outline
        if not isinstance(entry, list)
    }

    assert len(faces) == 3
    for row in volume.catalogue:
        assert outline[row["title"]] == first_numbered + row["page_from"] - 1


def test_a_volume_is_the_same_every_time():
    first, second = (render_volume(samples.COVER, parts()[:2], samples.CLOSING) for _ in range(2))

    assert first.content == second.content


def test_a_volume_without_documents_still_stands():
    volume = render_volume(samples.COVER, [], samples.CLOSING)

    assert (volume.page_count, volume.body_page_count, volume.catalogue) == (3, 0, [])


@pytest.mark.django_db
def test_an_issued_part_carries_the_hash_of_its_original(notice_kind):
    import datetime as dt

    document = issue_document(
        "notice", subject=("task", "1"), context=samples.RECEIPT, by=None, issued_on=dt.date(2026, 4, 1)
    )

    volume = render_volume(samples.COVER, [VolumePart.issued(document, note="正本")], samples.CLOSING)

    text = pypdf.PdfReader(io.BytesIO(volume.content)).pages[2].extract_text()
    assert document.sha256 in text
    assert document.number in text
    assert volume.catalogue[0]["note"] == "正本"
