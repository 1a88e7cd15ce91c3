from django.urls import path

from shuangsuiji.notifications import views

desk_urls = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.inbox_read, name="inbox_read"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<uuid:pk>/again/", views.outbox_send_again, name="outbox_send_again"),
]
