from django.urls import path

from shuangsuiji.feedback import views

desk_urls = [
    path("feedback/", views.feedback_desk_list, name="feedback_desk_list"),
    path("feedback/<uuid:pk>/", views.feedback_desk_detail, name="feedback_desk_detail"),
    path("feedback/<uuid:pk>/assign/", views.feedback_assign, name="feedback_assign"),
    path("feedback/<uuid:pk>/answer/", views.feedback_answer, name="feedback_answer"),
    path("feedback/<uuid:pk>/contact/", views.feedback_contact, name="feedback_contact"),
    path("feedback/<uuid:pk>/selection/", views.feedback_propose, name="feedback_propose"),
    path("feedback/<uuid:pk>/publish/", views.feedback_publish, name="feedback_publish"),
]
public_urls = [
    path("feedback/", views.feedback, name="feedback"),
    path("feedback/status/", views.feedback_status, name="feedback_status"),
    path("feedback/receipt/<str:number>/", views.feedback_receipt, name="feedback_receipt"),
]
