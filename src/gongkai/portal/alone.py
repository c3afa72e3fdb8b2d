"""One at a time: who writes a page, publishes it or takes it down holds its row until the transaction ends.

Wagtail saves whole rows: without this a publication would write back what it had read before somebody else's save.
"""

from __future__ import annotations

from typing import Any


def held(page: Any) -> Any:
    """The page as it is now, for nobody else to change until the transaction ends."""
    return type(page).objects.select_for_update(no_key=True).get(pk=page.pk)
