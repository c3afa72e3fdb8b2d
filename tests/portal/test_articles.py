"""Columns and articles as the public reads them."""

from __future__ import annotations

import pytest
from tests.portal import writing
from tests.portal.writing import ensure_portal


@pytest.fixture
def column(county):
    ensure_portal()
    return writing.through_the_gate(writing.column(writing.section(county.fgj)))


def test_an_article_passes_and_is_read(client, county, column):
    file = writing.file(county.fgj)
    article = writing.article(column, files=(file,), body='<p>见<a href="https://www.gov.cn/">网站</a></p>')
    assert client.get(article.url).status_code == 404
    assert client.get(file.url).status_code == 404
    article = writing.through_the_gate(article)
    page = client.get(article.url)
    assert page.status_code == 200
    assert writing.WORDS in page.text and "项目进度表" in page.text and "文本，" in page.text
    assert b"".join(client.get(file.url)) == "项目进度表".encode()
    assert writing.WORDS in client.get(column.url).text
    assert writing.WORDS in client.get(writing.section(county.fgj).url).text
