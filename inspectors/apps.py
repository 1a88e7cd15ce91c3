from django.apps import AppConfig


class InspectorsConfig(AppConfig):
    name = "inspectors"
    label = "inspectors"
    verbose_name = "执法人员与专家"
