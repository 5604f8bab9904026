"""What people may send to the comment desk: forms that validate, and nothing more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast
from uuid import UUID, uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.models import Article

from . import plaintext, referrals
from .models import BY_AUTHORS, Action, CaseReplyVersion, Comment, Finding
from .models.comment import LANES
from .models.finding import FIELDS, TYPES_TO_CUT

MAX_NAME = 80
MAX_BODY = 5000
FORM_KEPT_OPEN = timedelta(days=2)
"""A start time older than that proves nothing any more: it may be one that somebody collected."""

_STARTED = signing.Signer(salt="comments.started")
_ID = re.compile(r"[0-9]{1,18}")
_STATE = re.compile(r"([0-9]{1,18}):([0-9]{1,9})")
_SPAN = re.compile(
    rf"(?:{'|'.join(dict(FIELDS))}):[0-9]{{1,5}}:[0-9]{{1,5}}:(?:{'|'.join(dict(TYPES_TO_CUT))})"
)
LOST_ON_THE_WAY = _("Something of this page got lost on the way. Open the comment again, please.")
PARENT_IS_GONE = _(
    "The comment you are answering cannot be answered any more. Your text is still here: "
    "send it once more, and it will stand as a comment of its own."
)


class PlainTextField(forms.CharField):
    """Text as it will be stored, so that its length is the length that counts."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        # Composing can make a text shorter, but hardly by more than two thirds.
        if self.max_length and len(text) > 3 * self.max_length:
            return text
        return self.clean_text(text)

    def clean_text(self, text: str) -> str:
        return plaintext.clean(text)

    def run_validators(self, value: Any) -> None:
        """An error names a length as its limit is written: 5,010 beside 5,000."""
        try:
            super().run_validators(value)
        except forms.ValidationError as errors:
            for error in errors.error_list:
                if error.params:
                    length = error.params["show_value"]
                    error.params["show_value"] = number_format(length, force_grouping=True)
            raise


class PlainLineField(PlainTextField):
    """The same for one line."""

    def clean_text(self, text: str) -> str:
        return plaintext.clean_line(text)


class PlainEmailField(forms.EmailField):
    """An address without the invisible characters that come along when one is pasted."""

    def to_python(self, value: Any) -> str:
        return plaintext.clean_line((super().to_python(value) or "")[:1000])


def body_field() -> PlainTextField:
    """The text of a comment, when it is written and when it is edited."""
    field = PlainTextField(
        label=_("Comment"),
        max_length=MAX_BODY,
        help_text=_("Up to 5,000 characters. A blank line starts a new paragraph."),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "max_length": _(
                "Please shorten your comment to 5,000 characters. It has %(show_value)s now."
            )
        },
    )
    # A browser would cut a pasted text without a word; we say what is too long instead.
    field.widget.attrs.pop("maxlength", None)
    return field


