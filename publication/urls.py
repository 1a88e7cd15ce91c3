from django.urls import path

from publication.views import desk, letters, public

desk_urls = [
    path("publication/", desk.publication_list, name="publication_list"),
    path("publication/<uuid:pk>/", desk.publication_detail, name="publication_detail"),
    path("publication/<uuid:pk>/words/", desk.publication_edit, name="publication_edit"),
    path("publication/<uuid:pk>/approve/", desk.publication_approve, name="publication_approve"),
    path("publication/<uuid:pk>/return/", desk.publication_return, name="publication_return"),
    path("publication/draws/<uuid:draw_id>/notice/", desk.notice_draft, name="notice_draft"),
    path("publication/tasks/<uuid:task_id>/result/", desk.result_draft, name="result_draft"),
    path("publication/letters/<uuid:pk>/renew/", desk.letter_renew, name="letter_renew"),
]
public_urls = [
    path("", public.home, name="home"),
    path("notices/", public.notice_list, name="notice_list"),
    path("notices/<slug:slug>/", public.notice, name="notice"),
    path("notices/<slug:slug>/notice.pdf", public.notice_paper, name="notice_paper"),
    path("results/", public.result_list, name="result_list"),
    path("results/<slug:slug>/", public.result, name="result"),
    path("search/", public.search, name="search"),
    path("feed.atom", public.feed, name="feed"),
    path("letter/<str:token>/", letters.letter, name="letter"),
    path("letter/<str:token>/letter.pdf", letters.letter_pdf, name="letter_pdf"),
    path("letter/<str:token>/confirm/", letters.letter_confirm, name="letter_confirm"),
]
