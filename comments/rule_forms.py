"""What staff may write as a rule of the site: a form that validates, and nothing more."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .forms import PlainLineField, PlainTextField
from .models import SiteRule
from .models.site_rule import KINDS, LONGEST_LINES, LONGEST_NOTE
from .screening import RuleKind, rules

MOST_WORDS = 10
"""Of one line."""


class SiteRuleForm(forms.Form):
    """One state of a rule. ``number`` is that of the version that the writer began with, and
    ``tried`` tells what the trial that they saw was of.
    """

    kind = forms.ChoiceField(
        label=_("What to look for"),
        choices=KINDS,
        widget=forms.RadioSelect,
        initial=RuleKind.WORDS.value,
    )
    lines = PlainTextField(
        label=_("The words, or the websites"),
        max_length=LONGEST_LINES,
        help_text=_(
            "One in each line. Words are found whole, and several in a line one after the other; "
            "capitals and punctuation make no difference, accents do. A website is its name, such "
            "as shop.example: links to it and to all below it are found, and e-mail addresses too."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "max_length": _("Please shorten it to 2,000 characters. It has %(show_value)s now."),
        },
    )
    note = PlainLineField(
        label=_("Why"),
        max_length=LONGEST_NOTE,
        help_text=_("For moderators. It stands beside the rule."),
        error_messages={"max_length": _("Please shorten it to %(limit_value)d characters.")},
    )
    is_on = forms.BooleanField(label=_("Switched on"), required=False, initial=True)
    number = forms.IntegerField(required=False, widget=forms.HiddenInput)
    tried = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, rule: SiteRule | None = None) -> None:
        names = ("kind", "lines", "note", "is_on", "number")
        super().__init__(data, initial={name: getattr(rule, name) for name in names if rule})

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout("kind", "lines", "note", "is_on", "number", "tried")
        return helper

    def begin_with(self, number: int) -> None:
        """Whoever has seen the newer version may put theirs in its place."""
        self._send_back(number=number)

    def tell_tried(self) -> None:
        """The trial of what stands in the form is on the page that is about to be made."""
        self._send_back(tried=self._what_is_tried())

    @property
    def is_tried(self) -> bool:
        """Whether the writer saw what this very rule would have done."""
        return constant_time_compare(self.cleaned_data["tried"], self._what_is_tried())

    def _what_is_tried(self) -> str:
        content = self.cleaned_data
        return salted_hmac(
            "comments.site-rule", f"{content['kind']}\n{content['lines']}"
        ).hexdigest()

    def _send_back(self, **values: Any) -> None:
        self.data = {name: self.data.get(name) for name in self.data} | values

    def clean(self) -> dict[str, Any]:
        content: dict[str, Any] = super().clean() or {}
        if "kind" in content and "lines" in content:
            self._check_lines(RuleKind(content["kind"]), content["lines"])
        return content

    def _check_lines(self, kind: RuleKind, lines: str) -> None:
        for line in filter(str.strip, lines.splitlines()):
            if not rules.is_of_use(kind, line):
                is_host = kind is RuleKind.HOST
                said = (
                    _("“%(line)s” is not the name of a website. Write it as shop.example.")
                    if is_host
                    else _("“%(line)s” holds no word.")
                )
                self.add_error("lines", said % {"line": line})
            elif len(line.split()) > MOST_WORDS:
                self.add_error(
                    "lines",
                    _("“%(line)s” is too long. A line has up to %(most)d words.")
                    % {"line": line, "most": MOST_WORDS},
                )
