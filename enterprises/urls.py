from django.urls import path

from enterprises import views

desk_urls = [
    path("enterprises/", views.enterprise_list, name="enterprise_list"),
    path("enterprises/export/", views.enterprise_export, name="enterprise_export"),
    path("enterprises/new/", views.enterprise_create, name="enterprise_create"),
    path("enterprises/classify/", views.enterprise_classify, name="enterprise_classify"),
    path("enterprises/<int:pk>/", views.enterprise_detail, name="enterprise_detail"),
    path("enterprises/<int:pk>/edit/", views.enterprise_edit, name="enterprise_edit"),
    path("enterprises/<int:pk>/contact/", views.enterprise_contact, name="enterprise_contact"),
    path("enterprises/<int:pk>/state/", views.enterprise_state, name="enterprise_state"),
]
