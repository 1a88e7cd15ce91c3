from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "publication"
    label = "publication"
    verbose_name = "公开"
