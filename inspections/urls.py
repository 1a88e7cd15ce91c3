"""Addresses of this room; all of them at the desk."""

from django.urls import path

from inspections.views import board, dossiers, enterprise_file, evidence, orders, review, schemes, site

desk_urls = [
    path("tasks/", board.task_list, name="task_list"),
    path("tasks/<uuid:pk>/", board.task_detail, name="task_detail"),
    path("tasks/<uuid:pk>/visit-day/", board.task_visit_day, name="task_visit_day"),
    path("tasks/<uuid:pk>/scheme/", schemes.task_scheme, name="task_scheme"),
    path("tasks/<uuid:pk>/scheme/draft/", schemes.task_scheme_draft, name="task_scheme_draft"),
    path("tasks/<uuid:pk>/scheme/approve/", schemes.task_scheme_approve, name="task_scheme_approve"),
    path("tasks/<uuid:pk>/scheme/return/", schemes.task_scheme_return, name="task_scheme_return"),
    path("tasks/<uuid:pk>/start/", site.task_start, name="task_start"),
    path("tasks/<uuid:pk>/record/", site.task_record, name="task_record"),
    path("tasks/<uuid:pk>/record/head/", site.record_head_save, name="record_head_save"),
    path("tasks/<uuid:pk>/record/items/<int:result_pk>/", site.record_item_save, name="record_item_save"),
    path("tasks/<uuid:pk>/record/photos/", site.record_photo_add, name="record_photo_add"),
    path("tasks/<uuid:pk>/submit/", site.task_submit, name="task_submit"),
    path("tasks/<uuid:pk>/review/", review.task_review, name="task_review"),
    path("tasks/<uuid:pk>/review/return/", review.task_review_return, name="task_review_return"),
    path("tasks/<uuid:pk>/reinspection/", orders.task_reinspection, name="task_reinspection"),
    path("tasks/<uuid:pk>/evidence/", evidence.task_evidence, name="task_evidence"),
    path("evidence/<uuid:pk>/", evidence.evidence_file, name="evidence_file"),
    path("evidence/<uuid:pk>/thumbnail/", evidence.evidence_thumbnail, name="evidence_thumbnail"),
    path("dossiers/", dossiers.dossier_list, name="dossier_list"),
    path("dossiers/<int:pk>/", dossiers.dossier_detail, name="dossier_detail"),
    path("dossiers/<int:pk>/queue/", dossiers.dossier_queue, name="dossier_queue"),
    path("dossiers/<int:pk>/lock/", dossiers.dossier_lock, name="dossier_lock"),
    path("dossiers/<int:pk>/file/", dossiers.dossier_file, name="dossier_file"),
    path("enterprises/<int:pk>/file/", enterprise_file.enterprise_file, name="enterprise_file"),
    path("enterprises/<int:pk>/file/pdf/", enterprise_file.enterprise_file_pdf, name="enterprise_file_pdf"),
]
