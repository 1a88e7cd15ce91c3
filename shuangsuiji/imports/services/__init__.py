"""Staging an upload, taking it over, letting it go."""

from shuangsuiji.imports.services.applying import apply_batch, discard_batch
from shuangsuiji.imports.services.staging import stage_upload

__all__ = ["apply_batch", "discard_batch", "stage_upload"]
