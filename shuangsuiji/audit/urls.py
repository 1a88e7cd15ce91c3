from django.urls import path

from shuangsuiji.audit import views

desk_urls = [path("audit/", views.audit_list, name="audit_list")]
