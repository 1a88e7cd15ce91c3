from importlib import import_module

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "shuangsuiji.feedback"
    label = "feedback"
    verbose_name = "意见与投诉"

    def ready(self) -> None:
        kinds = import_module("shuangsuiji.feedback.models").Feedback.Kind
        import_module("shuangsuiji.audit.details").register_detail_choices("kind", kinds.choices)
