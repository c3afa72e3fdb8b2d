"""Pictures in the editor: what it is given, what it sends back, and what may be brought by whom."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.drawings import drawing, moving, photograph
from tests.portal import writing
from tests.portal.pictures.brought import ALT, brought, text_with
from tests.portal.writing import ensure_portal
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.documents.forms import get_document_form

from gongkai.core.documents import read
from gongkai.portal.models import AttachmentFile, Rendition
from gongkai.portal.models.articles import FEATURES
from gongkai.portal.pictures.references import Reference, references

SM3 = "ab" * 32


def back(data: dict) -> str:
    """What the body keeps of an entity that the browser sends."""
    block = {"key": "a", "text": " ", "type": "atomic", "depth": 0, "inlineStyleRanges": []}
    block["entityRanges"] = [{"key": 0, "offset": 0, "length": 1}]
    entity = {"type": "PICTURE", "mutability": "IMMUTABLE", "data": data}
    return ContentstateConverter(FEATURES).to_database_format(
        json.dumps({"blocks": [block], "entityMap": {"0": entity}})
    )


@pytest.mark.parametrize(
    "named",
    [
        Reference(7, SM3, "堤顶 \"加高\" <1 米> & 'x'", "图注 > 甲"),
        Reference(7, SM3, decorative=True),
        Reference(7, SM3),
    ],
)
def test_what_nobody_touched_stays_to_the_letter(named):
    html = f'<p data-block-key="aaaaa">前</p>{named.stored()}<p data-block-key="bbbbb">后</p>'
    converter = ContentstateConverter(FEATURES)
    assert converter.to_database_format(converter.from_database_format(html)) == html
    assert references(html) == [named]


def test_what_the_browser_sends_is_a_number_a_digest_and_words():
    sent = {"id": "7\" onload='x'", "sm3": "zz", "alt": '"/><script>x</script>', "decorative": "yes", "src": "//x"}
    assert references(back(sent)) == [Reference(0, "", '"/><script>x</script>')]
    assert "<script" not in back(sent) and "onload" not in back(sent) and "//x" not in back(sent)


def test_decoration_says_nothing():
    assert references(back({"id": 7, "sm3": SM3, "alt": "字", "decorative": True})) == [
        Reference(7, SM3, decorative=True)
    ]


def test_other_embeds_are_no_pictures():
    assert references('<embed embedtype="image" id="1" alt="x"/>') == []


@pytest.fixture
def column(county):
    ensure_portal()
    return writing.column(writing.section(county.fgj))


def upload(client, column, data: bytes, name: str = "IMG_2031.jpg", place: str = ""):
    place = place or f"/admin/pages/add/portal/articlepage/{column.pk}/"
    return client.post("/admin/portal/picture/", {"file": SimpleUploadedFile(name, data), "place": place})


def test_a_photograph_is_kept_without_where_it_was_taken(client, column, people, county):
    client.force_login(people.clerk)
    told = upload(client, column, photograph(2400, 1600), "河堤加固-终稿.jpg").json()
    file = AttachmentFile.objects.get()
    assert (told["id"], told["alt"], told["decorative"]) == (file.pk, "", False)
    assert (file.width, file.height, file.title) == (1920, 1280, "河堤加固")
    assert (file.collection, file.uploaded_by_user) == (writing.section(county.fgj).collection, people.clerk)
    assert list(Rendition.objects.values_list("width", "height")) == [(640, 427), (1280, 853)]
    assert "北纬" not in read(Path(file.file.path), whole=True).text
    assert client.get(told["src"]).status_code == 200


def test_also_into_a_page_that_is_there(client, column, people):
    client.force_login(people.clerk)
    page = writing.article(column)
    assert upload(client, column, drawing(), place=f"/admin/pages/{page.pk}/edit/").status_code == 200


@pytest.mark.parametrize(
    ("data", "why"), [(b"<svg/>", "JPEG"), (moving(), "动图"), (drawing()[:2000], "损坏"), (b"x" * 10, "JPEG")]
)
def test_what_is_refused_says_why_and_leaves_nothing(client, column, people, data, why):
    client.force_login(people.clerk)
    answer = upload(client, column, data)
    assert answer.status_code == 400 and why in answer.json()["error"]
    assert not AttachmentFile.objects.exists()


def test_nobody_brings_one_into_the_folder_of_another_body(client, column, people):
    client.force_login(people.other_clerk)
    assert upload(client, column, drawing()).status_code == 404
    assert upload(client, column, drawing(), place="/admin/").status_code == 404
    client.logout()
    assert upload(client, column, drawing()).status_code == 302
    assert not AttachmentFile.objects.exists()


def test_a_picture_is_not_replaced_and_may_be_renamed(column, people, county):
    file = brought(county.fgj)
    data = {"title": "河堤近照", "collection": file.collection_id}
    form = get_document_form(AttachmentFile)
    assert form(data, {}, instance=file, user=people.clerk).is_valid()
    other = {"file": SimpleUploadedFile("a.txt", b"x")}
    assert not form(data, other, instance=AttachmentFile.objects.get(), user=people.clerk).is_valid()


def test_the_copies_go_with_the_picture(column, county, django_capture_on_commit_callbacks):
    file = brought(county.fgj)
    paths = [Path(one.file.path) for one in file.renditions.all()]
    assert paths and all(path.exists() for path in paths)
    with django_capture_on_commit_callbacks(execute=True):
        file.delete()
    assert not any(path.exists() for path in paths)


def test_the_editor_is_given_the_picture_with_its_words(client, column, people, county):
    client.force_login(people.clerk)
    page = writing.article(column, body=text_with(brought(county.fgj)))
    shown = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "portal/picture.js" in shown and ALT in json.loads(f'"{ALT}"') and "PICTURE" in shown
