from django.urls import path

from shuangsuiji.imports import views

desk_urls = [
    path("imports/", views.import_list, name="import_list"),
    path("imports/<uuid:pk>/", views.import_preview, name="import_preview"),
    path("imports/<uuid:pk>/apply/", views.import_apply, name="import_apply"),
    path("imports/<uuid:pk>/discard/", views.import_discard, name="import_discard"),
    path("imports/<uuid:pk>/faults/", views.import_faults, name="import_faults"),
    path("imports/<slug:register>/", views.import_upload, name="import_upload"),
    path("imports/<slug:register>/template/", views.import_template, name="import_template"),
]
