"""Kinds of notices, declared by the rooms that send them."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.foundation.registries import Label, Registry


@dataclass(frozen=True, slots=True)
class Kind:
    """通知类别. urgent: leaves at once, not with the digest; wakes: leaves even in quiet hours."""

    key: str
    label: Label
    urgent: bool = False
    wakes: bool = False


kinds: Registry[Kind] = Registry("kinds of notices")
