"""Versions: read, compared, written as a whole or not at all; what is settled goes with the matter."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from tests.core.catalogues.sheets import book, line
from tests.standards.planting import FIELD, TITLE, imported, owing, row

from gongkai.bodies.models import Body, Kind
from gongkai.foundation.access import Refused
from gongkai.foundation.events.models import Event
from gongkai.standards.differences import difference
from gongkai.standards.models import Catalogue, Link, Row
from gongkai.standards.services import adopt, exempt, import_catalogue, preview_import, promote


def file(*lines, **options):
    return ContentFile(book(*lines, title=TITLE, sheet=FIELD, **options), "目录.xlsx")


def test_a_file_becomes_a_version_of_each_of_its_fields(county, people):
    data = book(
        owing("办事指南"), title="目录", sheet=FIELD, more=[("养老服务", "养老服务领域目录", [line("政策", "名录")])]
    )
    made = import_catalogue(people.clerk, county.fgj, ContentFile(data, "目录.xlsx"))
    assert sorted((one.field_key, one.version, one.current) for one in made) == [
        ("elderly-care", 1, True),
        ("major-projects", 1, True),
    ]
    assert [one.place for one in Row.objects.filter(catalogue=made[0])] == ["养老服务!A4"]
    assert made[0].source_sha256 == made[1].source_sha256 != ""


def test_the_next_version_keeps_links_and_says_what_changed(county, people):
    first = imported(county.fgj, owing("办事指南"), owing("取消的"), actor=people.clerk)
    kept = row(first, "办事指南")
    Link.objects.create(row=kept, source="url", target="https://example.gov.cn/", state="confirmed")
    Link.objects.create(row=kept, source="url", target="https://example.gov.cn/guess", state="suggested")
    exempt(people.clerk, kept, "没有")
    second = imported(
        county.fgj,
        owing("办事指南", limit="及时公开", channels="■政府网站 ■政府公报"),
        owing("新增的"),
        actor=people.clerk,
    )
    first.refresh_from_db()
    assert (first.current, second.current, second.version) == (False, True, 2)
    moved = row(second, "办事指南")
    assert (moved.exempt, [one.target for one in moved.links.all()]) == (True, ["https://example.gov.cn/"])
    seen = difference(*([one.as_core() for one in version.rows.all()] for version in (first, second)))
    assert [one.second for one in seen.added] == ["新增的"] and [one.second for one in seen.removed] == ["取消的"]
    assert {str(one.label): (one.before, one.after) for one in seen.changed} == {
        "公开时限": ("自信息形成或者变更之日起20个工作日内予以公开", "及时公开"),
        "公开渠道": ("政府网站", "政府公报、政府网站"),
    }


def test_the_same_file_again_is_refused_in_words(county, people):
    imported(county.fgj, owing("办事指南"), actor=people.clerk)
    with pytest.raises(ValidationError, match="完全相同"):
        imported(county.fgj, owing("办事指南"), actor=people.clerk)
    assert Catalogue.objects.count() == 1


def test_a_preview_writes_nothing(county):
    preview = preview_import(county.fgj, file(owing("办事指南")).read(), "目录.xlsx")
    (field,) = preview.fields
    assert (field.key, len(field.rows), field.due, field.difference) == ("major-projects", 1, 1, None)
    assert not Catalogue.objects.exists()


def test_an_error_in_the_file_changes_nothing_and_names_the_cell(county, people):
    with pytest.raises(ValidationError, match="重大建设项目!F4"):
        import_catalogue(people.clerk, county.fgj, file(owing("办事指南", limit="同上")))
    assert not Catalogue.objects.exists()


def test_a_version_for_a_later_day_waits_for_it(county, people, settings):
    imported(county.fgj, owing("办事指南"), actor=people.clerk)
    (later,) = import_catalogue(people.clerk, county.fgj, file(owing("新事项")), date(2026, 7, 1))
    assert (later.current, promote(None)) == (False, 0)
    settings.GONGKAI_NOW = "2026-07-01T00:30:00+08:00"
    assert promote(None) == 1
    assert list(Catalogue.objects.current().values_list("version", flat=True)) == [2]
    assert promote(None) == 0


def test_nobody_imports_for_another_body(county, people):
    with pytest.raises(Refused):
        imported(county.czj, owing("办事指南"), actor=people.clerk)


def test_each_version_is_an_event(county, people):
    made = imported(county.fgj, owing("办事指南"), actor=people.clerk)
    first = Event.objects.about(made).first()
    assert (first.verb, first.actor, first.details["rows"]) == ("standards.import", people.clerk, 1)


@pytest.fixture
def townships(county):
    make = lambda n: Body.objects.create(  # noqa: E731
        code=f"qinghe.t{n}", name=f"白鹿{n}镇人民政府", kind=Kind.TOWNSHIP, parent=county.body
    )
    return [make(1), make(2)]


def test_townships_take_over_the_template_with_their_own_name(county, people, townships):
    template = imported(county.body, owing("办事指南"), actor=people.office, template=True)
    made = adopt(people.office, template, townships)
    assert [one.rows.get().body_text for one in made] == [body.name for body in townships]
    assert [one.title for one in made][0] == "白鹿1镇人民政府重大建设项目领域基层政务公开标准目录"
    assert adopt(people.office, template, townships) == []
    assert not Row.objects.owed().filter(catalogue=template).exists()


def test_the_next_version_of_the_template_keeps_what_a_township_said(county, people, townships):
    template = imported(county.body, owing("办事指南"), owing("征地"), actor=people.office, template=True)
    (made, _other) = adopt(people.office, template, townships)
    exempt(people.office, row(made, "征地"), "本镇无征地项目")
    newer = imported(county.body, owing("办事指南"), owing("征地"), owing("公告"), actor=people.office, template=True)
    (made, _other) = adopt(people.office, newer, townships)
    assert (made.version, row(made, "征地").exempt_reason) == (2, "本镇无征地项目")


def test_what_cannot_take_over(county, people, townships):
    template = imported(county.body, owing("办事指南"), actor=people.office, template=True)
    with pytest.raises(ValidationError, match="不是本县的乡镇"):
        adopt(people.office, template, [county.fgj])
    with pytest.raises(Refused):
        adopt(people.clerk, template, townships)
    with pytest.raises(ValidationError, match="模板由县政府建立"):
        imported(county.fgj, owing("办事指南"), actor=people.clerk, template=True)
    (made, _other) = adopt(people.office, template, townships)
    with pytest.raises(ValidationError, match="不是模板"):
        adopt(people.office, made, townships)


def test_not_concerned_needs_a_reason(county, people):
    made = imported(county.fgj, owing("办事指南"), actor=people.clerk)
    with pytest.raises(ValidationError, match="理由"):
        exempt(people.clerk, made.rows.get(), " ")
