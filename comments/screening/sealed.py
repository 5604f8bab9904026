"""Data files that detectors depend on, read only when they are the ones we made."""

from __future__ import annotations

import hashlib
from pathlib import Path

CHECKSUMS = "SHA256SUMS"


class DataError(RuntimeError):
    """A detector's data is missing, cut short or altered."""


def read_sealed(path: Path) -> bytes:
    """The content of a file, verified against the ``SHA256SUMS`` beside it.

    Raises :class:`DataError`, which names the file and never its content.
    """
    try:
        lines = (path.parent / CHECKSUMS).read_text(encoding="ascii").splitlines()
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        raise DataError(f"{path.name} or its checksum cannot be read") from error
    if f"{hashlib.sha256(content).hexdigest()}  {path.name}" not in lines:
        raise DataError(f"{path.name} is not the file that the checksum was made for")
    return content


def version(folder: Path) -> str:
    """A short name for the sealed files in the folder and below; another as soon as one differs."""
    digest = hashlib.sha256()
    for checksums in sorted(folder.rglob(CHECKSUMS)):
        digest.update(checksums.read_bytes())
    return digest.hexdigest()[:12]


def damaged(folder: Path) -> list[str]:
    """One sentence for each sealed file in the folder and below that is not as we made it."""
    found = []
    for checksums in sorted(folder.rglob(CHECKSUMS)):
        try:
            names = [line.split()[1] for line in checksums.read_text(encoding="ascii").splitlines()]
        except (OSError, ValueError, IndexError):
            found.append(f"{checksums.parent.name}/{CHECKSUMS} cannot be read")
            continue
        for name in names:
            try:
                read_sealed(checksums.parent / name)
            except DataError as error:
                found.append(str(error))
    return found
