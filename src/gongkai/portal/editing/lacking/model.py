"""The register of rules, and the page as they read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from selectolax.lexbor import LexborHTMLParser

from gongkai.foundation.registries import Label
from gongkai.foundation.registries.registry import Registry
from gongkai.portal.words import plain


class Level(models.TextChoices):
    """Whether a page may be put forward with it. In the order in which they are shown."""

    BLOCK = "block", _("必须补正")
    HINT = "hint", _("建议补充")


class Subject:
    """A draft, its text parsed once for all rules."""

    def __init__(self, page: Any) -> None:
        self.page = page

    @cached_property
    def text(self) -> str:
        return plain(self.page.body)

    @cached_property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.page.body)

    @cached_property
    def attachments(self) -> list[Any]:
        return list(self.page.attachments.all())


@dataclass(frozen=True, slots=True)
class Lack:
    """缺项规则. look: a line for each thing that is missing, in words that say what to do.

    model: the kind of page it reads, its children too, as app_label.Model.
    """

    key: str
    label: Label
    level: Level
    look: Callable[[Subject], Iterable[str]] = field(compare=False)
    model: str = "portal.ArticlePage"


@dataclass(frozen=True, slots=True)
class Missing:
    """缺项: one line of what a page lacks."""

    rule: str
    level: Level
    words: str


lacks: Registry[Lack] = Registry("lacks")


def missing_in(page: Any) -> list[Missing]:
    """What a draft lacks, what must be mended first."""
    subject = Subject(page)
    found = [Missing(rule.key, rule.level, words) for rule in _rules_for(page) for words in rule.look(subject)]
    return sorted(found, key=lambda one: Level.values.index(one.level))


def _rules_for(page: Any) -> Iterator[Lack]:
    kinds = {model._meta.label for model in type(page).__mro__ if hasattr(model, "_meta")}
    return (rule for rule in lacks if rule.model in kinds)
