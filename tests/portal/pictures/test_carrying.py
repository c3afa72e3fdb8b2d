"""Pictures that come with a text: of a Word file, of the clipboard, of another site."""

from __future__ import annotations

import base64
import io
import json

import docx
import pytest
from tests.drawings import drawing, moving
from tests.portal import writing
from tests.portal.importing import sources

from gongkai.core.pasting import Carried
from gongkai.portal.importing.models import Outcome
from gongkai.portal.models import ArticlePage, AttachmentFile, Illustration
from gongkai.portal.pictures.carrying import taken_over
from gongkai.portal.pictures.references import address_of, references

pytestmark = pytest.mark.django_db
ALT = "加固后的河堤，堤顶路面宽六米"


def places(number: int) -> str:
    return "<p>文</p>" + "".join(f'<img src="carried:{at}"/>' for at in range(number))


def test_what_is_left_out_is_said_and_the_rest_is_kept(county, column):
    folder = writing.section(county.fgj).collection_id
    carried = [
        Carried(data=drawing(), alt=ALT),
        Carried(address="http://a/none.jpg"),
        Carried(data=moving()),
        Carried(data=drawing(20, 20)),
        Carried(address="http://a/b.jpg", alt="同一张"),
        Carried(data=drawing(seed=4), decorative=True, alt="忽略"),
        Carried(data=drawing(seed=9)),  # without a place in the text
    ]
    html, said = taken_over(places(6), carried, folder, None, {"http://a/b.jpg": drawing()}.get)
    first, second, third = references(html)
    assert (first.alt, second.alt, third.alt, third.decorative) == (ALT, "同一张", "", True)
    assert first.file == second.file and AttachmentFile.objects.count() == 2
    assert "carried" not in html and "动图不能使用" in "；".join(said)
    assert {"图片 1 处没有带入：没有随来源提供", "图片 1 处没有带入：是小图标"} < set(said)


def paper() -> io.BytesIO:
    document = docx.Document()
    document.add_paragraph("工程已经完工。").add_run().add_picture(io.BytesIO(drawing()))
    told = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    next(document.element.body.iter(told)).set("descr", ALT)
    document.add_paragraph().add_run().add_picture(io.BytesIO(drawing(seed=2)))
    out = io.BytesIO()
    document.save(out)
    out.seek(0)
    out.name = "完工.docx"
    return out


def test_a_word_file_brings_its_pictures_into_the_editor(client, people, column, county):
    client.force_login(people.clerk)
    place = f"/admin/pages/add/portal/articlepage/{column.pk}/"
    told = client.post("/admin/portal/import-text/", {"file": paper(), "place": place}).json()
    shown = [one["data"] for one in told["content"]["entityMap"].values()]
    assert [one["alt"] for one in shown] == [ALT, ""]
    assert told["notes"] == ["图片 1 张没有替代文字，请补上"]
    assert set(AttachmentFile.objects.values_list("collection", flat=True)) == {
        writing.section(county.fgj).collection_id
    }


def test_the_clipboard_brings_those_it_holds(client, people, column):
    client.force_login(people.clerk)
    inline = "data:image/jpeg;base64," + base64.b64encode(drawing()).decode()
    sent = {"html": f'<p>文<img src="{inline}" alt="{ALT}"></p>', "place": f"/admin/pages/{column.pk}/edit/"}
    told = client.post("/admin/portal/paste/", json.dumps(sent), "application/json").json()
    assert [one["data"]["alt"] for one in told["content"]["entityMap"].values()] == [ALT]


def test_nothing_is_kept_for_who_may_not_write_there(client, people, column):
    client.force_login(people.other_clerk)
    place = f"/admin/pages/{column.pk}/edit/"
    assert client.post("/admin/portal/import-text/", {"file": paper(), "place": place}).status_code == 404
    assert not AttachmentFile.objects.exists()


class TestImport:
    @pytest.fixture
    def place(self, county):
        return sources.office(county)

    def loaded(self, place, folder, body: str):
        (folder / "img").mkdir()
        (folder / "img" / "a.jpg").write_bytes(drawing())
        return sources.loaded(place, sources.write(folder, [sources.record(1, body=body)]))

    def test_those_of_the_source_are_taken_over_and_opened_with_the_batch(self, place, tmp_path, client):
        batch = self.loaded(place, tmp_path, f'<p>完工。</p><p><img src="/img/a.jpg" alt="{ALT}"></p>')
        assert [row.outcome for row in batch.rows.all()] == [Outcome.READY]
        page = ArticlePage.objects.get()
        (shown,) = references(page.body)
        assert shown.alt == ALT and Illustration.objects.filter(page=page, document=shown.file).exists()
        assert client.get(address_of(shown.file)).status_code == 404
        sources.signed(place, batch)
        assert client.get(address_of(shown.file)).status_code == 200
        assert ALT in client.get(ArticlePage.objects.get().url).content.decode()

    def test_one_without_words_is_called_by_its_article_and_named(self, place, tmp_path):
        batch = self.loaded(place, tmp_path, '<p>完工。</p><img src="/img/a.jpg" alt="a.jpg">')
        (row,) = batch.rows.all()
        assert row.outcome == Outcome.READY and row.says == ["图片 1 张没有替代文字，暂以文章标题代替"]
        (shown,) = references(row.page.specific.body)
        assert shown.alt == f"“{row.title}”配图" and not shown.decorative

    def test_one_that_is_not_there_is_named(self, place, tmp_path):
        batch = self.loaded(place, tmp_path, f'<p>完工。</p><img src="/img/none.jpg" alt="{ALT}">')
        (row,) = batch.rows.all()
        assert row.outcome == Outcome.READY and row.says == ["图片 1 处没有带入：没有随来源提供"]
        assert row.page.specific.body == "<p>完工。</p>"

    def test_of_a_text_that_was_only_pictures_nothing_is_left(self, place, tmp_path):
        batch = self.loaded(place, tmp_path, '<img src="/img/none.jpg">')
        (row,) = batch.rows.all()
        assert row.outcome == Outcome.HELD and "没有正文" in row.says
