"""Hateful text on the desk, for those who would rather not read it before they have to.

{% load veil %}
{% veil comment %} its text {% endveil %}
"""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from comments.models import Comment

register = template.Library()


@register.simple_block_tag(takes_context=True)
def veil(context: Context, content: SafeString, comment: Comment) -> SafeString:
    """Collapsed to what was found, for a moderator who chose that; else the text as it is."""
    if not comment.hate_found or not context["hides_hate"]:
        return content
    kinds = ", ".join(dict.fromkeys(finding.label for finding in comment.hate_found))
    summary = gettext("Collapsed: %(kinds)s. Show the text") % {"kinds": kinds}
    return format_html('<details class="veil"><summary>{}</summary>{}</details>', summary, content)
