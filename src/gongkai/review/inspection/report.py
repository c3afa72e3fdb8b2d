"""专项检查报告 as a Word file: how it was drawn, what was found by kind and by body, every entry, what is to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gongkai.foundation import clock
from gongkai.foundation.charts.pixels import png
from gongkai.foundation.spreadsheets import printable
from gongkai.review.inspection.selectors import by_body, by_kind, entries_of
from gongkai.review.inspection.telling import chart, chart_title, method_in_words
from gongkai.review.models import Inspection, InspectionEntry, Judgement

FONT, SIZE, TITLE = "仿宋", Pt(12), Pt(18)
WIDTH = Mm(160)


def write(inspection: Inspection) -> bytes:
    """The report as it stands now; one that is not closed says so."""
    entries = list(entries_of(inspection))
    document = Document()
    _set_up(document)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(printable(_("%s报告") % inspection.title))
    run.bold, run.font.size = True, TITLE
    _paragraphs(document, [_standing(inspection)])
    _section(document, _("一、检查依据和方法"), [_basis(), *method_in_words(inspection)])
    _section(document, _("二、检查结果"), [_result(entries)])
    problems = [entry for entry in entries if entry.judgement == Judgement.PROBLEM]
    if problems:
        _tables(document, entries)
        _section(document, _("三、问题和整改要求"), [])
        _table(document, [_("登记"), _("单位"), _("问题"), _("整改要求"), _("整改情况")], map(_problem, problems))
    else:
        _section(document, _("三、问题和整改要求"), [_("未发现问题。")])
    _section(document, _("四、检查结论"), [inspection.conclusion or _("检查尚未完成。")])
    _section(document, _("附：抽查登记逐项判定"), [])
    _table(document, [_("登记编号"), _("标题"), _("单位"), _("签发日期"), _("判定"), _("判定人")], map(_line, entries))
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _basis() -> str:
    return _(
        "根据年度政务公开工作要点关于“保密行政管理部门要把政务公开中的保密审查工作纳入监管，每年至少开展1次专项检查”的要求开展。"
    )


def _standing(inspection: Inspection) -> str:
    facts = {
        "county": inspection.county,
        "state": inspection.get_state_display(),
        "person": inspection.begun_by,
        "day": date_format(clock.today()),
    }
    return _("%(county)s　%(state)s　发起人：%(person)s　本报告生成于%(day)s") % facts


def _result(entries: Sequence[InspectionEntry]) -> str:
    problems = sum(entry.judgement == Judgement.PROBLEM for entry in entries)
    facts = {
        "all": len(entries),
        "good": sum(entry.judgement == Judgement.CONFORMING for entry in entries),
        "problems": problems,
        "mended": sum(entry.mended_at is not None for entry in entries),
        "left": sum(entry.judgement == Judgement.UNJUDGED for entry in entries),
    }
    return (
        _("共检查 %(all)d 项：合规 %(good)d 项，有问题 %(problems)d 项（其中已整改 %(mended)d 项），未判 %(left)d 项。")
        % facts
    )


def _tables(document: Any, entries: Sequence[InspectionEntry]) -> None:
    bodies = by_body(entries)
    title = document.add_paragraph(printable(chart_title(bodies)))
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shape = document.add_picture(BytesIO(png(chart(bodies))), width=WIDTH)
    words = "；".join(f"{row.label} {row.problems}/{row.sampled}" for row in bodies)
    shape._inline.docPr.set("descr", printable(f"{chart_title(bodies)}。{words}"))  # what a screen reader says
    _table(
        document,
        [_("单位"), _("抽查"), _("有问题"), _("已整改")],
        ([row.label, str(row.sampled), str(row.problems), str(row.mended)] for row in bodies),
    )
    document.add_paragraph()
    _table(
        document,
        [_("问题类型"), _("数量"), _("已整改")],
        ([row.label, str(row.problems), str(row.mended)] for row in by_kind(entries)),
    )


def _problem(entry: InspectionEntry) -> list[str]:
    kind = _("%(kind)s：%(what)s") % {"kind": entry.get_problem_display(), "what": entry.what}
    mended = _("已整改：%s") % entry.mended_note if entry.mended_at else _("待整改")
    return [f"{entry.release_id} {entry.release.title}", entry.release.body.label, kind, entry.measure, mended]


def _line(entry: InspectionEntry) -> list[str]:
    release = entry.release
    signed = date_format(release.decided_at, "SHORT_DATE_FORMAT") if release.decided_at else ""
    person = str(entry.judged_by) if entry.judged_by else ""
    return [
        str(release.pk),
        release.title,
        release.body.label,
        signed,
        str(entry.get_judgement_display()),
        person,
    ]


def _section(document: Any, title: str, paragraphs: Iterable[str]) -> None:
    document.add_paragraph().add_run(title).bold = True
    _paragraphs(document, paragraphs)


def _paragraphs(document: Any, texts: Iterable[str]) -> None:
    for text in texts:
        document.add_paragraph(printable(text))


def _table(document: Any, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    lines = list(rows)
    table = document.add_table(rows=len(lines) + 1, cols=len(head), style="Table Grid")
    grid = [row.cells for row in table.rows]  # reading the cells of a row anew each time is slow
    for cell, text in zip(grid[0], head, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for cells, line in zip(grid[1:], lines, strict=True):
        for cell, text in zip(cells, line, strict=True):
            cell.text = printable(text)


def _set_up(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, SIZE
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
