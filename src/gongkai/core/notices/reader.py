"""A document becomes a plan: the family found, its items read, its doubts told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gongkai.core.documents import Document, Paragraph, Table
from gongkai.core.notices import carry, enumerators, headings, requirements, roles, tables
from gongkai.core.notices.assemble import assemble
from gongkai.core.notices.checks import check, check_frame, check_requirements
from gongkai.core.notices.frame import read_frame
from gongkai.core.notices.model import Finding, NoPlan, Plan, Requirement, Severity
from gongkai.core.notices.names import Lexicon
from gongkai.core.notices.rows import RawPlan
from gongkai.core.notices.teaching import taught_names

_NOTHING = (
    "没有找到任务分解内容：既没有带“责任单位”一栏的表格，也没有编号的任务条目；"
    "请确认文件是印发任务分解的通知，任务表若为图片请改用文字版"
)
_NO_BODIES = "任务表缺少“责任单位”一栏（表头：{}）；请补上责任单位（或牵头单位）一栏后再读"
_CATALOGUE = "这是公开标准目录（表头：{}），不是任务分解表；请改用目录读取"
_MACROS = "文件带有宏，存在安全风险，已拒绝读取；请另存为不含宏的文件（docx、xlsx）后再读"
_TOO_LONG = "正文有{}万字，超过{}万字的上限，不像任务分解通知；请确认文件，或只保留通知和任务表后再读"
_TOO_MANY = "表格有{}行，超过{}行的上限，不像任务分解表；请删除多余的行后再读"
_MOST_CHARACTERS = 1_000_000  # real notices have below 100,000
_MOST_ROWS = 5_000
_PINYIN = re.compile(r"(?<=[一-龥])[（(][a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]*[）)]")


def read_plan(document: Document, lexicon: Lexicon | None = None) -> Plan:
    """Read the plan of a notice; NoPlan when the document holds none.

    `lexicon` is the register of bodies; without it the notice itself teaches the names.
    """
    _check_bounds(document)
    lexicon = lexicon or Lexicon()
    lines, noise = _lines(document)
    raw, before, sections = _family(document, lines, lexicon)
    frame = read_frame(before)
    plan_lexicon = lexicon.teach(taught_names(naming.text for item in raw.items for naming in item.namings))
    notes = (note for table in document.tables() for note in tables.notes_of(table))
    first_leads = any(map(roles.first_leads, (*lines, *notes)))
    assembled = [
        assemble(item, frame.year, plan_lexicon, labelled=raw.body_columns > 1, first_leads=first_leads)
        for item in raw.items
    ]
    items = [each.item for each in assembled]
    joints = {each.item.number: each.joint for each in assembled if each.joint}
    findings = [
        *noise,
        *_unseen(document),
        *check_frame(frame.title, frame.year),
        *check_requirements(sections),
        *raw.findings,
        *(finding for each in assembled for finding in each.findings),
        *check(items, joints, lexicon),
    ]
    plan = Plan(frame.title, frame.document_number, frame.issuer, frame.year, sections, tuple(items))
    return replace(plan, findings=_in_order(findings))


def _check_bounds(document: Document) -> None:
    """Refuse what carries macros, and what is far larger than any notice: reading it would only take long."""
    if document.has_macros:
        raise NoPlan(_MACROS)
    length = sum(len(paragraph.text) for paragraph in document.paragraphs())
    length += sum(len(cell.text) for table in document.tables() for cell in table.cells)
    if length > _MOST_CHARACTERS:
        raise NoPlan(_TOO_LONG.format(length // 10_000, _MOST_CHARACTERS // 10_000))
    rows = sum(table.rows for table in document.tables())
    if rows > _MOST_ROWS:
        raise NoPlan(_TOO_MANY.format(rows, _MOST_ROWS))


def _family(
    document: Document, lines: list[str], lexicon: Lexicon
) -> tuple[RawPlan, list[str], tuple[Requirement, ...]]:
    """The items, the lines in front of them, and the prose sections among those."""
    if found := _from_tables(document):
        return found
    from gongkai.core.notices import prose, runtogether, textcells  # a notice with a real table needs none of them

    _refuse(list(document.tables()))
    for family in (textcells.read_lines, runtogether.read_lines):
        if (text := family(lines, lexicon)) and text.plan.items:
            return text.plan, text.before, requirements.read_requirements(text.before)
    written = prose.read_lines(lines, lexicon)
    if written is None or not written.plan.items:
        raise NoPlan(_NOTHING)
    return written.plan, written.before, written.requirements


def _from_tables(document: Document) -> tuple[RawPlan, list[str], tuple[Requirement, ...]] | None:
    """The plan of the document's tables, the first with a header of a plan and those that follow it."""
    blocks = list(document.blocks)
    first = next((at for at, block in enumerate(blocks) if isinstance(block, Table) and _opens(block)), None)
    if first is None:
        return None
    chosen: list[Table] = []
    sections: list[str] = []
    section = ""
    for block in blocks[first:]:
        if isinstance(block, Paragraph):
            found = enumerators.parse(block.text.strip())
            section = block.text.strip() if found and len(block.text) < 50 else section
        else:
            chosen.append(block)
            sections.append(section)
    before, sections[0] = _before(blocks[:first], several=sum(map(_opens, chosen)) > 1)
    plan = tables.read_tables(chosen, sections)
    if plan is None or not plan.items:
        return None
    header = tables.header_row(chosen[0]) or 0
    before += [line for text in tables.above_header(chosen[0], header) for line in text.split("\n") if line.strip()]
    return plan, before, requirements.read_requirements(before)


