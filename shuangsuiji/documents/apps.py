from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "shuangsuiji.documents"
    label = "documents"
    verbose_name = "文书"
