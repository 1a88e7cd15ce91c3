from django.urls import path

from shuangsuiji.dashboard.views import health, pages, quality, settings

desk_urls = [
    path("", pages.desk_home, name="desk_home"),
    path("dashboard/", pages.dashboard, name="dashboard"),
    path("deadlines/", pages.deadline_list, name="deadline_list"),
    path("quality/", quality.register_quality_page, name="register_quality"),
    path("search/", pages.desk_search, name="desk_search"),
    path("settings/", settings.settings_page, name="settings"),
    path("settings/years/", settings.year_propose, name="calendar_year_propose"),
    path("settings/days/", settings.day_set, name="calendar_day_set"),
    path("settings/days/<int:pk>/clear/", settings.day_clear, name="calendar_day_clear"),
    path("settings/rules/<str:code>/", settings.rule_edit, name="deadline_rule_edit"),
    path("settings/changes/<int:pk>/confirm/", settings.setting_confirm, name="setting_confirm"),
    path("settings/changes/<int:pk>/refuse/", settings.setting_refuse, name="setting_refuse"),
]
public_urls = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
]
