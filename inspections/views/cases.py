"""Penalty cases: the list, one case as task list and timeline, its steps, service, payment, recusal."""

from __future__ import annotations

import django_filters
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from draws.policies import allows
from inspections import policies
from inspections.models import Case, CaseRecusal
from inspections.policies import cases as rules
from inspections.policies.case_papers import check_may_replace
from inspections.policies.dossiers import is_shut
from inspections.policies.scans import check_may_add_scan
from inspections.policies.withdrawing import withdrawn_papers
from inspections.selectors import cases as reading
from inspections.selectors import documents_of
from inspections.selectors.marks import case_mark
from inspections.services import cases
from inspections.services.openings import read_content
from inspections.states import CaseState
from inspections.views.case_forms import (
    CaseForm,
    DeliveryForm,
    PaymentForm,
    RecusalDecisionForm,
    RecusalForm,
    ReplaceForm,
    StepForm,
)
from inspections.views.case_page import timeline_of, to_do
from inspections.views.case_turn import next_step
from inspections.views.loading import is_filed, visible_task
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.searching import WordsFilter

ROWS = 30
TO_SIGN = {"print_label": "打印待签的送达回执"}
TABS = (
    ("", "全部", ()),
    ("open", "办理中", rules.UNDER_WAY),
    ("decided", "待履行", (CaseState.DECIDED,)),
    ("closed", "已结案", (CaseState.CLOSED, CaseState.REFUSED)),
)


class CaseFilter(django_filters.FilterSet):
    """By state and words."""

    state = django_filters.ChoiceFilter(choices=CaseState.choices, label="状态", empty_label="全部")
    words = WordsFilter("party_name", "cause", "number", label="当事人、案由或案件号")

    class Meta:
        model = Case
        fields = ["state"]


def summarised_case(request, pk) -> Case:
    """The case for a page that shows no more than state, numbers and result; or 404."""
    try:
        return reading.case_for(request.user, pk)
    except Case.DoesNotExist:
        raise Http404 from None


def visible_case(request, pk) -> Case:
    """The case with all that is in it; of a filed check only under the head's approval, and the reading is noted."""
    case = summarised_case(request, pk)
    if is_filed(case.task):
        read_content(case.task, by=request.user, what=f"案件 {case.number}")
    return case


@desk_page(*policies.READERS)
def case_list(request):
    """All cases this person may know of."""
    found = CaseFilter(request.GET, reading.case_rows(request.user))
    tab = request.GET.get("tab", "")
    states = next((states for code, _, states in TABS if code == tab), ())
    rows = found.qs.filter(state__in=states) if states else found.qs
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    counts = reading.case_state_counts(reading.cases_visible_to(request.user))
    tabs = [
        {
            "label": label,
            "url": f"?tab={code}" if code else "?",
            "count": sum(counts[state] for state in states) if states else counts.total(),
            "is_current": code == tab,
        }
        for code, label, states in TABS
    ]
    return render(request, "inspections/cases/list.html", {"filter": found, "page_obj": page, "tabs": tabs})


@desk_page(*policies.READERS)
def case_detail(request, pk):
    """One case: the next step, what may be done, its story, papers, deadlines, money."""
    case, today = summarised_case(request, pk), timezone.localdate()
    if is_shut(request.user, getattr(case.task, "dossier", None), at=timezone.now()):
        return render(request, "inspections/cases/filed.html", {"case": case, "dossier": case.task.dossier})
    if is_filed(case.task):
        read_content(case.task, by=request.user, what=f"案件 {case.number}")
    step = next_step(case, user=request.user)
    open_recusal = case.recusals.filter(decided_at=None).select_related("inspector").first()
    context = {
        "case": case,
        "step": step,
        "today": today,
        "tasks": to_do(case, user=request.user, besides=step.url if step and not step.refusal else ""),
        "events": timeline_of(case, reading.steps_of(case)),
        "papers": reading.case_documents(case).exclude(kind="delivery_receipt").prefetch_related(*reading.SCANS),
        "replaceable": _replaceable(request.user, case),
        "served_kinds": rules.SERVED,
        "may_deliver": allows(rules.check_registers_deliveries, request.user, task=case.task, case=case),
        "withdrawn": set(withdrawn_papers(case).values_list("pk", flat=True)),
        "may_scan": allows(check_may_add_scan, request.user, task=case.task, case=case),
        "deadlines": reading.case_deadlines(case),
        "handlers": case.handlers.select_related("inspector").order_by("position", "id"),
        "account": cases.account_of(case, on=today) if case.decided_on and case.fine else None,
        "payments": case.payments.order_by("paid_on", "id"),
        "open_recusal": open_recusal,
        "may_ask_recusal": allows(rules.check_may_ask_recusal, request.user, case),
        "may_decide_recusal": allows(rules.check_may_decide_recusal, request.user, case),
        "may_pay": allows(rules.check_may_register_payment, request.user, case),
    }
    return render(request, "inspections/cases/detail.html", context)


