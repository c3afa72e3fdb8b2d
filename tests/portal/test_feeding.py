"""The register of channels follows the columns of the portal: name, address, use, and the day they were last fed."""

from __future__ import annotations

from datetime import date

import pytest
from tests.portal import writing
from tests.portal.writing import ensure_portal
from tests.review.passing import holder

from gongkai.bodies.signals import body_renamed
from gongkai.channels.models import Column, ColumnClass, Site
from gongkai.channels.services import save_column, state_none
from gongkai.foundation.access import Role
from gongkai.foundation.events.models import Event
from gongkai.portal.feeding import feed_all
from gongkai.portal.models import BlockPage, ColumnPage, SectionPage
from gongkai.review.models import Release, State
from gongkai.review.services import withdraw

TODAY = date(2026, 6, 15)


@pytest.fixture
def section(county) -> SectionPage:
    ensure_portal()
    return writing.section(county.fgj)


def registered(page) -> Column:
    return Column.objects.get(page_id=page.pk)


class TestRegistering:
    def test_every_body_owes_its_guide_its_report_and_what_the_table_says(self, section, county):
        own = Column.objects.filter(owner=county.fgj).order_by("page__path")
        assert [one.name for one in own] == [
            "政府信息公开指南",
            "机关职能和机构设置",
            "财政预算决算",
            "政府信息公开年报",
        ]
        assert all(one.active and one.site.portal and one.column_class == ColumnClass.STATUTORY for one in own)
        assert Event.objects.filter(verb="channels.register_page", body_id=county.fgj.pk).count() == 4

    def test_the_portal_is_a_site_of_the_county(self, section, county, settings):
        site = Site.objects.get(portal=True)
        assert (site.owner, site.url, site.name) == (county.body, f"{settings.BASE_URL}/", "清河县人民政府政务公开")
        column = Column.objects.get(owner=county.fgj, name="财政预算决算")
        assert column.url == f"{settings.BASE_URL}/qinghe-fgj/fading/yujuesuan/"

    def test_a_new_column_is_registered_and_in_use_once_it_is_public(self, section):
        column = writing.column(section, "通知公告", column_type="通知公告")
        entry = registered(column)
        assert (entry.name, entry.active, entry.max_days, entry.outdated_days) == ("通知公告", False, 180, 730)
        assert entry.column_class == ColumnClass.NOTICE and entry.owner == section.body
        writing.through_the_gate(column)
        assert registered(column).active

    def test_its_name_and_address_follow_the_page_and_its_rule_stays_the_offices(self, section, people):
        column = writing.through_the_gate(writing.column(section, "通知"))
        entry = registered(column)
        facts = {"name": "别的", "site": entry.site, "max_days": 30, "column_class": ColumnClass.NOTICE}
        save_column(people.office, owner=entry.owner, column=entry, **facts)
        assert (registered(column).name, registered(column).max_days) == ("通知", 30)
        column = writing.through_the_gate(writing.change(column, title="公告", slug="gonggao"))
        entry = registered(column)
        assert entry.name == "公告" and entry.url.endswith("/qinghe-fgj/gonggao/") and entry.max_days == 30

    def test_one_that_is_withdrawn_is_out_of_use(self, section, people, county):
        column = writing.through_the_gate(writing.column(section))
        release = Release.objects.get(object_id=column.pk, state=State.APPROVED)
        withdraw(holder(county.fgj, Role.LEADER), release, "停用")
        assert not registered(column).active

    def test_one_that_is_deleted_stays_on_record(self, section):
        column = writing.column(section)
        entry = registered(column)
        column.delete()
        entry.refresh_from_db()
        assert (entry.page_id, entry.active) == (None, False)

    def test_a_point_that_a_body_may_owe_is_registered_when_something_stands_in_it(self, section):
        point = ColumnPage.objects.descendant_of(section).get(point="a20-10")
        assert not Column.objects.filter(page_id=point.pk).exists()
        writing.through_the_gate(writing.article(point, "某项目批准结果"))
        assert registered(point).newest_on == TODAY

    def test_two_bodies_have_columns_of_one_name(self, section, county):
        assert Column.objects.filter(name="财政预算决算").count() == 3
        ours, theirs = writing.column(section), writing.column(writing.section(county.czj))
        assert registered(ours).name == registered(theirs).name

    def test_addresses_stay_when_a_body_is_renamed(self, section, county, client):
        column = writing.through_the_gate(writing.column(section, slug="tongzhi"))
        county.fgj.name = "清河县发展和改革委员会"
        county.fgj.save()
        body_renamed.send(type(county.fgj), body=county.fgj, actor=None, former="清河县发展和改革局")
        assert client.get("/qinghe-fgj/tongzhi/").status_code == 200
        assert registered(column).url.endswith("/qinghe-fgj/tongzhi/")


class TestFeeding:
    def test_fed_by_the_newest_that_became_public(self, section):
        column = writing.through_the_gate(writing.column(section, column_type="工作动态"))
        assert registered(column).fed_on is None
        draft = writing.article(column, "动态", published_on=date(2026, 6, 1))
        assert registered(column).fed_on is None
        writing.through_the_gate(draft)
        entry = registered(column)
        assert (entry.newest_on, entry.warn_on, entry.due_on) == (
            date(2026, 6, 1),
            date(2026, 6, 12),
            date(2026, 6, 15),
        )

    def test_what_is_withdrawn_feeds_no_more(self, section, county):
        column = writing.through_the_gate(writing.column(section))
        article = writing.through_the_gate(writing.article(column))
        assert registered(column).newest_on == TODAY
        withdraw(holder(county.fgj, Role.LEADER), Release.objects.get(object_id=article.pk, state="approved"), "错误")
        assert registered(column).newest_on is None

    def test_a_smaller_column_feeds_the_one_above(self, section):
        above = writing.through_the_gate(writing.column(section, "政策"))
        below = writing.through_the_gate(writing.column(above, "解读"))
        writing.through_the_gate(writing.article(below))
        assert registered(above).newest_on == registered(below).newest_on == TODAY

    def test_the_yearly_report_feeds_its_block(self, section):
        annual = BlockPage.objects.child_of(section).get(kind="annual")
        assert registered(annual).max_days == 396
        writing.through_the_gate(writing.article(annual, "2025年度报告"))
        assert registered(annual).newest_on == TODAY

    def test_counted_again_every_night(self, section):
        column = writing.through_the_gate(writing.column(section))
        writing.through_the_gate(writing.article(column))
        Column.objects.filter(page_id=column.pk).update(newest_on=None, fed_on=None)
        assert feed_all() == 1
        assert registered(column).fed_on == TODAY
        assert feed_all() == 0

    def test_a_statement_that_there_is_nothing_counts_and_is_public_with_its_day(self, section, people, client):
        column = writing.through_the_gate(writing.column(section, column_type="通知公告"))
        state_none(people.clerk, registered(column), "本季度没有通知")
        entry = registered(column)
        assert (entry.fed_on, entry.newest_on, entry.none_on) == (TODAY, None, TODAY)
        page = client.get(column.url).text
        assert "截至2026年6月15日，本栏目暂无内容" in page and "本季度没有通知" not in page
        writing.through_the_gate(writing.article(column, published_on=date(2026, 6, 16)))
        assert "本栏目暂无内容" not in client.get(column.url).text
