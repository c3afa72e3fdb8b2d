"""The tree of pages follows the register of bodies; each body's people may draft in one place and publish nowhere."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Page, Site

from gongkai.bodies.models import Body, Kind
from gongkai.bodies.sections import keep_all_in_step
from gongkai.bodies.signals import body_created, body_renamed
from gongkai.portal.models import ColumnPage, HomePage, SectionPage, TopicPage
from gongkai.portal.structure import ensure_portal


def test_a_plain_migrated_installation_has_its_front_page(client, db):
    assert HomePage.objects.count() == 1
    assert Site.objects.get(is_default_site=True).root_page.specific == HomePage.objects.get()
    page = client.get("/")
    assert page.status_code == 200
    assert "还没有登记县级政府" in page.text


def test_wagtails_greeting_is_gone(db):
    assert not Page.objects.filter(title__contains="Wagtail").exists()


def test_twice_does_nothing(county):
    """The first county takes the front page that is there; three sections are made, each with 5 blocks and 21 points."""
    assert ensure_portal() == 3 * (1 + 5 + 21)
    before = list(Page.objects.order_by("path").values_list("path", "title"))
    assert ensure_portal() == 0
    assert list(Page.objects.order_by("path").values_list("path", "title")) == before


def test_the_command_says_what_it_made(county, capsys):
    call_command("ensure_portal")
    assert "已补建 81 个页面" in capsys.readouterr().out
    call_command("ensure_portal")
    assert "门户页面齐全" in capsys.readouterr().out


def test_it_heals_an_emptied_tree(county):
    Site.objects.all().delete()
    Page.objects.all().delete()
    ensure_portal()
    assert Site.objects.get(is_default_site=True).root_page.specific.county == county.body
    assert SectionPage.objects.count() == 3


def test_each_body_has_one_section_and_one_set_of_permissions(county):
    ensure_portal()
    ensure_portal()
    for body in (county.fgj, county.czj):
        section = SectionPage.objects.get(body=body)
        rows = GroupPagePermission.objects.filter(group__name=body.code)
        assert {(row.page_id, row.permission.codename) for row in rows} == {
            (section.pk, "add_page"),
            (section.pk, "change_page"),
        }


def test_nobody_of_a_body_may_publish(county, people):
    ensure_portal()
    for person in vars(people).values():
        for page in SectionPage.objects.all():
            assert not page.permissions_for_user(person).can_publish()


def test_a_clerk_edits_the_own_section_and_no_other(county, people):
    ensure_portal()
    own, other = SectionPage.objects.get(body=county.fgj), SectionPage.objects.get(body=county.czj)
    assert own.permissions_for_user(people.clerk).can_edit()
    assert not other.permissions_for_user(people.clerk).can_edit()


def test_pages_are_made_by_the_register_and_by_nobody_else(county, people):
    ensure_portal()
    assert HomePage.is_creatable is SectionPage.is_creatable is False
    assert set(SectionPage.creatable_subpage_models()) == {ColumnPage, TopicPage}


def test_the_page_of_a_body_goes_only_with_the_body(county, people, django_user_model):
    """Not even a superuser deletes, moves, withdraws or copies it by hand; and no row of the explorer costs a query."""
    ensure_portal()
    root = django_user_model.objects.create_superuser("root", password="x")
    for person in (people.clerk, people.office, root):
        for page in (HomePage.objects.get(), *SectionPage.objects.all()):
            may = page.permissions_for_user(person)
            assert not (may.can_delete() or may.can_move() or may.can_unpublish() or may.can_copy())


@pytest.mark.slow
def test_the_explorer_asks_no_more_for_more_bodies(client, county, people, django_assert_max_num_queries):
    ensure_portal()
    Body.objects.bulk_create(
        Body(code=f"qinghe.b{n}", name=f"单位{n}", kind=Kind.DEPARTMENT, parent=county.body, county=county.body)
        for n in range(48)
    )
    ensure_portal()
    keep_all_in_step()
    client.force_login(people.office)
    address = f"/admin/pages/{HomePage.objects.get().pk}/"
    client.get(address)
    with django_assert_max_num_queries(40):
        page = client.get(address)
    assert len(page.context["object_list"]) == 30


class TestSignals:
    def test_a_new_body_gets_its_section(self, county, client):
        ensure_portal()
        new = Body.objects.create(code="qinghe.mzj", name="清河县民政局", kind=Kind.DEPARTMENT, parent=county.body)
        body_created.send(Body, body=new, actor=None)
        assert client.get("/qinghe-mzj/").status_code == 200
        assert "清河县民政局" in client.get("/").text

    def test_the_first_county_takes_the_waiting_front_page(self, db, client):
        county = Body.objects.create(code="qinghe", name="清河县人民政府", kind=Kind.COUNTY)
        body_created.send(Body, body=county, actor=None)
        assert HomePage.objects.count() == 1
        assert "清河县人民政府政务公开" in client.get("/").text

    def test_a_second_county_gets_its_own_beside_it(self, county, client):
        ensure_portal()
        other = Body.objects.create(code="dongshan", name="东山县人民政府", kind=Kind.COUNTY)
        body_created.send(Body, body=other, actor=None)
        assert HomePage.objects.get(county=other).get_parent() == HomePage.objects.get(county=county.body).get_parent()
        assert "东山县" not in client.get("/").text

    def test_a_site_of_the_second_county_serves_its_own_page(self, county, client):
        ensure_portal()
        other = Body.objects.create(code="dongshan", name="东山县人民政府", kind=Kind.COUNTY)
        body_created.send(Body, body=other, actor=None)
        Site.objects.create(hostname="gk.dongshan.example", port=80, root_page=HomePage.objects.get(county=other))
        assert "东山县人民政府政务公开" in client.get("/", headers={"host": "gk.dongshan.example"}).text

    def test_a_new_name_is_on_the_page(self, county, client):
        ensure_portal()
        Body.objects.filter(pk=county.fgj.pk).update(name="清河县发展和改革委员会")
        county.fgj.refresh_from_db()
        body_renamed.send(Body, body=county.fgj, actor=None, former="清河县发展和改革局")
        assert SectionPage.objects.get(body=county.fgj).title == "清河县发展和改革委员会"
        assert "清河县发展和改革委员会" in client.get("/qinghe-fgj/").text


@pytest.mark.slow  # it migrates, which the quick suite leaves out
@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_is_healed_after_migrating():
    Page.objects.all().delete()
    call_command("migrate", "portal", verbosity=0)
    assert HomePage.objects.count() == 1


def test_a_dissolved_body_is_not_listed(county, client):
    from datetime import date

    ensure_portal()
    Body.objects.filter(pk=county.czj.pk).update(active_to=date(2026, 1, 1))
    page = client.get("/").text
    assert "清河县发展和改革局" in page
    assert "清河县财政局" not in page


@pytest.mark.slow
def test_two_hundred_bodies_cost_two_rows_each(county):
    Body.objects.bulk_create(
        Body(code=f"qinghe.b{n}", name=f"单位{n}", kind=Kind.DEPARTMENT, parent=county.body, county=county.body)
        for n in range(50)
    )
    ensure_portal()
    assert SectionPage.objects.count() == 53
    assert GroupPagePermission.objects.filter(page__depth=3).count() == 104
    assert Group.objects.filter(name="qinghe.b7").count() == 1
