"""The door: files to be published, each judged alone and against the ones before it, and files published earlier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.core.documents import Document
from gongkai.core.screening.aggregation import prompts
from gongkai.core.screening.aggregation.alone import judge_alone
from gongkai.core.screening.aggregation.kinds import Kind, Role, numbers, rules
from gongkai.core.screening.aggregation.linkage import Match, matches, rebuilt
from gongkai.core.screening.aggregation.lists import PeopleList, lists
from gongkai.core.screening.aggregation.model import FileReport, Source
from gongkai.core.screening.aggregation.people import Person, people, sensitive_kinds
from gongkai.core.screening.aggregation.telling import label, row_finding
from gongkai.core.screening.aggregation.values import excerpt, known
from gongkai.core.screening.model import Finding, Severity

_MASKS = {  # what may stay readable of a number (section 3)
    "id": "证件号码只留前2位和后3位，不公布出生日期",
    "phone": "手机号码只留前3位和后4位",
    "bank_card": "银行账号不公布，确需核对的只留后4位",
}


@dataclass(frozen=True, slots=True)
class _Seen:
    """A list that was looked at already, by the name of its file."""

    name: str
    listed: PeopleList
    people: Sequence[Person]


def aggregate(sources: Iterable[Source], *, k: int = 5, as_of: date) -> list[FileReport]:
    """Judge files in the order given, earlier published ones first; `as_of` is the day for ages.

    Themes are counted over files of the twelve months before that day, and over those whose day is not known (4.4).
    """
    seen: list[_Seen] = []
    counted: Counter[str] = Counter()
    reports: list[FileReport] = []
    dated = True
    for source in sources:
        report = FileReport(source.name, source.document.kind, not_examined=source.document.not_examined)
        own: list[_Seen] = []
        for listed in lists(source.document, source.about):
            persons = people(listed)
            if source.judged:
                told, findings = judge_alone(listed, k, as_of)
                report.lists.append(told)
                report.findings += [*findings, *_within(listed, persons), *_linked(listed, persons, [*seen, *own])]
            own.append(_Seen(source.name, listed, persons))
        seen += own
        if source.judged:
            report.findings += prompts.volume(source.document, counted, dated=dated)
            report.findings += prompts.coordinates(source.document)
            report.findings += prompts.maps(source.document)
            reports.append(report)
        if source.published_on is None or source.published_on > year_before(as_of):
            counted.update({theme: len(places) for theme, places in prompts.mentions(source.document).items()})
            dated = dated and source.published_on is not None
    return reports


def concerns(document: Document) -> bool:
    """Whether it holds lists of people or words of a theme: nothing else need be held against other files."""
    return bool(lists(document) or prompts.mentions(document))


def year_before(day: date) -> date:
    """The same day twelve months earlier; of 29 February the day before."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _within(listed: PeopleList, persons: Sequence[Person]) -> Iterator[Finding]:
    """Numbers that masks do not hide: too much is left readable, or other columns of the same row tell the rest."""
    for rule in numbers():
        columns = listed.same(rule.key)
        if columns and columns[0].role is not Role.QUASI:
            continue  # shown whole: said of the column
        shown = [person for person in persons if rule.key in person.direct]
        open_ = [person for person in shown if known(person.direct[rule.key]) >= rule.rebuilt]
        together = [
            person
            for person in shown
            if known(person.direct[rule.key]) < rule.rebuilt <= known(person.digits[rule.key])
        ]
        sources = [*columns, *(listed.all("birth") if rule.key == "id" else ())]
        if open_:
            yield _unmasked(listed, rule, open_, f"“{label(columns[0])}”遮蔽过少")
        if together:
            yield _unmasked(listed, rule, together, f"同一行的“{'”“'.join(map(label, sources))}”可以拼合")


def _unmasked(listed: PeopleList, rule: Kind, hit: Sequence[Person], why: str) -> Finding:
    most = max(known(person.digits[rule.key]) for person in hit)
    whole = len(hit[0].digits[rule.key])
    return row_finding(
        listed, hit[0].row, "aggregation-rebuilt", Severity.CONFIRM, excerpt(rule, hit[0].direct[rule.key]),
        f"{why}，{len(hit)}人的{rule.label}{whole}位可还原{most}位", _MASKS[rule.key],
    )  # fmt: skip


def _linked(listed: PeopleList, persons: Sequence[Person], earlier: Sequence[_Seen]) -> Iterator[Finding]:
    """What the list adds to the lists before it, and they to it."""
    parts: dict[int, list[tuple[str, Match]]] = {}
    for before in earlier:
        found = matches(persons, before.people)
        for match in found:
            parts.setdefault(match.here.row, []).append((before.name, match))
        yield from _gained(listed, before, found)
    for rule in numbers():
        yield from _rebuilt(listed, rule, parts)


def _rebuilt(listed: PeopleList, rule: Kind, parts: dict[int, list[tuple[str, Match]]]) -> Iterator[Finding]:
    """Numbers that no list shows, readable from several together."""
    kind = rule.key
    hit: list[tuple[str, Match]] = []
    names: set[str] = set()
    for together in parts.values():
        own = together[0][1].here.digits.get(kind, "")
        theirs = [match.there.digits.get(kind, "") for _, match in together]
        if max(map(known, (own, *theirs))) >= rule.rebuilt:
            continue  # one list alone tells it: said there
        whole = rebuilt((own, *theirs))
        if known(whole) >= rule.rebuilt:
            hit.append((whole, together[0][1]))
            names.update(name for (name, _), part in zip(together, theirs, strict=True) if part)
    if hit:
        first = hit[0][1].here
        shown = excerpt(rule, first.direct[kind]) if kind in first.direct else ""
        yield row_finding(
            listed, first.row, "aggregation-linked", Severity.CONFIRM, shown,
            f"与“{'”“'.join(sorted(names))}”互补：按{hit[0][1].join.label}对上{len(hit)}人，"
            f"{rule.label}{len(hit[0][0])}位中可还原{max(known(whole) for whole, _ in hit)}位",
            f"改用与已公布名单相同位置的遮蔽形式（{_MASKS[kind]}）；或先撤下已公布的名单",
        )  # fmt: skip


def _gained(listed: PeopleList, before: _Seen, found: Sequence[Match]) -> Iterator[Finding]:
    """Named people of whom the two lists together tell something sensitive that one of them does not."""
    named = [match for match in found if match.here.name or match.there.name]
    ours, theirs = _tells(listed), _tells(before.listed)
    added = (ours - theirs) | (theirs - ours)
    if not named or not added:
        return
    said = "、".join(sorted(added))
    yield row_finding(
        listed, named[0].here.row, "aggregation-gained", Severity.CONFIRM, _who(named[0].here),
        f"与“{before.name}”按{named[0].join.label}对上{len(named)}人，两份名单合起来另外表明其{said}",
        "核对两份名单是否都有公布依据；无依据的，姓名改为姓氏加**或不公布敏感列",
    )  # fmt: skip


def _tells(listed: PeopleList) -> set[str]:
    words = {"health": "健康情况", "aid": "救助保障情况", "minors": "未成年人情况"}
    labels = {rules().kinds[key].label for key in sensitive_kinds(listed)}
    covered = {rules().kinds[key].theme for key in sensitive_kinds(listed)}
    return labels | {words[theme] for theme in listed.themes - covered}


def _who(person: Person) -> str:
    return person.surname + "**" if person.surname else "**"
