"""The case reply below a comment on the desk.

{% load replies %}
{% case_reply comment form level group %}  the letters to choose from, the chosen one, the button
{% chosen_letter comment form %}           that letter alone, for a script that asks after a choice
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from comments import notices, referrals
from comments.alike import Group
from comments.forms import DecisionForm
from comments.languages import language_of
from comments.models import Action, CaseReplyVersion, Comment

register = template.Library()

CASES = "cases"
"""The queue in which a case reply is what mostly comes of a comment."""


@register.inclusion_tag("desk/comments/_reply.html", takes_context=True)
def case_reply(
    context: Context,
    comment: Comment,
    form: DecisionForm | None,
    level: str,
    group: Group | None = None,
) -> dict[str, Any]:
    """Nothing where no letter can go, nor in a list of comments that are hardly enquiries."""
    if not _can_be_answered(comment) or (level != "h1" and comment.queue != CASES):
        return {"is_offered": False}
    replies = _offered(context, comment)
    return _letter(comment, form, replies) | {
        "is_offered": True,
        # Whoever may be in danger needs a person's own words before a letter that was saved.
        "is_usual": comment.is_waiting and comment.queue == CASES and not comment.is_urgent,
        "is_open": form is not None and form.data.get("decision") == Action.ANSWER,
        "errors": form.errors.get("case_reply", []) if form else [],
        "comment": comment,
        "group": group,
        "replies": replies,
        "states": referrals.states(),
        "shows_address": level == "h1",
        "may_write": context["perms"]["comments"]["edit_case_replies"],
    }


@register.inclusion_tag("desk/comments/_letter.html", takes_context=True)
def chosen_letter(context: Context, comment: Comment, form: DecisionForm) -> dict[str, Any]:
    """The letter as it will be read; nothing where there is none to send."""
    return _letter(comment, form, _offered(context, comment))


def _can_be_answered(comment: Comment) -> bool:
    return bool(comment.email and comment.body) and (comment.is_waiting or comment.is_published)


def _offered(context: Context, comment: Comment) -> list[CaseReplyVersion]:
    """Those in the language of the comment first."""
    language = language_of(comment.body)
    return sorted(context["case_replies"], key=lambda reply: reply.language != language)


def _letter(
    comment: Comment, form: DecisionForm | None, replies: list[CaseReplyVersion]
) -> dict[str, Any]:
    """The reply that was chosen, or the first; and the letter that it makes for this comment."""
    data = form.data if form else {}
    asked, state = data.get("case_reply", ""), data.get("state", "")
    chosen = next((reply for reply in replies if str(reply.pk) == asked), None)
    chosen = chosen or next(iter(replies), None)
    if chosen is None:
        return {"chosen": None}
    letter = notices.case_reply(
        chosen.text, language=chosen.language, name=comment.public_name, state=state
    )
    return {"chosen": chosen, "state": state, "letter": letter, "language": chosen.language}