def _replaceable(user, case: Case) -> set:
    """The papers this person may mend."""
    papers = reading.case_documents(case).filter(case_step__isnull=False).select_related("case_step")
    return {paper.pk for paper in papers if allows(check_may_replace, user, case, paper)}


@desk_page(Role.CLERK, Role.INSPECTOR)
def case_new(request, pk):
    """Propose a case on a check."""
    task = visible_task(request, pk)
    rules.check_may_propose_case(request.user, task)
    form = CaseForm(request.POST or None, initial={"found_on": task.visited_on, "facts": _findings(task)})
    if request.method == "POST" and form.is_valid():
        try:
            case = cases.propose_case(task, by=request.user, values=form.cleaned_data)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, f"案件 {case.number} 已提请，承办人为本次检查的执法人员。")
            return redirect("case_detail", pk=case.pk)
    return _form_page(
        request,
        form,
        title="提请立案",
        verb="提请",
        back=reverse("task_detail", args=[task.pk]),
        lead=task.enterprise.name,
    )


def _findings(task) -> str:
    rows = task.record.results.filter(result="failed").select_related("drawn_item__item")
    return "\n".join(row.seen for row in rows.order_by("drawn_item__item__code"))


@desk_page(*policies.READERS)
def case_act(request, pk, code):
    """One step: its form; as a draft PDF, or for good."""
    case, act = visible_case(request, pk), cases.act_of(code)
    if act is None:
        raise Http404
    act.rule(request.user, case)
    form = StepForm.of(act, case=case, posted=request.POST or None)
    seen = request.POST.get("seen")
    if request.method == "POST" and form.is_valid():
        try:
            if "draft" in request.POST:
                return _draft(request, case, act, form)
            cases.take_step(case, act, by=request.user, fields=form.cleaned_data, seen=seen)
        except Refusal as refusal:
            form.add_refusal(refusal)
            seen = None
        else:
            messages.success(request, f"“{act.label}”已办理。")
            return redirect("case_detail", pk=case.pk)
    return _form_page(
        request,
        form,
        title=act.label,
        verb="确认办理",
        back=reverse("case_detail", args=[case.pk]),
        lead=f"{case.party_name}，{case.cause}",
        warning=act.warning,
        has_draft=bool(act.kinds(case)),
        case=case,
        seen=seen or case_mark(case),
    )


def _draft(request, case: Case, act, form: StepForm) -> HttpResponse:
    content = cases.draft_paper(case, act, by=request.user, on=timezone.localdate(), fields=form.cleaned_data)
    return _pdf(content, name=f"{act.code}-draft")


