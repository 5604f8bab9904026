"""Comments, what screening saw in them, what people decided, and the letters about it."""

from __future__ import annotations

from .case_reply import CaseReply, CaseReplyVersion
from .comment import Comment, CommentQuerySet, Status
from .decision import SILENT, Action, Decision, Reason
from .finding import Finding
from .help_line import HelpLine
from .notice import Notice
from .reveal import Reveal
from .warning import CaseWarnings

__all__ = [
    "SILENT",
    "Action",
    "CaseReply",
    "CaseReplyVersion",
    "CaseWarnings",
    "Comment",
    "CommentQuerySet",
    "Decision",
    "Finding",
    "HelpLine",
    "Notice",
    "Reason",
    "Reveal",
    "Status",
]
