"""Addresses of verifying."""

from __future__ import annotations

from django.urls import path

from draws.views import verify

verify_public_urls = [
    path("verify/", verify.verify, name="verify"),
    path("verify/draw.pyz", verify.verify_program, name="verify_program"),
]
