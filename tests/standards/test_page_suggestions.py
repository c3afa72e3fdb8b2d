"""Single pages are suggested by title and text; what is confirmed together is undone together."""

import pytest
from django.urls import reverse
from tests.portal.writing import article, through_the_gate
from tests.standards.planting import NEW, filled, imported, open_column, owing, row, section
from wagtail.search import index

from gongkai.foundation.registries import Place
from gongkai.standards.models import Check, Link
from gongkai.standards.services import suggest
from gongkai.standards.similarity import ENOUGH, page_score

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("search_index")]


def written(place, title, body):
    page = through_the_gate(article(place, title, published_on=NEW, body=f"<p>{body}</p>"))
    index.insert_or_update_object(page)  # the worker's part
    return page


@pytest.fixture
def pages(county, people):
    place = open_column(section(county.fgj), "动态")
    return {
        "title": written(place, "关于双塘镇供水改造项目建议书的批复", "申报单位、批复文号如下。"),
        "text": written(place, "关于张某等三户的通告", "现将征地补偿安置方案予以公告，补偿标准、安置途径如下。"),
        "neither": written(place, "县里召开春耕会议", "会议要求抓好春耕。"),
        "other": written(open_column(section(county.czj), "动态"), "项目建议书审批结果", "财政局的"),
    }


def suggested(catalogue, matter):
    return [link.target for link in Link.objects.filter(row=row(catalogue, matter), state="suggested")]


def test_by_title_and_by_text_of_the_bodys_own_pages(county, people, pages):
    lines = [owing("项目建议书审批结果", content="申报单位、批复文号"), owing("征地补偿安置方案", content="补偿标准、安置途径"), owing("防汛物资储备")]  # fmt: skip
    catalogue = imported(county.fgj, *lines, actor=people.clerk)
    assert suggest(people.clerk, catalogue) == 1
    assert suggested(catalogue, "项目建议书审批结果") == [str(pages["title"].pk)]
    assert suggested(catalogue, "防汛物资储备") == []


def test_a_column_that_is_called_the_same_needs_no_page(county, people, pages):
    catalogue = imported(county.fgj, owing("项目建议书审批结果"), actor=people.clerk)
    column = filled(county.fgj, "项目建议书审批结果")
    suggest(people.clerk, catalogue)
    assert [link.source for link in Link.objects.all()] == ["portal.columns"]
    assert Link.objects.get().target == str(column.pk)


def test_the_title_weighs_more_than_the_text(county, people):
    one = row(
        imported(county.fgj, owing("征地补偿安置方案", content="补偿标准"), actor=people.clerk), "征地补偿安置方案"
    )
    page = lambda title, text: Place("1", title, 1, "", "", text)  # noqa: E731
    titled = page_score(one, page("双塘镇征地补偿安置方案公告", ""))
    said = page_score(one, page("公告", "征地补偿安置方案，补偿标准"))
    assert titled > said and titled >= ENOUGH and page_score(one, page("会议", "春耕")) == 0


def test_confirmed_together_undone_together(client, county, people, pages):
    lines = [owing("项目建议书审批结果", content="申报单位、批复文号"), owing("动态")]
    catalogue = imported(county.fgj, *lines, actor=people.clerk)
    suggest(people.clerk, catalogue)
    client.force_login(people.clerk)
    address = reverse("standards_mapping", args=[catalogue.pk])
    assert "文章：关于双塘镇供水改造项目建议书的批复" in client.get(address).content.decode()
    before = list(Link.objects.order_by("pk").values("pk", "state", "standing", "confirmed_by"))
    chosen = {f"row-{link.row_id}": link.pk for link in Link.objects.all()}
    assert len(chosen) == 2
    client.post(address, chosen | {"standing": "on"})
    assert set(Check.objects.values_list("state", flat=True)) == {"ok"}
    page = client.get(address)
    ((at, count),) = page.context["lately"]
    assert count == 2 and "您在 09:00 确认了 2 项对应" in page.content.decode()
    client.force_login(people.office)
    client.post(address, {"undo": at.isoformat()})
    assert not Link.objects.filter(state="suggested").exists(), "only who confirmed may"
    client.force_login(people.clerk)
    client.post(address, {"undo": at.isoformat()})
    assert list(Link.objects.order_by("pk").values("pk", "state", "standing", "confirmed_by")) == before
    assert set(Check.objects.values_list("state", flat=True)) == {"empty"}


def test_after_ten_minutes_it_stays(client, county, people, pages, settings):
    catalogue = imported(county.fgj, owing("动态"), actor=people.clerk)
    suggest(people.clerk, catalogue)
    client.force_login(people.clerk)
    address = reverse("standards_mapping", args=[catalogue.pk])
    client.post(address, {f"row-{link.row_id}": link.pk for link in Link.objects.all()})
    settings.GONGKAI_NOW = "2026-06-15T09:11:00+08:00"
    client.post(address, {"undo": "2026-06-15T09:00:00+08:00"})
    assert set(Link.objects.values_list("state", flat=True)) == {"confirmed"}
