from django.urls import path

from draws.views import editions, items

item_desk_urls = [
    path("items/", items.item_desk_list, name="item_desk_list"),
    path("items/export/", items.item_export, name="item_export"),
    path("items/new/", items.item_create, name="item_create"),
    path("items/load/", items.item_load, name="item_load"),
    path("items/editions/", editions.item_edition_list, name="item_edition_list"),
    path("items/editions/<int:pk>/", editions.item_edition, name="item_edition"),
    path("items/editions/<int:pk>/submit/", editions.item_edition_submit, name="item_edition_submit"),
    path("items/editions/<int:pk>/approve/", editions.item_edition_approve, name="item_edition_approve"),
    path("items/editions/<int:pk>/return/", editions.item_edition_return, name="item_edition_return"),
    path("items/editions/<int:pk>/publish/", editions.item_edition_publish, name="item_edition_publish"),
    path("items/<int:pk>/", items.item_desk_detail, name="item_desk_detail"),
    path("items/<int:pk>/edit/", items.item_edit, name="item_edit"),
    path("items/<int:pk>/revise/", items.item_revise, name="item_revise"),
    path("items/<int:pk>/discard/", items.item_discard, name="item_discard"),
    path("items/<int:pk>/withdraw/", items.item_withdraw, name="item_withdraw"),
    path("items/<int:pk>/keep/", items.item_keep, name="item_keep"),
    path("items/<int:pk>/sub-items/new/", items.sub_item_create, name="sub_item_create"),
    path("items/<int:pk>/sub-items/<int:sub_pk>/", items.sub_item_edit, name="sub_item_edit"),
    path("items/<int:pk>/sub-items/<int:sub_pk>/remove/", items.sub_item_remove, name="sub_item_remove"),
]

item_public_urls = [
    path("items/", items.item_list, name="item_list"),
    path("items/<slug:slug>/", editions.item_edition_page, name="item_edition_page"),
]
