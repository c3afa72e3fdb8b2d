"""The people of a list as far as its columns tell: made while the list is compared, kept nowhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from gongkai.core.screening.aggregation.kinds import Role, is_masked, numbers, squeeze
from gongkai.core.screening.aggregation.lists import PeopleList
from gongkai.core.screening.aggregation.values import (
    birth_digits,
    date_parts,
    fragment,
    surname,
    township,
    united,
    village,
)


@dataclass(slots=True)
class Person:
    """One row. name: whole, "" when masked. agree: what must be equal to be the same person.

    digits: readable digits of each number (id, phone, bank_card) by all its columns, with those of the birth date;
    direct: those that the first column of the number shows.
    """

    row: int
    name: str
    surname: str
    digits: dict[str, str] = field(default_factory=dict)
    direct: dict[str, str] = field(default_factory=dict)
    agree: dict[str, str] = field(default_factory=dict)
    sex: str = ""


def people(listed: PeopleList) -> list[Person]:
    """Every row with what it tells; column by column, for most values stand in many rows."""
    told = {key: _mapped(read, column.values) for key, (name, read) in _READ.items() if (column := listed.first(name))}
    blank = [""] * listed.size
    rows = zip(*(told.get(key, blank) for key in _READ), strict=True)
    persons = [_person(row, dict(zip(_READ, values, strict=True))) for row, values in enumerate(rows)]
    for kind in numbers():
        for column in listed.same(kind.key):
            for person, shown in zip(persons, _mapped(partial(fragment, kind), column.values), strict=True):
                _add(person, kind.key, shown)
    return persons


def _add(person: Person, kind: str, shown: str) -> None:
    """A number as a further column shows it; one that contradicts the first is somebody else's, or another number."""
    if not shown:
        return
    person.direct.setdefault(kind, shown)
    person.digits[kind] = united(person.digits.get(kind, ""), shown) or person.digits[kind]


def _mapped(read: Callable[[str], str], values: Sequence[str]) -> list[str]:
    memo = {value: read(value) for value in set(values)}
    return [memo[value] for value in values]


# What is read of a row: from which column, and how.
_READ: dict[str, tuple[str, Callable[[str], str]]] = {
    "name": ("name", squeeze),
    "sex": ("sex", squeeze),
    "ticket": ("ticket", squeeze),
    "birth": ("birth", lambda value: "-".join(filter(None, date_parts(value)))),
    "birth digits": ("birth", birth_digits),
    "village": ("village", village),
    "village of address": ("address", village),
    "township": ("township", township),
    "township of village": ("village", township),
    "township of address": ("address", township),
    "school": ("school", squeeze),
    "employer": ("employer", squeeze),
}


def _person(row: int, told: dict[str, str]) -> Person:
    name = told["name"]
    person = Person(row, "" if is_masked(name) else name, surname(name), sex=told["sex"])
    if told["birth digits"]:
        person.digits["id"] = told["birth digits"]
    agree = {
        "village": told["village"] or told["village of address"],
        "township": told["township"] or told["township of village"] or told["township of address"],
        "birth": told["birth"],
        "ticket": told["ticket"],
        "school": told["school"],
        "employer": told["employer"],
    }
    person.agree = {key: value for key, value in agree.items() if value}
    return person


def sensitive_kinds(listed: PeopleList) -> set[str]:
    """What the list tells of its people that must not become known."""
    return {column.kind.key for column in listed.of(Role.SENSITIVE) if column.kind is not None}
