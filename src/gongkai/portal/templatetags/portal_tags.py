"""What the base template asks for: whose portal, where to go, how to show it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import template

from gongkai.portal.head import canonical, site_pairs, tags_in
from gongkai.portal.identity import Identity
from gongkai.portal.preferences import CHOICES, Choice, link

register = template.Library()


@register.simple_tag(takes_context=True)
def identity(context: template.Context) -> Identity | None:
    """The county and the navigation of this page; None where the database must not be asked."""
    return None if context.get("failing") else Identity(context["request"])


@register.inclusion_tag("portal/head.html", takes_context=True)
def head(context: template.Context, portal: Identity) -> dict[str, Any]:
    """网页标签 of the page that is being drawn, and its one address."""
    url, said = canonical(context["request"]), tags_in(context.flatten(), portal)
    pairs = [*site_pairs(portal.marks), *(said.pairs(url) if said else ())]
    return {"pairs": pairs, "url": url}


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
