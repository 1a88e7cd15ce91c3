"""Addresses of publications in templates."""

from __future__ import annotations

from django import template

from publication import columns

register = template.Library()


@register.simple_tag
def address_of(publication) -> str:
    """The public address of a publication or of its entry."""
    return columns.address_of(publication)
