"""What keeps a text with pictures from the gate, and what the gate looks at."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from tests.drawings import drawing
from tests.portal import writing
from tests.portal.pictures.brought import ALT, brought, text_with

from gongkai.portal.editing.lacking import Level, missing_in
from gongkai.portal.models import AttachmentFile
from gongkai.portal.pictures.keeping import reference_to
from gongkai.portal.pictures.references import Reference
from gongkai.portal.reviewables import ARTICLE, article_files, article_words
from gongkai.portal.tags import excerpt
from gongkai.portal.words import plain
from gongkai.review.choke import NotOpen
from gongkai.review.services import request

pytestmark = pytest.mark.django_db


def refused(people, page) -> str:
    """Said above the form, and again at the door of the gate."""
    said = [one.words for one in missing_in(page) if one.level == Level.BLOCK]
    with pytest.raises(ValidationError) as error:
        request(people.clerk, ARTICLE, page.pk)
    assert said == error.value.messages
    return "；".join(said)


def test_without_alternative_text_it_stays(county, people, column):
    assert "第 1 张图片没有替代文字" in refused(
        people, writing.article(column, body=text_with(brought(county.fgj), alt=" "))
    )


def test_decoration_needs_none(county, people, column):
    file = brought(county.fgj)
    named = reference_to(file)
    page = writing.article(column, body="<p>正文</p>" + Reference(file.pk, named.sm3, decorative=True).stored())
    assert request(people.clerk, ARTICLE, page.pk).pk


def test_a_picture_of_another_body_is_refused(county, people, column):
    assert "不是本单位的" in refused(people, writing.article(column, body=text_with(brought(county.czj))))


def test_what_is_gone_or_no_picture_is_refused(county, people, column):
    file = writing.file(county.fgj)
    assert "已删除" in refused(people, writing.article(column, body=text_with(file)))
    assert "已删除" in refused(people, writing.article(column, body=Reference(999_999, "0" * 64, ALT).stored()))


def test_a_file_that_is_not_the_one_that_was_put_in_is_refused(county, people, column):
    file = brought(county.fgj)
    page = writing.article(column, body=text_with(file))
    Path(file.file.path).write_bytes(drawing(seed=8))
    assert "与插入时不同" in refused(people, page)


def test_the_machine_and_the_reviewers_get_it(county, people, column, client):
    file = brought(county.fgj)
    page = writing.article(column, body=text_with(file, caption="图注在此"))
    assert [label for label, _file in article_files(page)] == ["图片 1 文件"]
    assert ALT in dict(article_words(page))["正文"] and "图注在此" in dict(article_words(page))["正文"]
    release = request(people.clerk, ARTICLE, page.pk)
    client.force_login(people.leader)
    address = reverse("review_picture", args=[release.pk, 0])
    assert f'src="{address}"' in client.get(reverse("review_file", args=[release.pk, 0])).text
    answer = client.get(address)
    assert answer["Content-Type"] == "image/jpeg" and "no-store" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content) == Path(file.file.path).read_bytes()
    assert client.get(reverse("review_picture", args=[release.pk, 1])).status_code == 404
    client.force_login(people.other_leader)
    assert client.get(address).status_code == 404


def test_a_text_twice_named_is_looked_at_once(county, column):
    file = brought(county.fgj)
    assert len(article_files(writing.article(column, body=text_with(file, file)))) == 1


def test_personal_data_in_the_words_stop_it(county, people, column):
    page = writing.article(column, body=text_with(brought(county.fgj), alt="联系人身份证号 11010519491231002X"))
    assert request(people.clerk, ARTICLE, page.pk).state == "stopped"


def test_its_words_are_read_where_it_stands_and_not_quoted_for_the_text(county, column):
    body = text_with(brought(county.fgj), caption="图注")
    assert plain(body) == f"工程已经完工，验收合格，今起交付使用。\n〔图片：{ALT}〕\n图注"
    assert ALT not in excerpt(body)


def test_another_picture_closes_the_gate(county, column):
    """The text names the content, so what is signed is this very content."""
    one = brought(county.fgj)
    page = writing.through_the_gate(writing.article(column, body=text_with(one)))
    other = brought(county.fgj, drawing(1600, 900, seed=4))
    page.body = page.body.replace(reference_to(one).sm3, reference_to(other).sm3)
    with pytest.raises(NotOpen):
        page.save()
    assert AttachmentFile.objects.count() == 2
