"""Taking and reading snapshots."""

from __future__ import annotations

from gongkai.foundation.snapshots import store
from gongkai.foundation.snapshots.fetching import Fetched, fetch
from gongkai.foundation.snapshots.models import Snapshot
from gongkai.foundation.snapshots.reading import read_page


def take(url: str) -> Snapshot:
    """Fetch `url` and keep what it answers, a refusal such as 404 included; `FetchError` when there is no answer."""
    return keep(fetch(url))


def keep(fetched: Fetched) -> Snapshot:
    """Keep an answer. The bytes are on disk before the row is written."""
    page = read_page(fetched.body, fetched.content_type)
    return Snapshot.objects.create(
        url=fetched.url[:2000],
        final_url=fetched.final_url[:2000],
        fetched_at=fetched.fetched_at,
        status=fetched.status,
        sha256=store.put(fetched.body),
        content_type=fetched.content_type,
        size=len(fetched.body),
        title=page.title,
        published_on=page.published_on,
        excerpt=page.excerpt.replace("\0", ""),
    )


def read(snapshot: Snapshot) -> bytes:
    """The bytes as they were fetched; `store.Damaged` when they are not what they were."""
    return store.get(snapshot.sha256)
