from django.urls import path

from shuangsuiji.accounts import filter_views, views
from shuangsuiji.accounts.access import desk_page, public_page
from shuangsuiji.lib import views as frame_views

# The frame's own pages stand on the floor below; their doors are declared here.
desk_urls = [
    path("logout/", views.sign_out, name="logout"),
    path("password/", views.password_change, name="password_change"),
    path("accounts/", views.account_list, name="account_list"),
    path("accounts/new/", views.account_create, name="account_create"),
    path("accounts/<int:pk>/", views.account_edit, name="account_edit"),
    path("accounts/<int:pk>/password/", views.account_password, name="account_password"),
    path("accounts/<int:pk>/roles/", views.account_roles, name="account_roles"),
    path("filters/", filter_views.filter_save, name="filter_save"),
    path("filters/<int:pk>/remove/", filter_views.filter_remove, name="filter_remove"),
    path("components/", desk_page()(frame_views.component_page), name="component_page"),
]
public_urls = [
    path("login/", views.login, name="login"),
    path("display/", public_page(frame_views.display_settings), name="display_settings"),
]
