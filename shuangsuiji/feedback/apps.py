from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "shuangsuiji.feedback"
    label = "feedback"
    verbose_name = "意见与投诉"
