"""What a reader sends who reports a comment."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .forms import PlainTextField
from .models import ReportReason

MAX_WORDS = 1000


class ReportForm(forms.Form):
    """``cleaned_data`` is what :func:`comments.reports.take` takes."""

    about_me = forms.BooleanField(
        label=_("This comment is about me"),
        required=False,
        help_text=_(
            "Names, contact details and numbers that our program sees in it are hidden at once, "
            "until a moderator has decided."
        ),
    )
    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose what is wrong with it.")
        ),
    )
    words = PlainTextField(
        label=_("What should a moderator know?"),
        required=False,
        max_length=MAX_WORDS,
        help_text=_("You need not write anything. Only moderators read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "max_length": _("Please shorten this to 1,000 characters. It has %(show_value)s now.")
        },
    )
    # A plain field refuses nothing.
    key = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"key": uuid4()})
        self.fields["words"].widget.attrs.pop("maxlength", None)

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout("reason", "about_me", "words", "key")
        return helper

    def clean_key(self) -> UUID | None:
        try:
            return UUID(self.cleaned_data["key"] or "")
        except ValueError:
            return None

    def clean(self) -> dict[str, Any]:
        """Only the person whose name it is can say that they did not write it."""
        cleaned = self.cleaned_data
        if cleaned.get("reason") == ReportReason.IMPERSONATION:
            cleaned["about_me"] = True
        return cleaned
