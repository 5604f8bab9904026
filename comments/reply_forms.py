"""What staff may write as a saved reply: a form that validates, and nothing more."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import placeholders
from .forms import PlainLineField, PlainTextField
from .models import CaseReply
from .models.case_reply import LONGEST_TEXT, LONGEST_TITLE


class CaseReplyForm(forms.Form):
    """One state of a saved reply. ``number`` is that of the version that the writer began with."""

    title = PlainLineField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        help_text=_("Tells moderators which letter this is. It is not part of the letter."),
        error_messages={
            "max_length": _("Please shorten it to %(limit_value)d characters."),
        },
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    text = PlainTextField(
        label=_("Text of the letter"),
        max_length=LONGEST_TEXT,
        help_text=_(
            "Plain text; a blank line starts a new paragraph. Greetings at the end and the name "
            "of the organization are added. The placeholders are explained below."
        ),
        widget=forms.Textarea(attrs={"rows": 18}),
        error_messages={
            "max_length": _("Please shorten it to 4,000 characters. It has %(show_value)s now."),
        },
    )
    number = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, reply: CaseReply | None = None) -> None:
        names = ("title", "language", "text", "number")
        super().__init__(data, initial={name: getattr(reply, name) for name in names if reply})

    def begin_with(self, number: int) -> None:
        """Whoever has seen the newer version may put this text in its place."""
        self.data = {name: self.data.get(name) for name in self.data} | {"number": number}

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout(Div("title", "language", css_class="two"), "text", "number")
        return helper

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if strange := placeholders.unknown(text):
            ours = get_text_list([f"{{{name}}}" for name in placeholders.KNOWN], gettext("or"))
            raise forms.ValidationError(
                _("%(strange)s is no placeholder of ours. Write %(ours)s, or leave it out.")
                % {"strange": get_text_list(strange, gettext("and")), "ours": ours}
            )
        return text
