"""Files: where a finding stands, in words; what every proper file has is no finding by itself."""

import io
import re

import docx
import openpyxl
import pytest
import weasyprint

from gongkai.core.documents import read_bytes
from gongkai.core.screening import Category, Screener, screen_document

SCREENER = Screener.standard()
ID = "11010519491231002X"


def word(heading):
    document, out = docx.Document(), io.BytesIO()
    document.add_heading(heading)
    document.save(out)
    return out.getvalue()


def workbook(heading, comment=""):
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.title = "名单"
    book.active["A1"] = heading
    if comment:
        book.active["A1"].comment = openpyxl.comments.Comment(comment, "承办人")
    book.save(out)
    return out.getvalue()


def pdf(heading):
    return weasyprint.HTML(string=f"<title>{heading}</title><h1>{heading}</h1>").write_pdf()


def page(heading):
    head = f"<html><head><title>{heading}</title><script>let a</script></head>"
    return f"{head}<body><h1>{heading}</h1><a href='/'>首页</a><img src='a.png' alt='照片'></body></html>".encode()


def screened(data):
    return screen_document(SCREENER, read_bytes(data, whole=True)).findings


@pytest.mark.parametrize("make", [word, workbook, pdf, page])
def test_a_proper_file_has_no_finding(make):
    """Titles, bookmarks, links and scripts come with the format."""
    assert screened(make("关于召开会议的通知")) == ()


@pytest.mark.parametrize("make", [word, workbook, pdf, page])
def test_where_is_said_in_chinese(make):
    found = screened(make(f"申请人身份证号{ID}"))
    assert {finding.rule for finding in found} == {"resident-id"}
    assert not [finding.where for finding in found if re.search(r"[a-z]{2,}", finding.where)]


def test_a_comment_is_hidden_content_and_is_screened():
    found = screened(workbook("名单", f"身份证号{ID}"))
    assert {finding.category for finding in found} == {Category.HIDDEN_CONTENT, Category.PERSONAL}
    assert all("批注" in finding.where for finding in found if finding.category is Category.PERSONAL)
