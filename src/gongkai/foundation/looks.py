"""How a state looks: always the same word, icon and colour, in every room, on public pages and in charts."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from gongkai.foundation.registries import Label

GREY, BLUE, AMBER, RED, GREEN = "#57606a", "#0b4a8f", "#8a5a00", "#b3261e", "#1b6b3a"


@dataclass(frozen=True, slots=True)
class Look:
    """`icon` is the name of a file in templates/looks/icons; `colour` stands for the one class name `tone`."""

    key: str
    word: Label
    icon: str
    tone: str
    colour: str


ACCEPTED = Look("accepted", _("已办结"), "tick", "green", GREEN)
OVERDUE = Look("overdue", _("已逾期"), "clock", "red", RED)
