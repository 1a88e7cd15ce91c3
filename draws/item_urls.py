from django.urls import path

from draws.views import items

item_desk_urls = [
    path("items/", items.item_desk_list, name="item_desk_list"),
    path("items/export/", items.item_export, name="item_export"),
    path("items/new/", items.item_create, name="item_create"),
    path("items/load/", items.item_load, name="item_load"),
    path("items/<int:pk>/", items.item_desk_detail, name="item_desk_detail"),
    path("items/<int:pk>/edit/", items.item_edit, name="item_edit"),
    path("items/<int:pk>/publish/", items.item_publish, name="item_publish"),
    path("items/<int:pk>/withdraw/", items.item_withdraw, name="item_withdraw"),
    path("items/<int:pk>/sub-items/new/", items.sub_item_create, name="sub_item_create"),
    path("items/<int:pk>/sub-items/<int:sub_pk>/", items.sub_item_edit, name="sub_item_edit"),
    path("items/<int:pk>/sub-items/<int:sub_pk>/remove/", items.sub_item_remove, name="sub_item_remove"),
]

item_public_urls = [path("items/", items.item_list, name="item_list")]
