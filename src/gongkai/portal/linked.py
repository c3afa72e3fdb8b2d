"""JSON-LD: what a page is, for machines that read schema.org; never more than what it shows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from django.utils.safestring import SafeString, mark_safe

from gongkai.bodies.models import Body
from gongkai.portal.identity import SiteMarks
from gongkai.portal.models import Profile
from gongkai.portal.tags import ContentTags

CONTEXT = "https://schema.org"
Node = dict[str, Any]


def organisation(body: Body, url: str, profile: Profile | None) -> Node:
    """GovernmentOrganization: a body with what it says of itself, as that was signed; the register is not public."""
    node = {"@type": "GovernmentOrganization", "name": body.name, "url": url}
    if profile is None:
        return node
    return node | _filled(telephone=profile.contact_phone, address=profile.contact_address)


def site(marks: SiteMarks, origin: str, search: str) -> Node:
    """WebSite, with the address that searches it."""
    asked = {"@type": "SearchAction", "target": f"{origin}{search}?q={{q}}", "query-input": "required name=q"}
    return {"@type": "WebSite", "name": marks.name, "url": f"{origin}/", "potentialAction": asked}


def breadcrumbs(trail: Iterable[tuple[str, str]], origin: str, here: str) -> Node:
    """BreadcrumbList: the way from the front page; its last step is the page itself."""
    steps = [
        {"@type": "ListItem", "position": at, "name": str(label), "item": f"{origin}{address}" if address else here}
        for at, (label, address) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def article(content: ContentTags, url: str) -> Node:
    """Article: what stands on the page to be read."""
    node = {
        "@type": "Article",
        "headline": content.title,
        "datePublished": content.published.isoformat(),
        "publisher": {"@type": "Organization", "name": content.source},
        "mainEntityOfPage": url,
    }
    image = {"image": urljoin(url, content.image)} if content.image else {}
    author = {"author": {"@type": "Person", "name": content.author}} if content.author else {}
    return node | image | author | _filled(description=content.description, keywords=content.keywords)


def _filled(**named: str) -> dict[str, str]:
    return {name: value for name, value in named.items() if value}


def script(nodes: list[Node]) -> SafeString:
    """The nodes as they stand inside a script element: no character in them can end it."""
    text = json.dumps({"@context": CONTEXT, "@graph": nodes}, ensure_ascii=False)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(text)  # noqa: S308 - nothing in it can end the element
