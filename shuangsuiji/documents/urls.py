from django.urls import path

from shuangsuiji.documents import views

desk_urls = [path("documents/<uuid:pk>/file/", views.document_file, name="document_file")]
public_urls = [
    path("documents/<str:token>/", views.document_check, name="document_check"),
    path("documents/<str:token>/file/", views.document_public_file, name="document_public_file"),
]
