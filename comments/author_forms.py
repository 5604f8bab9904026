"""What moderators may write about an author: forms that validate, and nothing more."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .forms import PlainLineField
from .models import Reason, RestrictionAction
from .models.note import LONGEST_NOTE
from .models.restriction import LONGEST_BLOCK

_TOO_LONG = {"max_length": _("Keep the note under %(limit_value)d characters.")}
_KINDS = [
    (RestrictionAction.MUTE.value, _("Mute: new comments wait until somebody has read them")),
    (RestrictionAction.BLOCK.value, _("Block: no new comments are taken, and the author is told")),
]


class NoteForm(forms.Form):
    text = PlainLineField(
        label=_("Note"),
        max_length=LONGEST_NOTE,
        help_text=_(
            "For moderators. Please write no personal data into it: no name, no address, no "
            "number, no words of the comment. Its author can ask for what we keep about them, and "
            "gets it without your name."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=_TOO_LONG | {"required": _("Write the note first.")},
    )
    about = forms.ChoiceField(
        label=_("What it is about"),
        choices=[
            ("comment", _("This comment")),
            ("author", _("Its author: it stands beside all that they write")),
        ],
        initial="comment",
        widget=forms.RadioSelect,
    )

    @cached_property
    def helper(self) -> FormHelper:
        return _without_tag("text", "about")


class RestrictionForm(forms.Form):
    """``seen`` is the restriction in force when the page was made, 0 for none."""

    action = forms.ChoiceField(
        label=_("What to do"),
        choices=_KINDS,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what to do.")),
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose one")), *Reason.choices],
        help_text=_("Whoever is blocked reads the sentence that belongs to it."),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a reason.")),
    )
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("A block needs one, a year away at most. A mute without one has no end."),
        error_messages={"invalid": _("Write the day as 2027-03-31.")},
    )
    note = PlainLineField(
        label=_("Note for the log"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=_("In your own words, without the visitor's. It is kept for good."),
        error_messages=_TOO_LONG,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        today = timezone.localdate()
        days = {"type": "date", "min": today, "max": today + LONGEST_BLOCK}
        self.fields["until"].widget = forms.DateInput(attrs=days, format="%Y-%m-%d")

    @cached_property
    def helper(self) -> FormHelper:
        return _without_tag("action", "reason", "until", "note", "seen")

    def begin_with(self, seen: int) -> None:
        """Whoever has seen what holds now may put theirs in its place."""
        self.data = {name: self.data.get(name) for name in self.data} | {"seen": seen}


class LiftForm(forms.Form):
    note = PlainLineField(required=False, max_length=LONGEST_NOTE, error_messages=_TOO_LONG)


def _without_tag(*fields: str) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(*fields)
    return helper
