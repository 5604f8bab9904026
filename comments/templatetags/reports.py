"""What readers say of a comment, on its card on the desk.

{% load reports %}
{% reports card.comment %}  why it was reported, how often, in whose words, what is hidden
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import template
from django.template.context import Context

from comments import moderation
from comments.models import Comment

register = template.Library()

SHOWN = 10
"""Reports of which the words are shown, the newest; all of them are counted."""


@register.inclusion_tag("desk/comments/_reports.html", takes_context=True)
def reports(context: Context, comment: Comment) -> dict[str, Any]:
    """Nothing where no report waits. Needs the reports prefetched where one does."""
    waiting = comment.open_reports
    with_words = [report for report in waiting if report.words]
    return {
        "comment": comment,
        "reports": waiting,
        "counts": Counter(report.get_reason_display() for report in waiting).most_common(),
        "is_urgent": any(report.is_urgent for report in waiting),
        "is_about_them": any(report.about_me for report in waiting),
        "said": with_words[-SHOWN:],
        "left": len(with_words[:-SHOWN]),
        "seen": moderation.as_readers_see(comment) if comment.is_hidden and waiting else None,
        "hides_hate": context["hides_hate"],
    }
