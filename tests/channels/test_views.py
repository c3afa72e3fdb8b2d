"""The screens of channels: who opens them, what each sees, what they save."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.channels.conftest import person

from gongkai.bodies.sheets import read
from gongkai.channels.models import Account, Column, ColumnClass, Platform, Site
from gongkai.channels.services.importing import COLUMNS
from gongkai.foundation.access import Role
from gongkai.foundation.events.models import Event

KINDS = ["sites", "columns", "accounts"]


@pytest.fixture
def browse(client):
    def sign_in(user):
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
        return client

    return sign_in


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def entry_of(qinghe, kind: str):
    return {"sites": qinghe.site, "columns": qinghe.column, "accounts": qinghe.account}[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_an_office_sees_and_edits_its_own_county_only(qinghe, dongshan, browse, kind):
    mine, entry = reverse(f"channels_{kind}"), entry_of(qinghe, kind)
    edit = reverse(f"channels_{kind}_edit", args=[entry.pk])
    assert entry.name in text(browse(qinghe.office).get(mine))
    assert browse(qinghe.office).get(edit).status_code == 200
    assert entry.name not in text(browse(dongshan.office).get(mine))
    assert browse(dongshan.office).get(edit).status_code == 404
    assert "清河" not in browse(dongshan.office).get(mine, {"export": "csv"}).content.decode("utf-8-sig")


@pytest.mark.parametrize("kind", KINDS)
def test_a_clerk_sees_the_own_body_s_entries_and_changes_none(qinghe, browse, kind):
    client = browse(qinghe.clerk)
    page = text(client.get(reverse(f"channels_{kind}")))
    assert ("义务教育" in page) == (kind == "columns")
    assert "清河发布" not in page
    for address in (
        reverse(f"channels_{kind}_add"),
        reverse(f"channels_{kind}_edit", args=[entry_of(qinghe, kind).pk]),
        reverse("channels_import"),
    ):
        assert client.get(address).status_code != 200


def test_the_system_administrator_has_no_business_here(qinghe, browse):
    client = browse(person("sysadmin", qinghe.county, Role.SYSADMIN))
    assert client.get(reverse("channels_sites")).status_code != 200


def test_entries_are_made_and_changed_by_form(qinghe, browse):
    client = browse(qinghe.office)
    new = {"name": "清河文旅网", "url": "http://wl.qinghe.example/", "owner": qinghe.wlj.pk, "active": "on"}
    assert client.post(reverse("channels_sites_add"), new).status_code == 302
    column = {"name": "图书馆", "site": qinghe.site.pk, "column_class": "guide", "owner": qinghe.wlj.pk, "active": "on"}
    assert client.post(reverse("channels_columns_add"), column).status_code == 302
    account = {"name": "清河文旅", "platform": "douyin", "owner": qinghe.wlj.pk}
    edit = reverse("channels_accounts_edit", args=[qinghe.account.pk])
    assert client.post(edit, account).status_code == 302
    assert Site.objects.filter(name="清河文旅网").exists()
    assert Column.objects.get(name="图书馆").column_class == ColumnClass.GUIDE
    qinghe.account.refresh_from_db()
    assert (qinghe.account.name, qinghe.account.platform, qinghe.account.active) == ("清河文旅", Platform.DOUYIN, False)
    assert set(Event.objects.values_list("verb", flat=True)) >= {"channels.save_site", "channels.save_account"}


def test_a_form_that_fails_says_where_and_keeps_what_was_typed(qinghe, dongshan, browse):
    data = {"name": "新站", "url": qinghe.site.url, "owner": qinghe.zfb.pk, "identifier": "12"}
    response = browse(qinghe.office).post(reverse("channels_sites_add"), data)
    assert "identifier" in response.context["form"].errors
    assert "新站" in text(response)
    response = browse(qinghe.office).post(reverse("channels_sites_add"), data | {"owner": dongshan.zfb.pk})
    assert "owner" in response.context["form"].errors
    assert Site.objects.count() == 1


def test_search_filters_and_export(qinghe, browse):
    Column.objects.create(site=qinghe.site, name="要闻", owner=qinghe.zfb, column_class=ColumnClass.NEWS, active=False)
    client, address = browse(qinghe.office), reverse("channels_columns")

    def found(**filters) -> list[str]:
        return [column.name for column in client.get(address, filters).context["object_list"]]

    assert found(q="教育") == ["义务教育"]
    assert found(column_class="news") == ["要闻"]
    assert found(active="true") == ["义务教育"]
    assert found(owner=qinghe.zfb.pk) == ["要闻"]
    rows = read(client.get(address, {"column_class": "news", "export": "xlsx"}).content, COLUMNS, ["name"])
    assert [row.values["name"] for row in rows] == ["要闻"]


def test_import_previews_then_writes(qinghe, browse):
    client, address = browse(qinghe.office), reverse("channels_import")
    content = "kind,name,platform,owner\naccount,清河文旅,wechat,qinghe.wlj\n"
    data = {"county": qinghe.county.pk, "file": SimpleUploadedFile("c.csv", content.encode())}
    response = client.post(address, data)
    assert "将新增 1 条" in text(response)
    assert Account.objects.count() == 1
    data = {"county": qinghe.county.pk, "content": response.context["content"], "file_name": "c.csv", "confirmed": "1"}
    assert client.post(address, data).status_code == 302
    assert Account.objects.count() == 2


def test_a_body_s_page_shows_its_channels(qinghe, browse):
    page = text(browse(qinghe.office).get(reverse("bodies_detail", args=[qinghe.zfb.pk])))
    assert "清河县人民政府网" in page
    assert "微信公众号 清河发布" in page
    assert "义务教育" not in page


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_ten_thousand_entries_are_paged_at_a_fixed_cost(qinghe, browse, kind, django_assert_max_num_queries):
    Site.objects.bulk_create(Site(name=f"站{n}", url=f"http://s{n}.example/", owner=qinghe.zfb) for n in range(10_000))
    Column.objects.bulk_create(Column(site=qinghe.site, name=f"栏{n}", owner=qinghe.zfb) for n in range(10_000))
    Account.objects.bulk_create(Account(name=f"号{n}", platform="app", owner=qinghe.zfb) for n in range(10_000))
    client = browse(qinghe.office)
    client.get(reverse(f"channels_{kind}"))
    with django_assert_max_num_queries(20):
        response = client.get(reverse(f"channels_{kind}"), {"p": 200})
    assert len(response.context["object_list"]) == 30
