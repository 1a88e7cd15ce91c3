"""Addresses of the drawing room."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import path, re_path

from draws.verify_urls import verify_public_urls
from draws.views import (
    amending,
    ceremony,
    drafting,
    draws,
    fairness,
    ledger,
    named,
    note,
    plans,
    recusals,
    templates,
    voiding,
)

_STEP = "|".join(drafting.ORDER)
_UUID = r"(?P<pk>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"

desk_urls = [
    path("draws/", draws.draw_list, name="draw_list"),
    path("draws/fairness/", fairness.draw_fairness, name="draw_fairness"),
    path("draws/new/", drafting.draw_create, name="draw_create"),
    path("draws/<uuid:pk>/", draws.draw_detail, name="draw_detail"),
    re_path(rf"^draws/{_UUID}/edit/(?P<step>{_STEP})/$", drafting.draw_step, name="draw_step"),
    path("draws/<uuid:pk>/funnel/", drafting.draw_funnel, name="draw_funnel"),
    path("draws/<uuid:pk>/rehearsal/", draws.draw_rehearsal, name="draw_rehearsal"),
    path("draws/<uuid:pk>/submit/", drafting.draw_submit, name="draw_submit"),
    path("draws/<uuid:pk>/discard/", drafting.draw_discard, name="draw_discard"),
    path("draws/<uuid:pk>/approve/", drafting.draw_approve, name="draw_approve"),
    path("draws/<uuid:pk>/return/", drafting.draw_return, name="draw_return"),
    path("draws/<uuid:pk>/void/", voiding.draw_void, name="draw_void"),
    path("draws/<uuid:pk>/void/refuse/", voiding.draw_void_refuse, name="draw_void_refuse"),
    path("draws/<uuid:pk>/confirm-pool/", drafting.draw_confirm_pool, name="draw_confirm_pool"),
    path("draws/<uuid:pk>/rehearse/", draws.draw_rehearse, name="draw_rehearse"),
    path("draws/<uuid:pk>/seal/", ceremony.draw_seal, name="draw_seal"),
    path("draws/<uuid:pk>/minutes/", draws.draw_minutes, name="draw_minutes"),
    path("draws/<uuid:pk>/amendments/", amending.draw_amendments, name="draw_amendments"),
    path("draws/<uuid:pk>/amendments/<slug:kind>/", amending.draw_amend, name="draw_amend"),
    path("amendments/<int:pk>/approve/", amending.amendment_approve, name="amendment_approve"),
    path("amendments/<int:pk>/refuse/", amending.amendment_refuse, name="amendment_refuse"),
    path("draws/<uuid:pk>/ceremony/", ceremony.ceremony, name="ceremony"),
    path("draws/<uuid:pk>/ceremony/sources/", ceremony.ceremony_sources, name="ceremony_sources"),
    path("draws/<uuid:pk>/sources/<int:source_pk>/", ceremony.draw_contribute, name="draw_contribute"),
    path("draws/<uuid:pk>/sources/<int:source_pk>/link/", ceremony.draw_link, name="draw_link"),
    path("draws/<uuid:pk>/sources/<int:source_pk>/withdraw/", ceremony.event_withdraw, name="event_withdraw"),
    path("draws/templates/", templates.template_list, name="draw_template_list"),
    path("draws/templates/<int:pk>/rename/", templates.template_rename, name="draw_template_rename"),
    path("draws/templates/<int:pk>/retire/", templates.template_retire, name="draw_template_retire"),
    path("draws/<uuid:pk>/template/", templates.template_save, name="draw_template_save"),
    path("draws/<uuid:pk>/note/", note.draw_note, name="draw_note"),
    path("draws/<uuid:pk>/note/export/<slug:part>/", note.draw_note_export, name="draw_note_export"),
    path("draws/<uuid:pk>/seats/<int:seat_pk>/admit/", draws.seat_admit, name="seat_admit"),
    path("draws/<uuid:pk>/screen/", ceremony.screen, name="screen"),
    path("draws/<uuid:pk>/screen/state/", ceremony.screen_state, name="screen_state"),
    path("recusals/", recusals.recusal_list, name="recusal_list"),
    path("recusals/export/", recusals.past_service_export, name="past_service_export"),
    path("recusals/new/", recusals.recusal_create, name="recusal_create"),
    path("recusals/grant/", recusals.recusals_grant, name="recusals_grant"),
    path("recusals/<int:pk>/grant/", recusals.recusal_grant, name="recusal_grant"),
    path("recusals/<int:pk>/end/", recusals.recusal_end, name="recusal_end"),
    path("recusals/<int:pk>/refuse/", recusals.recusal_refuse, name="recusal_refuse"),
    path("plans/", plans.plan_list, name="plan_list"),
    path("plans/new/", plans.plan_create, name="plan_create"),
    path("plans/<int:pk>/", plans.plan_detail, name="plan_detail"),
    path("plans/<int:pk>/edit/", plans.plan_edit, name="plan_edit"),
    path("plans/<int:pk>/units/", plans.plan_units, name="plan_units"),
    path("plans/<int:pk>/units/register/", plans.plan_units_from_register, name="plan_units_from_register"),
    path("plans/<int:pk>/units/<int:enterprise_pk>/", plans.plan_unit, name="plan_unit"),
    path("plans/<int:pk>/units/<int:unit_pk>/drop/", plans.plan_unit_drop, name="plan_unit_drop"),
    path("plans/<int:pk>/proposal/", plans.plan_proposal, name="plan_proposal"),
    path("plans/named/", named.named_visit_list, name="named_visit_list"),
    path("plans/named/<int:pk>/", named.named_visit, name="named_visit"),
    path("plans/named/<int:pk>/approve/", named.named_visit_approve, name="named_visit_approve"),
    path("plans/named/<int:pk>/refuse/", named.named_visit_refuse, name="named_visit_refuse"),
    path("plans/units/<int:pk>/visits/new/", named.named_visit_create, name="named_visit_create"),
    path("plans/<int:pk>/adopt/", plans.plan_adopt, name="plan_adopt"),
    path("plans/<int:pk>/adjust/", plans.plan_adjust, name="plan_adjust"),
    path("plans/<int:pk>/close/", plans.plan_close, name="plan_close"),
    path("plans/<int:pk>/submit/", plans.plan_submit, name="plan_submit"),
    path("plans/<int:pk>/approve/", plans.plan_approve, name="plan_approve"),
    path("plans/<int:pk>/return/", plans.plan_return, name="plan_return"),
    path("plans/<int:pk>/publish/", plans.plan_publish, name="plan_publish"),
]

public_urls = [
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/fairness/", fairness.fairness, name="fairness"),
    path("ledger/<str:number>/", ledger.ledger_entry, name="ledger_entry"),
    path("ledger/<str:number>/sealed.json", ledger.ledger_sealed, name="ledger_sealed"),
    path("ledger/<str:number>/record.json", ledger.ledger_record, name="ledger_record"),
    path("ledger/<str:number>/envelopes.json", ledger.ledger_envelopes, name="ledger_envelopes"),
    *verify_public_urls,
    path("witness/<str:token>/", ceremony.witness, name="witness"),
]

if find_spec("draws.item_urls"):
    _items = import_module("draws.item_urls")
    desk_urls += _items.item_desk_urls
    public_urls += _items.item_public_urls
