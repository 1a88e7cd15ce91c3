from importlib import import_module

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "shuangsuiji.imports"
    label = "imports"
    verbose_name = "导入"

    def ready(self) -> None:
        register_words = import_module("shuangsuiji.audit.details").register_detail_words
        registers = import_module("shuangsuiji.imports.registry").registers
        outcomes = import_module("shuangsuiji.imports.models").ImportRow.Outcome
        import_module("shuangsuiji.audit.details").register_detail_choices("outcome", outcomes.choices)
        register_words("register", lambda code: dict(registers()).get(code))
