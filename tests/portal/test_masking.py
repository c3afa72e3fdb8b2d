"""One click masks a finding in an article: in its words, and in a file's hidden column."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from tests.portal import writing
from tests.portal.writing import ensure_portal
from tests.review.passing import sign

from gongkai.core import redaction
from gongkai.core.screening import Severity
from gongkai.portal.masking import in_html, in_words
from gongkai.portal.reviewables import ARTICLE, newest
from gongkai.portal.words import plain
from gongkai.review import gate, redacting
from gongkai.review.models import Disposal, State
from gongkai.review.services import dispose, mask, request

IDENTITY = "11010519491231002X"


def workbook() -> bytes:
    """A list whose identity numbers stand in a hidden column."""
    book = openpyxl.Workbook()
    book.active.append(["姓名", "职务", "身份证号"])
    book.active.append(["张三", "主任科员", IDENTITY])
    book.active.column_dimensions["C"].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class TestWords:
    def test_each_stretch_by_its_place(self):
        assert in_words("甲1乙2", [(1, 2, "*"), (3, 4, "#")]) == "甲*乙#"

    def test_in_a_text_with_marks(self):
        html = "<p>张三，<b>13812345678</b></p><p>A&amp;B</p>"
        start = plain(html).index("138")
        assert in_html(html, [(start, start + 11, "138****5678")]) == html.replace("13812345678", "138****5678")

    def test_where_marks_run_through_it_a_person_must_do_it(self):
        html = "<p>138<b>1234</b>5678</p>"
        with pytest.raises(ValidationError, match="中间有格式"):
            in_html(html, [(0, 11, "138****5678")])


@pytest.fixture
def draft(county, people):
    ensure_portal()
    column = writing.column(writing.section(county.fgj))
    return writing.article(column, body=f"<p>联系人张三，身份证号 {IDENTITY}</p>")


def test_words_of_an_article_are_masked_in_a_new_draft(draft, people):
    release = request(people.clerk, ARTICLE, draft.pk)
    assert release.state == State.STOPPED
    mask(people.clerk, release, list(release.findings.filter(severity=Severity.BLOCK)))
    text = newest(type(draft).objects.get(pk=draft.pk)).body
    assert IDENTITY not in text and "11*" in text
    again = request(people.clerk, ARTICLE, draft.pk)
    assert not again.findings.filter(severity=Severity.BLOCK).exists()
    assert people.clerk in again.authors.all()


@pytest.fixture
def listed(county):
    """An article with a list whose identity numbers are hidden."""
    ensure_portal()
    file = writing.file(county.fgj, "名单.xlsx", workbook())
    return writing.article(writing.column(writing.section(county.fgj)), files=(file,))


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_the_copy_is_made_before_anybody_has_to_wait(listed, people, monkeypatch):
    release = request(people.clerk, ARTICLE, listed.pk)
    inside: list[bool] = []

    def redact(*given):
        inside.append(connection.in_atomic_block)
        return redaction.redact_bytes(*given)

    monkeypatch.setattr(redacting, "redact_bytes", redact)
    mask(people.clerk, release, list(release.findings.filter(in_file=True, severity=Severity.BLOCK)))
    assert inside == [False]


def test_what_changes_while_the_copy_is_made_is_not_masked(listed, people, monkeypatch):
    lay = newest(listed).attachments.get().document.filename
    release = request(people.clerk, ARTICLE, listed.pk)

    def redact(*given):
        writing.change(listed, title="检查期间改动")
        return redaction.redact_bytes(*given)

    monkeypatch.setattr(redacting, "redact_bytes", redact)
    with pytest.raises(ValidationError, match="内容已有改动"):
        mask(people.clerk, release, list(release.findings.filter(in_file=True, severity=Severity.BLOCK)))
    assert newest(listed).attachments.get().document.filename == lay


def test_a_file_gives_way_to_a_redacted_copy(county, people):
    ensure_portal()
    file = writing.file(county.fgj, "名单.xlsx", workbook())
    page = writing.article(writing.column(writing.section(county.fgj)), files=(file,))
    release = request(people.clerk, ARTICLE, page.pk)
    found = release.findings.filter(in_file=True, severity=Severity.BLOCK)
    assert release.state == State.STOPPED and found
    mask(people.clerk, release, list(found))
    assert set(found.values_list("disposal", flat=True)) == {Disposal.MASK}
    copy = newest(type(page).objects.get(pk=page.pk)).attachments.get().document
    assert copy.pk != file.pk
    rows = list(openpyxl.load_workbook(copy.file).active.values)
    assert IDENTITY not in str(rows)
    again = request(people.clerk, ARTICLE, page.pk)
    assert again.state == State.WAITING
    for finding in again.findings.filter(severity=Severity.CONFIRM, disposal=""):
        assert finding.rule == "aggregation-k"  # one person alone in a list: that is for people to decide
        dispose(people.clerk, finding, Disposal.KEEP, "任职公示，姓名必须公开")
    sign(people.leader, again)
    assert gate.is_open(ARTICLE, type(page).objects.get(pk=page.pk))
