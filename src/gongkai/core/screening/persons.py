from __future__ import annotations


def find_person(text: str, start: int, end: int) -> tuple[int, int] | None:
    return None


def mask_names(text: str) -> str:
    return text
