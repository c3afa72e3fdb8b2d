"""The door is shut unless this very record, letter for letter, was signed by somebody other than who put it forward."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.review.conftest import KIND
from tests.review.passing import pass_until, sign

from gongkai.channels.models import Site
from gongkai.foundation.registries import Unknown
from gongkai.review import digests, gate
from gongkai.review.models import Release, State, StepKind
from gongkai.review.services import request, send_back, withdraw


@pytest.fixture
def signed(site, people) -> Release:
    return sign(people.leader, request(people.clerk, KIND, site.pk))


def test_nothing_is_open_before_anybody_did_anything(site):
    assert not gate.is_open(KIND, site)
    assert not gate.open_among(KIND, Site.objects.all()).exists()


def test_what_waits_is_not_open(site, people):
    request(people.clerk, KIND, site.pk)
    assert not gate.is_open(KIND, site)


def test_what_was_signed_is_open(site, signed):
    assert gate.is_open(KIND, site)
    assert list(gate.open_among(KIND, Site.objects.all())) == [site]


def test_what_was_sent_back_is_not_open(site, people):
    send_back(people.leader, pass_until(request(people.clerk, KIND, site.pk), StepKind.LEADER), "网址有误")
    assert not gate.is_open(KIND, site)


def test_withdrawal_closes_at_once(site, signed, people):
    withdraw(people.office, signed, "信息有误")
    assert not gate.is_open(KIND, site)
    assert not gate.open_among(KIND, Site.objects.all()).exists()


@pytest.mark.parametrize("field", ["name", "url"])
def test_any_change_to_what_the_public_sees_closes_it(site, signed, field):
    Site.objects.filter(pk=site.pk).update(**{field: "https://other.example/"})
    site.refresh_from_db()
    assert not gate.is_open(KIND, site)
    assert not gate.open_among(KIND, Site.objects.all()).exists()


def test_changing_back_to_what_was_signed_opens_again(site, signed):
    name = site.name
    Site.objects.update(name="改动")
    Site.objects.update(name=name)
    assert gate.is_open(KIND, Site.objects.get())


def test_what_the_public_does_not_see_may_change(site, signed):
    Site.objects.update(identifier="5120220001")
    assert gate.is_open(KIND, Site.objects.get())


def test_an_unsaved_change_is_not_what_was_signed(site, signed):
    site.name = "尚未保存"
    assert not gate.is_open(KIND, site)


def test_the_signature_is_for_one_record_only(site, signed, county):
    twin = Site.objects.create(name=site.name, url="https://twin.example/", owner=county.fgj)
    assert not gate.is_open(KIND, twin)
    assert list(gate.open_among(KIND, Site.objects.all())) == [site]


def test_an_unknown_kind_is_an_error_and_not_an_open_door(site):
    with pytest.raises(Unknown):
        gate.is_open("test.nothing", site)


@pytest.mark.slow
def test_looking_at_many_costs_as_many_queries_as_looking_at_one(county, people, django_assert_num_queries):
    for number in range(40):
        one = Site.objects.create(name=f"网站{number}", url=f"https://s{number}.example/", owner=county.fgj)
        sign(people.leader, request(people.clerk, KIND, one.pk))
    with django_assert_num_queries(2):
        assert len(gate.open_records(KIND, Site.objects.all())) == 40


def test_open_records_keep_the_order_of_the_query(county, people):
    for number in range(5):
        one = Site.objects.create(name=f"网站{number}", url=f"https://s{number}.example/", owner=county.fgj)
        sign(people.leader, request(people.clerk, KIND, one.pk))
    found = gate.open_records(KIND, Site.objects.order_by("-name"))
    assert [one.name for one in found] == ["网站4", "网站3", "网站2", "网站1", "网站0"]


def test_a_row_written_behind_the_services_for_other_content_opens_nothing(site, people):
    """Only the digest of the record as it is opens the gate, whoever wrote the row."""
    release = request(people.clerk, KIND, site.pk)
    Release.objects.filter(pk=release.pk).update(state=State.APPROVED, digest="0" * 64, decided_by=people.leader)
    assert not gate.is_open(KIND, site)


def test_sm3_is_the_standard_one():
    """GB/T 32905-2016, example 1."""
    assert digests.sm3("abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_both_implementations_of_sm3_agree():
    other = digests._Sm3()
    other.update("政务公开".encode())
    assert other.hexdigest() == digests.sm3("政务公开")


parts = st.lists(st.tuples(st.text(max_size=8), st.text(max_size=20)), max_size=5)


@given(parts)
def test_parts_come_back_as_they_went_in(pairs):
    assert digests.parts_of(digests.as_text(pairs)) == pairs


@given(parts, parts)
def test_different_parts_have_different_texts(one, other):
    assert (digests.as_text(one) == digests.as_text(other)) == (one == other)


def test_text_of_another_making_is_shown_whole():
    assert digests.parts_of("一段文字") == [("", "一段文字")]


def test_a_file_has_a_new_value_when_its_bytes_change(tmp_path, settings):
    from django.core.files.base import ContentFile
    from django.db.models.fields.files import FieldFile

    from gongkai.ledger.models import Evidence

    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        }
    }
    field = Evidence._meta.get_field("file")
    name = field.storage.save("one.txt", ContentFile(b"abc"))
    file = FieldFile(None, field, name)
    before = digests.sm3_of_file(file)
    assert before == digests.sm3("abc")
    field.storage.delete(name)
    assert digests.sm3_of_file(file) == digests.GONE
    field.storage.save(name, ContentFile(b"abcd"))
    assert digests.sm3_of_file(file) == digests.sm3("abcd")
