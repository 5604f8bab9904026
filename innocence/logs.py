"""Log lines without anybody's words: a traceback keeps its frames and loses its message."""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


_RECEIPT = re.compile(r"(\breceipt[/=])[^/\s?&]+")


class WordlessFormatter(logging.Formatter):
    """Formats exceptions as their frames and types.

    A database's message may quote the row that it refused, a decoder's the text that it could
    not read: what a visitor wrote would end up in a log file. The address of a receipt opens it
    to whoever reads it, so its token is left out.
    """

    def format(self, record: logging.LogRecord) -> str:
        return _RECEIPT.sub(r"\1…", super().format(record))

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the name is logging's
        _kind, error, _frames = ei
        lines: list[str] = []
        while error is not None:
            lines.append("Traceback (most recent call last):")
            lines += [line.rstrip("\n") for line in traceback.format_tb(error.__traceback__)]
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
            error = error.__cause__ or error.__context__
            if error is not None:
                lines.append("which came from:")
        return "\n".join(lines)
