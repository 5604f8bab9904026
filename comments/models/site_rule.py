"""What this site wants read by a person before it is published: words, or hosts of links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from auditlog.models import Entry

from ..screening import Rule, RuleKind

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

LONGEST_LINES = 2000
LONGEST_NOTE = 300
KINDS = [(RuleKind.WORDS.value, _("Words")), (RuleKind.HOST.value, _("Links to a website"))]


class SiteRuleQuerySet(models.QuerySet["SiteRule"]):
    def for_screening(self) -> list[Rule]:
        """Those that are switched on, as screening knows them."""
        rules = self.filter(is_on=True).order_by("pk")
        return [Rule(rule.pk, rule.number, RuleKind(rule.kind), rule.lines) for rule in rules]


class SiteRule(models.Model):
    """A rule as it stands now. All that it ever was is in its versions."""

    kind = models.CharField(_("kind"), max_length=5, choices=KINDS, default=RuleKind.WORDS.value)
    lines = models.TextField(_("what is looked for"), max_length=LONGEST_LINES)
    """One word, phrase or host a line."""
    note = models.CharField(_("why"), max_length=LONGEST_NOTE)
    is_on = models.BooleanField(_("switched on"), default=True)
    number = models.PositiveIntegerField(default=1)
    """Of its newest version."""

    objects = SiteRuleQuerySet.as_manager()

    if TYPE_CHECKING:
        versions: RelatedManager[SiteRuleVersion]

    class Meta:
        ordering = ["-is_on", "-pk"]
        verbose_name = _("rule of the site")
        verbose_name_plural = _("rules of the site")
        permissions = [("edit_site_rules", "May write the rules that hold comments")]

    def __str__(self) -> str:
        return f"Rule {self.pk}"


class SiteRuleVersion(Entry):
    """One saved state of a rule, by whom and when. The words in it are staff's own."""

    rule = models.ForeignKey(SiteRule, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=5, choices=KINDS)
    lines = models.TextField()
    note = models.CharField(max_length=LONGEST_NOTE)
    is_on = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version of a rule")
        verbose_name_plural = _("versions of rules")
        constraints = [
            models.UniqueConstraint(fields=["rule", "number"], name="site_rule_counts_versions"),
        ]

    def __str__(self) -> str:
        return f"Rule {self.rule_id}, version {self.number}"
