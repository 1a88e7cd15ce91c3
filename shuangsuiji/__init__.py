"""The frame around the five apps. Importing it makes `shared_task` find our Celery application."""

from shuangsuiji.celery import app as celery_app

__all__ = ["celery_app"]
