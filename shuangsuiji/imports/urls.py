from django.urls import path

from shuangsuiji.imports.views import batches, mending, uploading

desk_urls = [
    path("imports/", batches.import_list, name="import_list"),
    path("imports/<uuid:pk>/", batches.import_preview, name="import_preview"),
    path("imports/<uuid:pk>/progress/", batches.import_progress, name="import_progress"),
    path("imports/<uuid:pk>/columns/", mending.import_columns, name="import_columns"),
    path("imports/<uuid:pk>/rows/<int:number>/", mending.import_row, name="import_row"),
    path("imports/<uuid:pk>/apply/", batches.import_apply, name="import_apply"),
    path("imports/<uuid:pk>/discard/", batches.import_discard, name="import_discard"),
    path("imports/<uuid:pk>/undo/", batches.import_undo, name="import_undo"),
    path("imports/<uuid:pk>/undo/rest/", batches.import_undo_rest, name="import_undo_rest"),
    path("imports/<uuid:pk>/faults/", batches.import_faults, name="import_faults"),
    path("imports/<slug:register>/", uploading.import_upload, name="import_upload"),
    path("imports/<slug:register>/template/", uploading.import_template, name="import_template"),
]
