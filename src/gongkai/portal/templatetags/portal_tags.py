"""What the base template asks for: whose portal, where to go, how to show it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import template
from django.http import HttpRequest

from gongkai.portal.feeds import feed_of
from gongkai.portal.head import canonical, linked_data, origin_of, site_pairs, tags_in
from gongkai.portal.identity import Identity
from gongkai.portal.leaving import way_to
from gongkai.portal.preferences import CHOICES, Choice, link

register = template.Library()


@register.simple_tag(takes_context=True)
def identity(context: template.Context) -> Identity | None:
    """The county and the navigation of this page; None where the database must not be asked."""
    return None if context.get("failing") else Identity(context["request"])


@register.inclusion_tag("portal/head.html", takes_context=True)
def head(context: template.Context, portal: Identity) -> dict[str, Any]:
    """网页标签 of the page that is being drawn, its one address, its feed, and what machines read."""
    flat: dict[str, Any] = {str(name): value for name, value in context.flatten().items()}
    url, said = canonical(context["request"]), tags_in(flat, portal)
    return {
        "pairs": [*site_pairs(portal.marks), *(said.pairs(url) if said else ())],
        "url": url,
        "feed": feed_of(flat.get("page")),
        "linked": linked_data(flat, portal, said, url),
    }


@register.simple_tag
def feed(page: Any) -> str:
    """订阅: where the newest of a page can be followed; empty for pages that have no list."""
    return feed_of(page)


@register.filter
def whole(path: str, request: HttpRequest) -> str:
    """An address of this portal with its host."""
    return f"{origin_of(request)}{path}"


@register.filter
def leaving(address: str) -> str:
    """离站提示: where a link to the address leads."""
    return way_to(address)


@register.simple_tag(takes_context=True)
def preference_links(context: template.Context) -> list[tuple[Choice, list[dict[str, Any]]]]:
    """For each choice its answers: label, address, and whether it is the present one."""
    request = context["request"]
    chosen = getattr(request, "preferences", {})
    back = request.get_full_path() if request.method == "GET" else request.path
    return [(choice, list(_answers(choice, choice.answer(chosen.get(choice.cookie)), back))) for choice in CHOICES]


def _answers(choice: Choice, chosen: str, back: str) -> Iterator[dict[str, Any]]:
    for key, label in choice.answers:
        yield {"key": key, "label": label, "address": link(choice, key, back), "current": key == chosen}
