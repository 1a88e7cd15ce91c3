from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "shuangsuiji.accounts"
    label = "accounts"
    verbose_name = "账号"

    def ready(self) -> None:
        import_module("shuangsuiji.accounts.signals")
