"""Comments, what screening saw in them, what people decided, and the letters about it."""

from __future__ import annotations

from .case_reply import CaseReply, CaseReplyVersion
from .choice import DeskChoice
from .comment import Comment, CommentQuerySet, Status
from .decision import BY_AUTHORS, SILENT, Action, Decision, Reason
from .earlier_text import EarlierText
from .emergency_number import EmergencyNumber
from .finding import Finding
from .help_line import HelpLine
from .lease import Lease
from .note import Note
from .notice import Notice
from .report import Report, ReportReason
from .restriction import Restriction, RestrictionAction, RestrictionEntry
from .reveal import AddressSearch, Reveal
from .second_look import SecondLook
from .site_rule import SiteRule, SiteRuleVersion
from .trait import Likeness, Trait
from .warning import CaseWarnings
from .watch import Watch

__all__ = [
    "BY_AUTHORS",
    "SILENT",
    "Action",
    "AddressSearch",
    "CaseReply",
    "CaseReplyVersion",
    "CaseWarnings",
    "Comment",
    "CommentQuerySet",
    "Decision",
    "DeskChoice",
    "EarlierText",
    "EmergencyNumber",
    "Finding",
    "HelpLine",
    "Lease",
    "Likeness",
    "Note",
    "Notice",
    "Reason",
    "Report",
    "ReportReason",
    "Restriction",
    "RestrictionAction",
    "RestrictionEntry",
    "Reveal",
    "SecondLook",
    "SiteRule",
    "SiteRuleVersion",
    "Status",
    "Trait",
    "Watch",
]