class CommentForm(forms.Form):
    """A comment, and the circumstances of its writing.

    A filled honeypot and a missing or forged start time refuse nothing: they are signals for
    screening. ``cleaned_data`` is what :func:`comments.intake.receive` takes.
    """

    name = PlainLineField(
        label=_("Name"),
        max_length=MAX_NAME,
        help_text=_("Stands beside your comment. Up to 80 characters; a first name is enough."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "max_length": _("Please shorten your name to 80 characters. It has %(show_value)s now.")
        },
    )
    email = PlainEmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("Will not be published. We only write to you about this comment."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _("Please enter a whole e-mail address, such as name@example.org."),
            "max_length": _("This e-mail address is too long: up to 254 characters work."),
        },
    )
    body = body_field()
    tell_me = forms.BooleanField(label=_("Tell me by e-mail when somebody replies"), required=False)
    # Plain fields refuse nothing: whatever comes back in them is a signal at most.
    parent = forms.Field(required=False, widget=forms.HiddenInput)
    key = forms.Field(required=False, widget=forms.HiddenInput)
    started = forms.Field(required=False, widget=forms.HiddenInput)
    warned = forms.Field(required=False, widget=forms.HiddenInput)
    website = forms.Field(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        article: Article | None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        fresh = {"key": uuid4(), "started": start_time()}
        super().__init__(data, initial=fresh | dict(initial or {}))
        self.article = article
        self.warning_token = ""
        for name in ("name", "email"):  # as for the text
            self.fields[name].widget.attrs.pop("maxlength", None)

    @classmethod
    def refilled(cls, data: Mapping[str, Any], *, article: Article | None = None) -> CommentForm:
        """The form as the visitor sent it, without judging it and without asking the database."""
        initial = {name: data[name] for name in cls.base_fields if name in data}
        initial["tell_me"] = cls.base_fields["tell_me"].to_python(data.get("tell_me"))
        return cls(article=article, initial=initial)

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout(
            Div("name", "email", css_class="two"),
            "body",
            "tell_me",
            Div("website", css_class="trap", aria_hidden="true"),
            "parent",
            "key",
            "started",
            "warned",
        )
        return helper

    @cached_property
    def answers(self) -> Comment | None:
        """The comment that this one replies to, if it stands under the article for all to read."""
        pk = str(self["parent"].value() or "").strip()
        if self.article is None or not _ID.fullmatch(pk):
            return None
        return Comment.objects.published().filter(article=self.article, pk=pk).first()

    def clean_parent(self) -> Comment | None:
        if not self.cleaned_data["parent"]:
            return None
        if self.answers is None:
            self.forget_parent()
            raise forms.ValidationError(PARENT_IS_GONE)
        return self.answers

    def forget_parent(self) -> None:
        """Show the form again as one for a comment of its own."""
        self.data = {name: self.data.get(name) for name in self.data} | {"parent": ""}
        self.__dict__["answers"] = None

    def remember_warning(self, token: str) -> None:
        """Carry on that a warning was counted for this form."""
        self.data = {name: self.data.get(name) for name in self.data} | {"warned": token}

    def clean_key(self) -> str:
        """Empty unless it is a key as we hand them out; sending none is no offence."""
        try:
            return UUID(self.cleaned_data["key"] or "").hex
        except ValueError:
            return ""

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        self.warning_token = cleaned.pop("warned", None) or ""
        seconds = seconds_since(cleaned.pop("started", None))
        filled = bool((cleaned.pop("website", None) or "").strip())
        return cleaned | {
            "seconds_to_write": seconds,
            "start_time_missing": seconds is None,
            "honeypot_filled": filled,
        }


class EditForm(forms.Form):
    """Other words for a comment that was written a moment ago."""

    body = body_field()
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout("body", "version")
        return helper


class AskForm(forms.Form):
    """What an author says when asking for a second look; they need not say anything."""

    words = PlainTextField(
        label=_("What should we know?"),
        required=False,
        max_length=1000,
        help_text=_("You need not write anything. Only moderators read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "max_length": _("Please shorten this to 1,000 characters. It has %(show_value)s now.")
        },
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["words"].widget.attrs.pop("maxlength", None)

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        return helper


class SecondLookForm(forms.Form):
    """The answer to an author who asked for a second look."""

    outcome = forms.ChoiceField(
        choices=[("stands", ""), ("changes", "")],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what to do.")),
    )
    answer = forms.CharField(
        max_length=2000,
        error_messages={
            "required": _("Write to the author what you found."),
            "max_length": _("Keep the answer under %(limit_value)d characters."),
        },
    )
    version = forms.IntegerField(
        min_value=1,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), LOST_ON_THE_WAY),
    )


def start_time() -> str:
    """Now, signed, for a form that is about to be shown."""
    return _STARTED.sign(str(round(timezone.now().timestamp() * 1000)))


def seconds_since(started: str | None) -> float | None:
    """How long ago that was; ``None`` when we did not sign it, or too long ago."""
    try:
        milliseconds = int(_STARTED.unsign(started or ""))
    except (signing.BadSignature, ValueError):
        return None
    # The clocks of two servers may differ a little, so a start time can lie ahead.
    seconds = max(0.0, timezone.now().timestamp() - milliseconds / 1000)
    return seconds if seconds <= FORM_KEPT_OPEN.total_seconds() else None


