"""A picture is public as long as the text that shows it is, as the very content that was signed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image
from tests.drawings import drawing
from tests.portal import writing
from tests.portal.pictures.brought import brought, text_with
from tests.review.passing import holder
from wagtail.models import ReferenceIndex

from gongkai.foundation.access import Refused, Role
from gongkai.portal.bulk.services import move
from gongkai.portal.models import ArticlePage, AttachmentFile, Illustration
from gongkai.portal.pictures.references import address_of, references
from gongkai.review.models import Release, State
from gongkai.review.services import withdraw

pytestmark = pytest.mark.django_db


def got(client, *address) -> int:
    return client.get(address_of(*address)).status_code


def test_it_waits_for_the_gate_and_goes_with_the_text(county, people, column, client):
    file = brought(county.fgj)
    page = writing.article(column, body=text_with(file))
    assert [got(client, file.pk), got(client, file.pk, 640)] == [404, 404]
    page = writing.through_the_gate(page)
    assert [got(client, file.pk), got(client, file.pk, 640), got(client, file.pk, 333)] == [200, 200, 404]
    release = Release.objects.get(object_id=page.pk, kind="portal.article", state=State.APPROVED)
    withdraw(holder(county.fgj, Role.LEADER), release, "数据有误", "更正中")
    assert [got(client, file.pk), got(client, file.pk, 640)] == [404, 404]
    assert client.get(file.url).status_code == 404


def test_who_works_on_it_sees_it_before_and_other_bodies_do_not(county, people, column, client):
    file = brought(county.fgj)
    for user, status in ((people.clerk, 200), (people.other_clerk, 404)):
        client.force_login(user)
        assert got(client, file.pk) == status


def test_a_picture_of_a_draft_of_what_is_public_is_not(county, column, client):
    """Neither before it is signed, nor when it has been taken out again."""
    one, other = brought(county.fgj), brought(county.fgj, drawing(900, 900, seed=5))
    page = writing.through_the_gate(writing.article(column, body=text_with(one)))
    writing.change(page, body=text_with(other))
    assert (got(client, one.pk), got(client, other.pk)) == (200, 404)
    writing.through_the_gate(page)
    assert (got(client, one.pk), got(client, other.pk)) == (404, 200)
    assert Illustration.objects.filter(page=page).count() == 2


def test_other_bytes_in_its_place_are_not_shown(county, column, client):
    file = brought(county.fgj)
    page = writing.through_the_gate(writing.article(column, body=text_with(file)))
    Path(file.file.path).write_bytes(drawing(1600, 900, seed=7))
    assert [got(client, file.pk), got(client, file.pk, 640)] == [404, 404]
    assert page.live


def test_other_bytes_in_place_of_a_narrow_copy_are_not_shown(county, column, client):
    file = brought(county.fgj)
    writing.through_the_gate(writing.article(column, body=text_with(file)))
    Path(file.renditions.get(width=640).file.path).write_bytes(drawing(640, 360, seed=7))
    assert [got(client, file.pk), got(client, file.pk, 640)] == [200, 404]


def test_a_row_alone_makes_nothing_public(county, column, client):
    file = brought(county.fgj)
    page = writing.through_the_gate(writing.article(column))
    Illustration.objects.create(page=page, document=file)
    assert got(client, file.pk) == 404


def test_what_is_given_are_the_bytes_that_were_kept(county, column, client):
    file = brought(county.fgj)
    writing.through_the_gate(writing.article(column, body=text_with(file)))
    answer = client.get(address_of(file.pk))
    assert b"".join(answer.streaming_content) == Path(file.file.path).read_bytes()
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "no-cache")
    again = client.get(address_of(file.pk), headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    narrow = client.get(address_of(file.pk, 640))
    assert Image.open(io.BytesIO(b"".join(narrow.streaming_content))).size == (640, 360)


def test_files_that_are_no_pictures_have_no_such_address(county, column, client, people):
    file = writing.file(county.fgj)
    client.force_login(people.clerk)
    assert got(client, file.pk) == 404


def test_the_page_shows_it_with_its_words(county, column, client):
    file = brought(county.fgj)
    page = writing.through_the_gate(
        writing.article(column, body=text_with(file, alt='堤顶 "加高" <1 米>', caption="A & B"))
    )
    shown = client.get(page.url).content.decode()
    assert 'alt="堤顶 &quot;加高&quot; &lt;1 米&gt;"' in shown and "<figcaption>A &amp; B</figcaption>" in shown
    assert 'width="1600" height="900"' in shown and 'loading="lazy"' in shown
    assert f"/pictures/{file.pk}/640/ 640w, /pictures/{file.pk}/1280/ 1280w, /pictures/{file.pk}/ 1600w" in shown
    whole = f"{settings.BASE_URL}/pictures/{file.pk}/"
    assert f'<meta name="Image" content="{whole}">' in shown and f'"image": "{whole}"' in shown


def test_a_small_one_has_one_size(county, column, client):
    file = brought(county.fgj, drawing(320, 200))
    page = writing.through_the_gate(writing.article(column, body=text_with(file)))
    shown = client.get(page.url).content.decode()
    assert "srcset" not in shown.partition("<figure>")[2].partition("</figure>")[0] and 'width="320"' in shown


def test_all_pictures_of_a_text_cost_two_queries_and_none_for_lists(
    county, column, client, django_assert_max_num_queries
):
    files = [brought(county.fgj, drawing(1400, 800, seed=at)) for at in range(3)]
    page = writing.through_the_gate(writing.article(column, body=text_with(*files)))
    bare = writing.through_the_gate(writing.article(column))

    def queries(url: str) -> int:
        client.get(url)
        with django_assert_max_num_queries(99) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    assert queries(page.url) - queries(bare.url) == 2


def test_what_a_text_names_is_not_deleted(county, column, people):
    file = brought(county.fgj)
    writing.article(column, body=text_with(file))
    with pytest.raises(Refused):
        file.delete()


def test_a_draft_kept_later_is_noted(county, column):
    page = writing.article(column)
    file = brought(county.fgj)
    writing.change(page, body=text_with(file))
    assert list(Illustration.objects.values_list("page", "document")) == [(page.pk, file.pk)]
    assert references(ArticlePage.objects.get(pk=page.pk).body) == []


def test_wagtail_knows_where_it_is_used(county, column):
    file = brought(county.fgj)
    page = writing.article(column, body=text_with(file))
    ReferenceIndex.create_or_update_for_object(page)
    assert [one.pk for one, _how in file.get_usage()] == [page.pk]


def test_moved_to_another_body_its_pictures_go_along(county, people, column):
    own, shared = brought(county.fgj), brought(county.fgj, drawing(seed=6))
    page = writing.article(column, body=text_with(own, shared))
    writing.article(column, body=text_with(shared))
    target = writing.column(writing.section(county.czj))
    move(people.office, [page.pk], target.pk, "职责调整")
    folders = {one.pk: one.collection for one in AttachmentFile.objects.all()}
    assert folders == {
        own.pk: writing.section(county.czj).collection,
        shared.pk: writing.section(county.fgj).collection,
    }
