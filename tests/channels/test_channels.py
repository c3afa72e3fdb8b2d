"""The register of channels: who keeps it, what it answers, how it goes in and out."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from gongkai.bodies.models import Body
from gongkai.bodies.services import create_county, import_bodies
from gongkai.channels import services
from gongkai.channels.exporting import export
from gongkai.channels.models import Account, Column, ColumnClass, Platform, Site
from gongkai.channels.selectors import hosts_of, media_operators
from gongkai.foundation.access import Refused
from gongkai.foundation.events.models import Event

TODAY = date(2026, 6, 15)
EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "qinghe"


def load(actor, county, text: str | bytes):
    data = text.encode() if isinstance(text, str) else text
    return services.import_channels(actor, county, ContentFile(data, "渠道.csv"))


def problems(actor, county, text: str) -> list[str]:
    return [str(problem) for problem in services.preview_import(actor, county, text.encode()).problems]


def test_the_office_enters_and_changes_a_site(qinghe):
    site = services.save_site(qinghe.office, qinghe.wlj, "清河文旅网", "http://wl.qinghe.example/", "9901240003")
    services.save_site(qinghe.office, qinghe.wlj, "清河文旅", site.url, active=False, site=site)
    first, second = Event.objects.filter(verb="channels.save_site").order_by("id")
    assert first.before == {}
    assert (first.actor, first.body_id) == (qinghe.office, qinghe.wlj.pk)
    assert second.after == {"name": "清河文旅", "identifier": "", "active": False}


def test_the_office_enters_columns_and_accounts(qinghe):
    column = services.save_column(qinghe.office, qinghe.site, qinghe.wlj, " 公共文化 ", max_days=30)
    assert (column.name, column.column_class) == ("公共文化", ColumnClass.OTHER)
    account = services.save_account(qinghe.office, qinghe.wlj, "清河文旅", Platform.DOUYIN)
    services.save_account(qinghe.office, qinghe.jyj, "清河文旅", Platform.DOUYIN, account=account)
    assert Account.objects.get(pk=account.pk).owner == qinghe.jyj


def test_nobody_else_does(qinghe, dongshan):
    for actor in (qinghe.clerk, dongshan.office):
        with pytest.raises(Refused):
            services.save_site(actor, qinghe.zfb, "甲", "http://a.example/")
        with pytest.raises(Refused):
            services.save_column(actor, qinghe.site, qinghe.zfb, "甲")
        with pytest.raises(Refused):
            services.save_account(actor, qinghe.zfb, "甲", Platform.WEIBO)
    assert not Event.objects.exists()


def test_a_neighbour_takes_nothing_over_by_naming_a_body_of_its_own(qinghe, dongshan):
    with pytest.raises(Refused):
        services.save_site(dongshan.office, dongshan.zfb, "东山网", "http://www.qinghe.example/", site=qinghe.site)
    with pytest.raises(Refused):
        services.save_account(dongshan.office, dongshan.zfb, "清河发布", Platform.WECHAT, account=qinghe.account)
    with pytest.raises(ValidationError, match="同一县"):
        services.save_column(dongshan.office, qinghe.site, dongshan.zfb, "栏目")
    assert Site.objects.get(pk=qinghe.site.pk).owner == qinghe.zfb


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"url": "http://www.qinghe.example/"}, "url"),
        ({"url": "not an address"}, "url"),
        ({"identifier": "123"}, "应为 10 位数字"),
        ({"name": ""}, "name"),
    ],
)
def test_a_site_that_cannot_be(qinghe, fields, message):
    facts = {"name": "新站", "url": "http://new.qinghe.example/"} | fields
    with pytest.raises(ValidationError, match=message):
        services.save_site(qinghe.office, qinghe.zfb, **facts)
    assert Site.objects.count() == 1


def test_a_column_is_named_once_a_site_and_an_account_once_a_platform(qinghe):
    with pytest.raises(ValidationError):
        services.save_column(qinghe.office, qinghe.site, qinghe.zfb, "义务教育")
    with pytest.raises(ValidationError):
        services.save_account(qinghe.office, qinghe.jyj, "清河发布", Platform.WECHAT)
    services.save_account(qinghe.office, qinghe.jyj, "清河发布", Platform.WEIBO)


def test_the_hosts_of_a_county(qinghe, dongshan):
    Column.objects.create(site=qinghe.site, name="专栏", owner=qinghe.jyj, url="https://ZL.qinghe.example:8443/a")
    Site.objects.create(name="旧站", url="http://old.qinghe.example/", owner=qinghe.zfb, active=False)
    Site.objects.create(name="东山网", url="http://www.dongshan.example/", owner=dongshan.zfb)
    assert hosts_of(qinghe.county) == {"www.qinghe.example", "zl.qinghe.example"}
    assert hosts_of(dongshan.county) == {"www.dongshan.example"}


def test_the_columns_of_a_closed_site_count_no_more(qinghe):
    Column.objects.create(site=qinghe.site, name="专栏", owner=qinghe.jyj, url="https://zl.qinghe.example/a")
    Site.objects.filter(pk=qinghe.site.pk).update(active=False)
    assert hosts_of(qinghe.county) == frozenset()


def test_media_operators_are_the_living_owners_of_living_accounts(qinghe, dongshan):
    Account.objects.create(name="清河教育", platform=Platform.WECHAT, owner=qinghe.jyj)
    Account.objects.create(name="清河教育", platform=Platform.WEIBO, owner=qinghe.jyj)
    Account.objects.create(name="清河文旅", platform=Platform.WECHAT, owner=qinghe.wlj, active=False)
    Account.objects.create(name="东山发布", platform=Platform.WECHAT, owner=dongshan.zfb)
    assert list(media_operators(qinghe.county, TODAY)) == [qinghe.zfb, qinghe.jyj]
    Body.objects.filter(pk=qinghe.jyj.pk).update(active_to=date(2026, 1, 1))
    assert list(media_operators(qinghe.county, TODAY)) == [qinghe.zfb]
    assert list(media_operators(qinghe.county, date(2025, 6, 1))) == [qinghe.zfb, qinghe.jyj]


HEADER = "kind,name,url,site,class,max_days,platform,handle,identifier,owner\n"


def test_a_file_brings_all_three_kinds_columns_before_sites_too(qinghe):
    text = HEADER + (
        "栏目,图书馆,http://wl.qinghe.example/tsg/,清河文旅网,法定公开类,90,,,,清河县文化和旅游局\n"
        "site,清河文旅网,http://wl.qinghe.example/,,,,,,9901240003,县文化和旅游局\n"
        "account,清河文旅,,,,,微信公众号,qh_wl,,qinghe.wlj\n"
        "account,清河发布,,,,,wechat,qh_fb,,qinghe.zfb\n"
        "column,义务教育,,清河县人民政府网,statutory,180,,,,qinghe.jyj\n"
    )
    assert load(qinghe.office, qinghe.county, text) == {"create": 3, "change": 1, "same": 1}
    assert Column.objects.get(name="图书馆").max_days == 90
    assert Account.objects.get(name="清河发布").handle == "qh_fb"
    assert load(qinghe.office, qinghe.county, text)["same"] == 5


def test_errors_name_row_and_column_and_nothing_is_written(qinghe, dongshan):
    Account.objects.create(name="东山发布", platform=Platform.WECHAT, owner=dongshan.zfb)
    text = HEADER + (
        "site,好网站,http://good.example/,,,,,,,qinghe.zfb\n"
        ",甲,,,,,,,,qinghe.zfb\n"
        "报纸,甲,,,,,,,,qinghe.zfb\n"
        "site,乙,http://b.example/,,,,,,,没有的单位\n"
        "site,丙,ftp,,,,,,,qinghe.zfb\n"
        "column,丁,,没有的网站,,,,,,qinghe.zfb\n"
        "column,戊,,清河县人民政府网,不认识,,,,,qinghe.zfb\n"
        "column,己,,清河县人民政府网,news,两周,,,,qinghe.zfb\n"
        "account,庚,,,,,,,,qinghe.zfb\n"
        "account,东山发布,,,,,wechat,,,qinghe.zfb\n"
        "account,辛,,,,,wechat,,,dongshan.zfb\n"
    )
    found = problems(qinghe.office, qinghe.county, text)
    assert [problem.split("：")[0] for problem in found] == [
        "第 3 行“种类”",
        "第 4 行“种类”",
        "第 5 行“责任单位”",
        "第 6 行“网址”",
        "第 7 行“所属网站”",
        "第 8 行“栏目类别”",
        "第 9 行“最长更新间隔”",
        "第 10 行“平台”",
        "第 11 行",
        "第 12 行“责任单位”",
    ]
    with pytest.raises(ValidationError):
        load(qinghe.office, qinghe.county, text)
    assert Site.objects.count() == 1
    assert not Event.objects.exists()


def test_the_import_is_the_office_s(qinghe, dongshan):
    for actor in (qinghe.clerk, dongshan.office):
        with pytest.raises(Refused):
            load(actor, qinghe.county, HEADER + "site,好,http://good.example/,,,,,,,qinghe.zfb\n")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("model", [Site, Column, Account])
def test_what_goes_out_comes_back_as_nothing_new(qinghe, form, model):
    model.objects.update(active=False)
    assert load(qinghe.office, qinghe.county, export(model.objects.all(), form)) == {
        "create": 0,
        "change": 0,
        "same": 1,
    }


@pytest.mark.slow
def test_the_example_county_comes_in_whole(db):
    county = create_county(None, "qinghe", "青禾县人民政府")
    import_bodies(None, county, ContentFile((EXAMPLES / "bodies.csv").read_bytes(), "bodies.csv"))
    data = (EXAMPLES / "channels.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert load(None, county, data) == {"create": len(rows), "change": 0, "same": 0}
    owners = {row["owner"] for row in rows if row["kind"] == "account"}
    assert {body.code for body in media_operators(county, TODAY)} == owners
    assert "www.qinghe.example" in hosts_of(county)