class CutsForm(forms.Form):
    """What stands in the form below a comment: ticked and hand-made cuts, a note, the place in
    the work. Whether it may be done so is for ``moderation`` to say."""

    reason = forms.CharField(required=False)
    """Ignored, whatever it says, unless the decision is to remove."""
    note = forms.CharField(
        required=False,
        max_length=500,
        error_messages={"max_length": _("Keep the note under %(limit_value)d characters.")},
    )
    version = forms.IntegerField(
        min_value=1,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), LOST_ON_THE_WAY),
    )
    cuts = forms.MultipleChoiceField(
        required=False,
        error_messages={
            "invalid_choice": _("The marks have changed since the page was opened. Look again.")
        },
    )
    cuts_given = forms.BooleanField(required=False)
    """The page had boxes to tick; without it every place that can be cut is meant."""
    cut_words = forms.CharField(required=False, max_length=MAX_BODY)
    """Characters to cut wherever they stand, typed by a moderator who has no pointer or script."""
    cut_type = forms.ChoiceField(
        required=False,
        choices=TYPES_TO_CUT,
        error_messages={"invalid_choice": _("Choose what it is that you cut.")},
    )
    queue = forms.CharField(required=False)
    case_reply = forms.CharField(required=False)
    """The version of a saved reply that the page showed; ignored unless it is to be sent."""
    state = forms.CharField(required=False)
    """Of the case, by its code, for a letter that says who helps there."""
    next = forms.CharField(required=False)
    """The queue, or the list of all, that the moderator is working through."""
    back = forms.CharField(required=False)
    """Which part of the list of all, as the query of its address."""

    def __init__(self, data: QueryDict, *, comment: Comment) -> None:
        super().__init__(data)
        self.sent_cuts = frozenset(data.getlist("cuts"))
        self.sent_alike = frozenset(data.getlist("alike"))
        spans = data.getlist("spans")
        self.by_hand = [_span(value) for value in spans if _SPAN.fullmatch(value)]
        """Cuts that no finding stands for, as ``field:start:end:type`` from the page."""
        self.has_lost_spans = len(self.by_hand) != len(spans)
        self.words_are_taken = False
        self.findings = {
            str(finding.pk): finding for finding in comment.findings.all() if finding.can_be_cut
        }
        cuts = cast("forms.MultipleChoiceField", self.fields["cuts"])
        cuts.choices = [(pk, pk) for pk in self.findings]

    def clean_case_reply(self) -> CaseReplyVersion | None:
        """Nothing where there is none of that number: ``moderation`` says what that means."""
        pk = self.cleaned_data["case_reply"]
        versions = CaseReplyVersion.objects.select_related("reply")
        return versions.filter(pk=pk).first() if _ID.fullmatch(pk) else None

    def clean_state(self) -> str:
        state: str = self.cleaned_data["state"]
        return state if state and state in dict(referrals.states()) else ""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        if data.get("next") not in {*dict(LANES), "all"}:
            data["next"] = ""
        if self.has_lost_spans:
            self.add_error("cuts", LOST_ON_THE_WAY)
        return data

    def add_by_hand(self, cuts: list[dict[str, Any]]) -> None:
        """Take the typed words as cuts from now on: they have done their work in their field."""
        self.by_hand += cuts
        self.words_are_taken = bool(cuts)

    def untick(self, finding: Finding) -> None:
        self.sent_cuts -= {str(finding.pk)}

    @property
    def words(self) -> str:
        """What stands in the field for words to cut."""
        return "" if self.words_are_taken else str(self["cut_words"].value() or "")

    @property
    def alike(self) -> dict[int, int]:
        """The alike comments that were ticked, each with the version that the page showed."""
        states = map(_STATE.fullmatch, sorted(self.sent_alike))
        return {int(state[1]): int(state[2]) for state in states if state}

    @property
    def chosen_cuts(self) -> list[Finding] | None:
        """The findings that were ticked; ``None`` when there was nothing to tick."""
        if not self.cleaned_data["cuts_given"] and not self.cleaned_data["cuts"]:
            return None
        return [self.findings[pk] for pk in self.cleaned_data["cuts"]]


class SearchForm(forms.Form):
    """Words, or an address for those who may look for one. It is sent by POST, since neither may
    stand in the address of a page."""

    words = PlainLineField(
        label=_("Words of the comment, or of its author's name"), required=False, max_length=100
    )
    email = PlainEmailField(
        label=_("E-mail of its author"),
        required=False,
        help_text=_("The whole address. That you looked is kept in the log, without the address."),
        error_messages={"invalid": _("Please enter a whole e-mail address.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, by_email: bool) -> None:
        super().__init__(data)
        if not by_email:
            del self.fields["email"]
            self.fields["words"].required = True

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        return helper

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not self.errors and not any(cleaned.values()):
            self.add_error("words", _("Say what to look for."))
        return cleaned


class DecisionForm(CutsForm):
    """One decision from the desk."""

    decision = forms.ChoiceField(
        choices=[
            choice
            for choice in Action.choices
            if choice[0] not in {Action.DESTROY, Action.UPHOLD, *BY_AUTHORS}
        ],
        error_messages={
            "required": _("Choose what to do."),
            "invalid_choice": _("Choose what to do."),
        },
    )
    together = forms.BooleanField(required=False)
    """An undo is meant for all that was decided with one press."""


def _span(value: str) -> dict[str, Any]:
    field, start, end, kind = value.split(":")
    return {"field": field, "start": int(start), "end": int(end), "type": kind}
