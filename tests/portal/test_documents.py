"""Attached files: which may be, what they are said to be, and under which name."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.portal import writing
from tests.portal.writing import ensure_portal
from wagtail.documents.forms import get_document_form

from gongkai.portal.file_types import words_by_ending
from gongkai.portal.models import AttachmentFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(county):
    ensure_portal()
    return writing.section(county.fgj)


def test_what_the_public_reads_of_a_file(section, county, client):
    column = writing.through_the_gate(writing.column(section))
    file = writing.file(county.fgj, "jindu.csv", b"a" * 1_258_292)
    page = writing.through_the_gate(writing.article(column, files=(file,)))
    assert "CSV 数据，1.2 MB" in client.get(page.url).content.decode().replace("\xa0", " ")


def test_what_may_be_attached_is_data():
    assert sorted(words_by_ending()) == settings.WAGTAILDOCS_EXTENSIONS and "pdf" in words_by_ending()


def form(section, people, name: str, title: str):
    file = SimpleUploadedFile(name, "项目进度表".encode())
    data = {"title": title, "collection": section.collection.pk}
    return get_document_form(AttachmentFile)(data, {"file": file}, user=people.clerk)


def test_a_new_file_gets_a_plain_title(section, people):
    uploaded = form(section, people, "a.txt", "项目计划表-终稿(2)")
    assert uploaded.is_valid(), uploaded.errors
    assert uploaded.cleaned_data["title"] == "项目计划表"


def test_a_title_that_says_nothing_is_kept_for_its_writer_to_mend(section, people):
    assert form(section, people, "a.txt", "新建文本文档").is_valid()


def test_other_files_are_refused(section, people):
    refused = form(section, people, "a.exe", "甲")
    assert not refused.is_valid() and "file" in refused.errors
