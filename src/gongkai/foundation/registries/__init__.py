"""Where rooms meet without knowing each other: each declares here, the engines above read.

`indicators` are read by the ledger, `reviewables` by review, `rectification_sources` by rectification, `public_blocks`
and `api_routes` by the portal, `handovers` by bodies, `content_sources` by standards, `verbs` and `addresses` by
access. A room fills them from its modules `indicators.py`, `reviewables.py`, `rectification_sources.py`,
`public_blocks.py`, `api_routes.py`, `handovers.py`, `content_sources.py`, `services` and `access.py`, which are
imported once when the application starts (see `gongkai.foundation.apps`).
"""

from gongkai.foundation.registries.contents import (
    Content,
    ContentSource,
    Place,
    Standing,
    content_changed,
    content_sources,
)
from gongkai.foundation.registries.registry import Duplicate, Label, Registry, Unknown
from gongkai.foundation.registries.rooms import (
    ApiRoute,
    Finding,
    Handover,
    Indicator,
    PublicBlock,
    Reading,
    Recheck,
    RectificationSource,
    Reviewable,
    Severity,
    api_routes,
    handovers,
    indicators,
    public_blocks,
    rectification_sources,
    reviewables,
)

__all__ = [
    "ApiRoute",
    "Content",
    "ContentSource",
    "Duplicate",
    "Finding",
    "Handover",
    "Indicator",
    "Label",
    "Place",
    "PublicBlock",
    "Reading",
    "Recheck",
    "RectificationSource",
    "Registry",
    "Reviewable",
    "Severity",
    "Standing",
    "Unknown",
    "api_routes",
    "content_changed",
    "content_sources",
    "handovers",
    "indicators",
    "public_blocks",
    "rectification_sources",
    "reviewables",
]
