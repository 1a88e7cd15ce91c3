"""一企一档: everything on one page and on paper."""

from __future__ import annotations

import datetime
import io

import pdfplumber
import pytest
from django.urls import reverse
from pypdf import PdfReader

from draws.models import Draw
from enterprises.models import Hazard, SpecialList
from enterprises.services import add_to_list, record_penalty, save_permit, update_enterprise
from tests.factories.inspections import make_recorded, make_rendered

pytestmark = pytest.mark.django_db


def page(client, user, name, *args) -> str:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


class TestEnterpriseFile:
    def test_it_lists_checks_findings_and_volumes(self, client):
        check = make_rendered(failed=1)

        html = page(client, check.clerk, "enterprise_file", check.task.enterprise_id)

        for text in (check.task.number, "消防沙箱无沙。", reverse("dossier_detail", args=[check.task.dossier.pk])):
            assert text in html

    def test_it_keeps_a_covert_check_from_those_not_cleared(self, client):
        check = make_recorded(mode=Draw.Mode.COVERT)
        address = check.task.enterprise_id

        assert check.task.number in page(client, check.clerk, "enterprise_file", address)
        assert check.task.number not in page(client, check.county.head, "enterprise_file", address)

    def test_its_pdf_says_the_same(self, client):
        check = make_rendered(failed=1)
        client.force_login(check.clerk)

        response = client.get(reverse("enterprise_file_pdf", args=[check.task.enterprise_id]))

        text = "".join(one.extract_text() for one in PdfReader(io.BytesIO(response.content)).pages)
        assert check.task.number in text
        assert "消防沙箱无沙" in text

    def test_it_holds_all_that_the_register_knows_and_no_number(self, client):
        check = make_rendered()
        enterprise = check.task.enterprise
        enter_every_fact(enterprise, by=check.clerk)

        html = page(client, check.clerk, "enterprise_file", enterprise.pk)
        response = client.get(reverse("enterprise_file_pdf", args=[enterprise.pk]))

        paper = "".join(one.extract_text() for one in PdfReader(io.BytesIO(response.content)).pages).replace("\n", "")
        for shown in (html, paper):
            assert [word for word in EVERY_FACT if word not in shown] == []
            assert "13800001234" not in shown
        assert 'aria-current="page">一企一档' in html

    def test_no_text_of_its_pdf_crosses_a_rule(self, client):
        check = make_rendered(failed=1)
        enter_every_fact(check.task.enterprise, by=check.clerk)
        client.force_login(check.clerk)

        response = client.get(reverse("enterprise_file_pdf", args=[check.task.enterprise_id]))

        with pdfplumber.open(io.BytesIO(response.content)) as pdf:
            assert [word for sheet in pdf.pages for word in crossing(sheet)] == []


EVERY_FACT = (
    *("经营许可证", "示经营001号", "涉事故", "去年发生过事故", "示市监罚〔2026〕3号", "示例市场监督管理局"),
    *("有限空间", "示范旧名厂", "年度评估，新增作业", "2614", "2 名", "138****1234", "100万元", "微型"),
)


def enter_every_fact(enterprise, *, by) -> None:
    """One of everything that the register may hold."""
    days = {"starts_on": datetime.date(2024, 12, 31), "expires_on": datetime.date(2099, 12, 31)}
    save_permit(enterprise.pk, kind="经营许可证", number="示经营001号", by=by, issuer="示例局", **days)
    SpecialList.objects.get_or_create(code="accident", defaults={"name": "涉事故"})
    add_to_list(enterprise.pk, list_code="accident", reason="去年发生过事故", on=datetime.date(2026, 1, 2), by=by)
    penalty = {"decided_on": datetime.date(2026, 2, 3), "document_number": "示市监罚〔2026〕3号"}
    record_penalty(enterprise=enterprise, source="示例市场监督管理局", by=by, **penalty)
    update_enterprise(enterprise.pk, name="示范旧名厂", by=by)
    other = {"capital": "100万元", "size": "micro", "contact_phone": "13800001234", "industry_code": "2614"}
    update_enterprise(
        enterprise.pk,
        by=by,
        name=enterprise.name,
        risk_class="D" if enterprise.risk_class != "D" else "C",
        reason="年度评估，新增作业",
        expert_count_wanted=2,
        hazards=Hazard.objects.filter(name="有限空间"),
        **other,
    )


def crossing(sheet) -> list[str]:
    """Words of a sheet that a vertical rule of a table cuts through."""
    rules = [(line["x0"], line["top"], line["bottom"]) for line in (*sheet.lines, *sheet.rects) if line["width"] < 1.5]
    return [
        word["text"]
        for word in sheet.extract_words()
        for x, top, bottom in rules
        if word["x0"] + 1 < x < word["x1"] - 1 and top < (word["top"] + word["bottom"]) / 2 < bottom
    ]