def _before(blocks: Sequence[Paragraph | Table], *, several: bool) -> tuple[list[str], str]:
    """The lines in front of the first table; its section, when several tables have one each."""
    before = [block.label + block.text for block in blocks if isinstance(block, Paragraph)]
    last = before[-1].strip() if before else ""
    found = enumerators.parse(last)
    if several and found and found.number == 1 and len(last) < 50:
        return before[:-1], last
    return before, ""


def _opens(table: Table) -> bool:
    return tables.header_row(table) is not None


def _refuse(found: Sequence[Table]) -> None:
    """Say why a table is no plan, when it nearly is one."""
    for table in found:
        for row in table.grid()[:5]:
            texts = [carry.fold_end(cell.text.strip()) for cell in dict.fromkeys(row) if cell and cell.text.strip()]
            if headings.is_catalogue(texts):
                raise NoPlan(_CATALOGUE.format("、".join(texts)[:60]))
            if headings.is_bodiless(texts):
                raise NoPlan(_NO_BODIES.format("、".join(texts)[:60]))


def _lines(document: Document) -> tuple[list[str], list[Finding]]:
    """The document's paragraphs with their printed labels, without pinyin in brackets, and what was left out."""
    lines, noise = [], []
    for paragraph in document.paragraphs():
        text = paragraph.label + paragraph.text
        noise += _PINYIN.findall(text)
        lines.append(_PINYIN.sub("", text))
    if not noise:
        return lines, []
    message = f"文中夹有注音{len(noise)}处，已略去"
    return lines, [Finding("noise-removed", Severity.INFO, "plan", "".join(noise[:5]), message)]


def _unseen(document: Document) -> list[Finding]:
    """What the file holds and the plan does not: hidden rows, cells without a value, pictures."""
    hidden = (
        Finding("hidden-content", Severity.WARNING, "plan", where, f"{why}中有内容，没有读入，如属任务请取消隐藏后再读")
        for where, why in document.hidden_cells()
    )
    unread = (Finding("not-examined", Severity.INFO, "plan", "", f"没有读取：{what}") for what in document.not_examined)
    return [*hidden, *unread]


def _in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings once each: the whole first, then requirement by requirement and item by item."""

    def place(finding: Finding) -> tuple[int, int]:
        match = re.match(r"(requirement|item) (\d+)", finding.where)
        return (0, 0) if match is None else (1 if match[1] == "requirement" else 2, int(match[2]))

    return tuple(sorted(dict.fromkeys(findings), key=place))