def _pdf(content: bytes, *, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@desk_page(Role.CLERK, Role.INSPECTOR)
def case_delivery(request, pk, document):
    """Register that a paper of the case was served."""
    case = visible_case(request, pk)
    paper = get_object_or_404(IssuedDocument, pk=document, case_step__case=case)
    rules.check_may_deliver(request.user, paper, task=case.task, case=case)
    if "receipt" in request.GET:
        return _receipt(paper, task=case.task, case=case)
    initial = {"delivered_at": timezone.now(), "place": case.task.enterprise.address}
    form = DeliveryForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            cases.deliver_document(paper, task=case.task, case=case, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "送达已登记，送达回执已签发；有关期限从送达之日起算。")
            return redirect("case_detail", pk=case.pk)
    back = reverse("case_detail", args=[case.pk])
    return _form_page(request, form, title="登记送达", verb="登记", back=back, lead=str(paper), case=case, **TO_SIGN)


def _receipt(paper: IssuedDocument, *, task, case: Case | None) -> HttpResponse:
    """The receipt to be printed and taken along."""
    return _pdf(cases.receipt_to_sign(paper, task=task, case=case), name="receipt-to-sign")


@desk_page(Role.CLERK, Role.INSPECTOR)
def task_delivery(request, pk, document):
    """Register that a paper of the check itself (an order, say) was served."""
    task = visible_task(request, pk)
    papers = documents_of(task).filter(kind__in=rules.SERVED_OF_CHECK)
    paper = get_object_or_404(papers, pk=document)
    rules.check_may_deliver(request.user, paper, task=task, case=None)
    if "receipt" in request.GET:
        return _receipt(paper, task=task, case=None)
    initial = {"delivered_at": timezone.now(), "place": task.enterprise.address}
    form = DeliveryForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            cases.deliver_document(paper, task=task, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "送达已登记，送达回执已签发。")
            return redirect("task_detail", pk=task.pk)
    back = reverse("task_detail", args=[task.pk])
    return _form_page(request, form, title="登记送达", verb="登记", back=back, lead=str(paper), **TO_SIGN)


@desk_page(*policies.READERS)
def case_paper_replace(request, pk, document):
    """Mend a paper: its form as it was filled in, and the reason."""
    case = visible_case(request, pk)
    paper = get_object_or_404(IssuedDocument.objects.select_related("case_step"), pk=document, case_step__case=case)
    check_may_replace(request.user, case, paper)
    act = cases.act_behind(paper)
    if act is None:
        raise Http404
    form = ReplaceForm.of_step(act, case=case, step=paper.case_step, posted=request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        reason = fields.pop("replacement_reason")
        try:
            new = cases.replace_paper(case, paper, act, by=request.user, reason=reason, fields=fields)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, f"已签发 {new.number or new.title}，替代 {paper.number or paper.title}。")
            return redirect("case_detail", pk=case.pk)
    back = reverse("case_detail", args=[case.pk])
    return _form_page(request, form, title="更正文书", verb="签发新文书", back=back, lead=str(paper), case=case)


@desk_page(Role.CLERK)
def case_payment(request, pk):
    """Register money received."""
    case = visible_case(request, pk)
    rules.check_may_register_payment(request.user, case)
    account = cases.account_of(case, on=timezone.localdate())
    form = PaymentForm(request.POST or None, request.FILES or None, initial={"amount": account.outstanding})
    if request.method == "POST" and form.is_valid():
        try:
            cases.register_payment(case, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "缴款已登记。")
            return redirect("case_detail", pk=case.pk)
    lead = f"罚款 {account.fine} 元，加处罚款 {account.surcharge} 元，已缴 {account.paid} 元。"
    return _form_page(
        request, form, title="登记缴款", verb="登记", back=reverse("case_detail", args=[case.pk]), lead=lead, case=case
    )


@desk_page(Role.CLERK, Role.APPROVER, Role.INSPECTOR)
def case_recusal(request, pk):
    """Ask that an officer withdraw from the case."""
    case = visible_case(request, pk)
    rules.check_may_ask_recusal(request.user, case)
    form = RecusalForm(request.POST or None, case=case)
    if request.method == "POST" and form.is_valid():
        try:
            cases.ask_case_recusal(case, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "回避申请已登记，由负责人决定；决定之前调查不停止。")
            return redirect("case_detail", pk=case.pk)
    back = reverse("case_detail", args=[case.pk])
    return _form_page(request, form, title="申请回避", verb="提交申请", back=back, lead=case.party_name, case=case)


@desk_page(Role.HEAD)
def case_recusal_decide(request, pk):
    """The head grants or refuses the open request."""
    case = visible_case(request, pk)
    asked = get_object_or_404(CaseRecusal.objects.select_related("inspector"), case=case, decided_at=None)
    form = RecusalDecisionForm(request.POST or None, case=case)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            cases.decide_case_recusal(
                asked,
                by=request.user,
                is_granted=given["answer"] == "granted",
                opinion=given["opinion"],
                replacement=given["replacement"],
            )
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "回避决定已作出，回避决定书已签发。")
            return redirect("case_detail", pk=case.pk)
    lead = f"{asked.get_side_display()}申请 {asked.inspector.name} 回避：{asked.reason}"
    back = reverse("case_detail", args=[case.pk])
    return _form_page(request, form, title="决定回避申请", verb="作出决定", back=back, lead=lead, case=case)


def _form_page(request, form, **words) -> HttpResponse:
    return render(
        request,
        "inspections/cases/form.html",
        {"form": form, "case": None, "warning": "", "has_draft": False, "print_label": "", **words},
    )
