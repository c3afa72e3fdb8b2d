"""The same people in two lists: what nobody meant to publish comes together (secrecy_privacy.md, 4.3).

Both lists are read anew each time; nothing is stored. People are joined by hashing (columns.yaml, joins), each key only
where it means one person in either list, so the work grows with the rows, never with their product.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gongkai.core.screening.aggregation.kinds import Join, rules
from gongkai.core.screening.aggregation.people import Person
from gongkai.core.screening.aggregation.values import UNKNOWN, united

_TELLING = 3  # digits behind the common ones: one in a thousand
_FORMS = 3  # mask forms of one list that are compared; further ones are rare slips
_READABLE = str.maketrans("0123456789X", "00000000000")


@dataclass(frozen=True, slots=True)
class Match:
    """Two rows of one person, and by which join."""

    here: Person
    there: Person
    join: Join


def matches(here: Sequence[Person], there: Sequence[Person]) -> list[Match]:
    """One match at most for a row of either list, by the strongest join that knows it."""
    found: list[Match] = []
    taken_here: set[int] = set()
    taken_there: set[int] = set()
    for join in rules().joins:
        for positions in _positions(join, here, there):
            ours = _unique(join, positions, (person for person in here if person.row not in taken_here))
            theirs = _unique(join, positions, (person for person in there if person.row not in taken_there))
            for key, person in ours.items():
                other = theirs.get(key)
                if other is not None and _compatible(person, other) and not _contradict(join, person, other):
                    found.append(Match(person, other, join))
                    taken_here.add(person.row)
                    taken_there.add(other.row)
    return found


def _positions(join: Join, here: Sequence[Person], there: Sequence[Person]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """For joins by digits: the positions that a mask form of one list and one of the other both leave readable."""
    if not join.digits:
        yield "", ()
        return
    ((kind, least),) = join.digits
    told: set[tuple[int, ...]] = set()
    for ours in _forms(kind, here):
        for theirs in _forms(kind, there):
            both = tuple(at for at in ours if at in theirs)
            telling = [at for at in both if at >= rules().kinds[kind].common]
            if len(both) >= least and len(telling) >= _TELLING and both not in told:
                told.add(both)
                yield kind, both


def _forms(kind: str, persons: Sequence[Person]) -> list[tuple[int, ...]]:
    """The readable positions of the usual mask forms of a list."""
    forms = Counter(person.digits[kind].translate(_READABLE) for person in persons if kind in person.digits)
    return [tuple(at for at, each in enumerate(form) if each != UNKNOWN) for form, _ in forms.most_common(_FORMS)]


def _unique(join: Join, where: tuple[str, tuple[int, ...]], persons: Iterable[Person]) -> dict[tuple[str, ...], Person]:
    """Who each key means; keys that mean several people are left out, several rows of one person (payments) are not."""
    found: dict[tuple[str, ...], Person] = {}
    several: set[tuple[str, ...]] = set()
    for person in persons:
        key = _key(join, where, person)
        if key is None or key in several:
            continue
        first = found.setdefault(key, person)
        if first is not person and not (first.name and _compatible(first, person) and first.direct == person.direct):
            several.add(key)
            del found[key]
    return found


def _key(join: Join, where: tuple[str, tuple[int, ...]], person: Person) -> tuple[str, ...] | None:
    who = person.name if join.full else person.surname
    if not who and join.full is not None:
        return None
    key = [who] if join.full is not None else []
    for each in join.agree:
        if each not in person.agree:
            return None
        key.append(person.agree[each])
    kind, positions = where
    if positions:
        digits = person.digits.get(kind, "")
        if not digits or any(digits[at] == UNKNOWN for at in positions):
            return None
        key.append("".join(digits[at] for at in positions))
    return tuple(key)


def _compatible(person: Person, other: Person) -> bool:
    """Nothing that both tell contradicts that they are one."""
    if person.sex and other.sex and person.sex != other.sex:
        return False
    if person.name and other.name and person.name != other.name:
        return False
    return all(united(person.digits.get(kind, ""), other.digits.get(kind, "")) is not None for kind in ("id", "phone"))


def _contradict(join: Join, person: Person, other: Person) -> bool:
    return any(person.agree.get(key, told) != told for key in join.unless if (told := other.agree.get(key)))


def rebuilt(parts: Iterable[str]) -> str:
    """What is readable of a number in all the parts together; "" when they contradict each other."""
    whole: str | None = ""
    for part in parts:
        whole = united(whole or "", part)
        if whole is None:
            return ""
    return whole or ""
