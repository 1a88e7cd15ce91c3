from django.urls import path

from enterprises.views import duplicates, facts, register, words

desk_urls = [
    path("enterprises/", register.enterprise_list, name="enterprise_list"),
    path("enterprises/export/", register.enterprise_export, name="enterprise_export"),
    path("enterprises/export/<slug:register>/", register.facts_export, name="facts_export"),
    path("enterprises/new/", register.enterprise_create, name="enterprise_create"),
    path("enterprises/classify/", register.enterprise_classify, name="enterprise_classify"),
    path("enterprises/<int:pk>/", register.enterprise_detail, name="enterprise_detail"),
    path("enterprises/<int:pk>/edit/", register.enterprise_edit, name="enterprise_edit"),
    path("enterprises/<int:pk>/contact/", register.enterprise_contact, name="enterprise_contact"),
    path("enterprises/<int:pk>/state/", register.enterprise_state, name="enterprise_state"),
    path("enterprises/<int:pk>/code/", register.enterprise_code, name="enterprise_code"),
    path("enterprises/<int:pk>/facts/", facts.enterprise_facts, name="enterprise_facts"),
    path("enterprises/<int:pk>/history/", facts.enterprise_history, name="enterprise_history"),
    path("enterprises/<int:pk>/permits/", facts.permit_save, name="permit_save"),
    path("enterprises/<int:pk>/lists/", facts.list_add, name="list_add"),
    path("enterprises/<int:pk>/lists/end/", facts.list_end, name="list_end"),
    path("enterprises/<int:pk>/penalties/", facts.penalty_add, name="penalty_add"),
    path("duplicates/", duplicates.duplicate_list, name="duplicate_list"),
    path("duplicates/seek/", duplicates.duplicate_seek, name="duplicate_seek"),
    path("duplicates/<int:pk>/", duplicates.duplicate_merge, name="duplicate_merge"),
    path("duplicates/<int:pk>/dismiss/", duplicates.duplicate_dismiss, name="duplicate_dismiss"),
    path("words/", words.word_list, name="word_list"),
    path("words/derive/", words.word_derive, name="word_derive"),
    path("words/<slug:kind>/", words.word_list, name="word_list_of"),
    path("words/<slug:kind>/new/", words.word_add, name="word_add"),
    path("words/<slug:kind>/<int:pk>/", words.word_edit, name="word_edit"),
    path("words/<slug:kind>/<int:pk>/remove/", words.word_remove, name="word_remove"),
]
