"""`manage load_pages`: what it loads, what it tells, and that it goes on where it was broken off."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from tests.portal.importing import sources

from gongkai.portal.importing import loading
from gongkai.portal.importing.management.commands import load_pages
from gongkai.portal.importing.models import Batch, Phase
from gongkai.portal.models import ArticlePage


@pytest.fixture
def place(county):
    return sources.office(county)


def run(place, path, *more: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(
        "load_pages",
        path,
        "--as",
        place.clerk.username,
        "--body",
        place.body.code,
        *more,
        stdout=out,
        stderr=err,
        no_color=True,
    )
    return out.getvalue(), err.getvalue()


def test_columns_of_the_same_name_are_found(place, tmp_path):
    records = [sources.record(1), sources.record(2, column="旧栏目"), sources.record(3, body="机密★10年")]
    said, warned = run(place, sources.write(tmp_path, records))
    assert "可随批次公开\t1" in said and "栏目未对应，未导入\t1" in said
    assert "疑似国家秘密" in warned and "报告本单位保密工作机构" in warned
    assert Batch.objects.get().phase == Phase.LOADED


def test_others_are_named(place, tmp_path):
    said, _warned = run(
        place, sources.write(tmp_path, [sources.record(2, column="旧栏目")]), "--column", f"旧栏目={place.column.pk}"
    )
    assert "可随批次公开\t1" in said


def test_the_same_command_goes_on(place, tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "SLICE", 2)
    path = sources.write(tmp_path, [sources.record(n) for n in range(5)])
    killed = iter([True, False])

    def once(number, source):
        loading.load(number, source, 0.0)
        if next(killed):
            raise KeyboardInterrupt
        return loading.load(number, source, None)

    monkeypatch.setattr(load_pages, "load", once)
    with pytest.raises(KeyboardInterrupt):
        run(place, path)
    said, _warned = run(place, path)
    assert "接着第 3 条继续" in said
    assert Batch.objects.count() == 1 and ArticlePage.objects.child_of(place.column).count() == 5


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [("a.docx", "x", "CSV"), ("a.jsonl", "", "没有文章"), ("none.csv", None, "none.csv")],
)
def test_what_cannot_be_read(place, tmp_path, name, text, why):
    path = tmp_path / name
    if text is not None:
        path.write_text(text)
    with pytest.raises(CommandError, match=why) as caught:
        run(place, path)
    assert caught.value.returncode == 2
    assert not Batch.objects.exists()


def test_nobody_without_the_right(place, tmp_path):
    path = sources.write(tmp_path, [sources.record(1)])
    with pytest.raises(CommandError, match="没有这个用户") as caught:
        call_command("load_pages", path, "--as", "nobody", "--body", place.body.code)
    assert caught.value.returncode == 2
    with pytest.raises(CommandError, match="没有权限"):
        call_command("load_pages", path, "--as", place.clerk.username, "--body", "qinghe.czj", "--column", "a=1")
