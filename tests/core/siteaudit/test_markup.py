"""国办发〔2017〕47号, 网页标签规范: the table, and what it finds on a page."""

import pytest

from gongkai.core.siteaudit import PageKind, fits, missing, tags, tags_of
from gongkai.core.siteaudit.markup import _table

SITE = {"SiteName": "青禾县人民政府", "SiteDomain": "www.qinghe.example", "SiteIDCode": "9901240001"}
COLUMN = {"ColumnName": "通知公告", "ColumnDescription": "通知", "ColumnKeywords": "通知", "ColumnType": "工作动态"}
CONTENT = {"ArticleTitle": "一", "PubDate": "2026-01-05 09:30", "ContentSource": "县发改局"}


def test_ten_tags_are_required_and_five_are_not():
    assert [sum(tag.required is wanted for tag in tags()) for wanted in (True, False)] == [10, 5]
    assert {tag.origin for tag in tags()} <= {"V", "R"}


def test_each_kind_of_page_has_its_groups():
    assert [len(tags_of(kind)) for kind in PageKind] == [7, 7, 15]


def test_nothing_is_missing_on_a_whole_page():
    assert missing(SITE | COLUMN | CONTENT, PageKind.CONTENT) == []
    assert missing(SITE | COLUMN, PageKind.HOME) == []


def test_what_is_absent_or_empty_is_named():
    assert missing(SITE | COLUMN | CONTENT | {"PubDate": " "}, PageKind.CONTENT) == ["PubDate"]
    assert missing(SITE, PageKind.COLUMN) == list(COLUMN)


def test_case_is_no_fault():
    assert missing({name.upper(): value for name, value in (SITE | COLUMN).items()}, PageKind.COLUMN) == []


@pytest.mark.parametrize("mark", _table()["patterns"])
def test_every_example_fits_its_pattern(mark):
    assert fits(mark, _table()["patterns"][mark]["example"])


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        ("code", "512022001"),
        ("code", "bm0100001"),
        ("icp", "蜀ICP备1号"),
        ("icp", "ICP备10014763号"),
        ("police", "川公网安备 5109号"),
        ("moment", "2026-01-05"),
        ("moment", "2026年1月5日 09:30"),
    ],
)
def test_what_is_written_otherwise_does_not(mark, text):
    assert not fits(mark, text)
