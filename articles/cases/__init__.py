"""How we consider cases: what staff say about it, who else helps, and the pages that show both.

For others in the house: ``whom_to_write_to`` a family should be sent, and ``address_of`` a page.
"""

from __future__ import annotations

from .addresses import address_of
from .recipients import Recipients, whom_to_write_to

__all__ = ["Recipients", "address_of", "whom_to_write_to"]
