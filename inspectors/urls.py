from django.urls import path

from inspectors.views import experts, inspectors, records

desk_urls = [
    path("inspectors/", inspectors.inspector_list, name="inspector_list"),
    path("inspectors/export/", inspectors.inspector_export, name="inspector_export"),
    path("inspectors/new/", inspectors.inspector_create, name="inspector_create"),
    path("inspectors/<int:pk>/", inspectors.inspector_detail, name="inspector_detail"),
    path("inspectors/<int:pk>/edit/", inspectors.inspector_edit, name="inspector_edit"),
    path("inspectors/<int:pk>/phone/", inspectors.inspector_phone, name="inspector_phone"),
    path("inspectors/<int:pk>/state/", inspectors.inspector_state, name="inspector_state"),
    path("inspectors/<int:pk>/account/", inspectors.inspector_account, name="inspector_account"),
    path("inspectors/<int:pk>/leave/", inspectors.leave_add, name="leave_add"),
    path("inspectors/<int:pk>/leave/<int:leave_pk>/remove/", inspectors.leave_remove, name="leave_remove"),
    path("experts/", experts.expert_list, name="expert_list"),
    path("experts/export/", experts.expert_export, name="expert_export"),
    path("experts/new/", experts.expert_create, name="expert_create"),
    path("experts/<int:pk>/", experts.expert_detail, name="expert_detail"),
    path("experts/<int:pk>/edit/", experts.expert_edit, name="expert_edit"),
    path("experts/<int:pk>/contact/", experts.expert_contact, name="expert_contact"),
    path("experts/<int:pk>/state/", experts.expert_state, name="expert_state"),
    path("inspectors/<int:pk>/records/", records.person_records, {"word": "inspector"}, name="inspector_records"),
    path("inspectors/<int:pk>/history/", records.person_history, {"word": "inspector"}, name="inspector_history"),
    path("inspectors/<int:pk>/interests/", records.interest_declare, {"word": "inspector"}, name="inspector_interest"),
    path("experts/<int:pk>/records/", records.person_records, {"word": "expert"}, name="expert_records"),
    path("experts/<int:pk>/history/", records.person_history, {"word": "expert"}, name="expert_history"),
    path("experts/<int:pk>/interests/", records.interest_declare, {"word": "expert"}, name="expert_interest"),
    path("experts/<int:pk>/absences/", records.absence_add, name="absence_add"),
    path("experts/<int:pk>/absences/<int:absence_pk>/remove/", records.absence_remove, name="absence_remove"),
    path("interests/<int:pk>/withdraw/", records.interest_withdraw, name="interest_withdraw"),
]
