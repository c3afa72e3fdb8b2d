"""A register from a file: what it does, what it would do, and the place of every error."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from gongkai.bodies import services, sheets
from gongkai.bodies.exporting import export
from gongkai.bodies.models import Body, BodyGroup, FormerName, Kind
from gongkai.bodies.selectors import find, lexicon, resolve
from gongkai.bodies.services.importing import COLUMNS
from gongkai.core.notices.names import Lexicon
from gongkai.foundation.access import Refused
from gongkai.foundation.access.acting import act
from gongkai.foundation.events.models import Event

TODAY = date(2026, 6, 15)
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "qinghe" / "bodies.csv"
HEADER = "name,short_names,former_names,kind,groups,code,parent\n"


def load(actor, county, text: str | bytes):
    data = text.encode() if isinstance(text, str) else text
    return services.import_bodies(actor, county, ContentFile(data, "名册.csv"))


def problems(actor, county, text: str) -> list[str]:
    return [str(problem) for problem in services.preview_import(actor, county, text.encode()).problems]


def test_a_file_creates_changes_and_leaves_alone(qinghe, office):
    text = HEADER + (
        "清河县水利局,县水利局;县水务局,县水利电力局,department,县级部门;执法单位,qinghe.slj,\n"
        "清河县财政局,县财政局;县财局,,,,qinghe.czj,\n"
        "清河县档案馆,,,institution,,qinghe.dag,qinghe\n"
    )
    assert load(office, qinghe.county, text) == {"create": 1, "change": 1, "same": 1}
    body = Body.objects.get(code="qinghe.slj")
    assert body.county == qinghe.county
    assert body.short_names == ["县水利局", "县水务局"]
    assert {group.name for group in body.groups.all()} == {"县级部门", "执法单位"}
    assert find(qinghe.county, "县水利电力局", TODAY) == body
    assert Body.objects.get(code="qinghe.czj").short_names == ["县财政局", "县财局"]
    event = Event.objects.get(verb="bodies.import")
    assert event.details == {"file": "名册.csv", "create": 1, "change": 1, "same": 1}


def test_a_second_time_changes_nothing(qinghe, office):
    text = HEADER + "清河县水利局,县水利局,县水电局,部门,,,\n".replace("部门", "县级部门")
    assert load(office, qinghe.county, text)["create"] == 1
    events = Event.objects.count()
    assert load(office, qinghe.county, text) == {"create": 0, "change": 0, "same": 1}
    assert Event.objects.count() == events + 1


def test_without_codes_bodies_are_numbered(qinghe, office):
    load(office, qinghe.county, "name,kind\n清河县水利局,县级部门\n清河县司法局,department\n")
    assert list(Body.objects.filter(name__in=["清河县水利局", "清河县司法局"]).values_list("code", flat=True)) == [
        "qinghe.001",
        "qinghe.002",
    ]


def test_a_column_the_file_has_not_stays_and_an_empty_cell_empties(qinghe, office):
    services.change(office, qinghe.czj, contact_phone="0832-1")
    load(office, qinghe.county, "name,code\n清河县财政局,qinghe.czj\n")
    qinghe.czj.refresh_from_db()
    assert (qinghe.czj.short_names, qinghe.czj.contact_phone) == (["县财政局"], "0832-1")
    load(office, qinghe.county, "name,short_names,contact_phone\n清河县财政局,,\n")
    qinghe.czj.refresh_from_db()
    assert (qinghe.czj.short_names, qinghe.czj.contact_phone) == ([], "")


def test_another_name_under_a_known_code_is_a_rename(qinghe, office):
    load(office, qinghe.county, "name,code\n清河县教育局,qinghe.jyj\n")
    assert qinghe.jyj.former_names.get().name == "清河县教育和体育局"
    assert Event.objects.filter(verb="bodies.rename").exists()


def test_children_may_stand_before_their_parents(qinghe, office):
    text = HEADER + "国库一科,,,institution,,q.c,q.b\n国库中心,,,institution,,q.b,q.a\n国库局,,,department,,q.a,\n"
    load(office, qinghe.county, text)
    assert Body.objects.get(code="q.c").parent.parent.code == "q.a"


def test_every_error_at_once_with_row_and_column_and_nothing_written(qinghe, dongshan, office):
    text = HEADER + (
        "清河县水利局,,,department,,qinghe.slj,\n"  # in order, and yet not written
        ",,,department,,qinghe.x1,\n"
        "清河县司法局,,,司局,,qinghe.x2,\n"
        "清河县统计局,,,,,qinghe.x3,\n"
        "清河县民政局,县财政局,,department,,qinghe.x4,\n"
        "清河县审计局,,,department,,QH,\n"
        "清河县信访局,,,department,,qinghe.x5,没有这个单位\n"
        "清河县档案局,,,department,,dongshan.czj,\n"
        "清河县税务局,,,county,,qinghe.x6,\n"
    )
    found = problems(office, qinghe.county, text)
    assert [problem.split("：")[0] for problem in found] == [
        "第 3 行“全称”",
        "第 4 行“类别”",
        "第 5 行“类别”",
        "第 6 行",
        "第 7 行“代码”",
        "第 8 行“上级单位”",
        "第 9 行“代码”",
        "第 10 行“类别”",
    ]
    with pytest.raises(ValidationError) as caught:
        load(office, qinghe.county, text)
    assert caught.value.messages == found
    assert Body.objects.count() == 10
    assert not Event.objects.exists()


def test_two_rows_about_one_body(qinghe, office):
    text = "name,code\n清河县财政局,qinghe.czj\n清河县财政局,\n"
    assert problems(office, qinghe.county, text) == ["第 3 行：与第 2 行是同一单位"]


def test_parents_in_a_circle(qinghe, office):
    text = HEADER + "甲局,,,department,,q.a,q.b\n乙局,,,department,,q.b,q.a\n"
    assert problems(office, qinghe.county, text) == [
        "第 2 行“上级单位”：名册中没有“q.b”",
        "第 3 行“上级单位”：名册中没有“q.a”",
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("2019-03-01", date(2019, 3, 1)), ("2019/3/1", date(2019, 3, 1)), ("2019年3月1日", date(2019, 3, 1)), ("", None)],
)
def test_dates_as_people_write_them(qinghe, office, cell, expected):
    load(office, qinghe.county, f"name,former_names,former_until,active_from\n清河县财政局,县财税局,{cell},{cell}\n")
    assert qinghe.czj.former_names.get().until == expected
    qinghe.czj.refresh_from_db()
    assert qinghe.czj.active_from == expected


@pytest.mark.parametrize("cell", ["2019-02-30", "去年", "2019", "2019年3月"])
def test_what_is_no_date(qinghe, office, cell):
    assert problems(office, qinghe.county, f"name,active_from\n清河县财政局,{cell}\n") == [
        f"第 2 行“成立日期”：“{cell}”不是日期，请写作 2023-09-30"
    ]


def test_a_credit_code_is_checked(qinghe, office):
    found = problems(office, qinghe.county, "name,credit_code\n清河县财政局,11990124QH000001X0\n")
    assert found == ["第 2 行“统一社会信用代码”：校验位不符，请核对是否有一位输错"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "没有数据"),
        (b"name,kind\n", "没有数据"),
        ("单位名,kind\n甲,department\n".encode(), "表头缺少“全称”；没有认出的表头：单位名"),
        ("全称,颜色\n甲,红\n".encode(), "表头“颜色”不认识"),
        (b"kind\ndepartment\n", "表头缺少“全称”"),
        ("name,全称\n甲,乙\n".encode(), "重复的列"),
        ("name,kind\n甲,department,多\n".encode(), "第 2 行的列数多于表头"),
        (b"%PDF-1.4 whatever", "不是 CSV 或 Excel 文件"),
        (b"PK\x03\x04 broken", "不完整或已损坏"),
        (("name\n" + "甲\n" * 1001).encode(), "超过 1000 行"),
        (b"name\n" + b"x" * 2**20, "超过 1 MB"),
    ],
)
def test_files_that_cannot_be_read(qinghe, office, data, message):
    with pytest.raises(ValidationError, match=message):
        load(office, qinghe.county, data)


def test_gb18030_and_excel_and_chinese_headers(qinghe, office):
    load(office, qinghe.county, "全称,类别,办公电话\n清河县水利局,县级部门,0832-9\n".encode("gb18030"))
    book = Workbook()
    for row in (["全称", "类别", "成立日期", "办公电话"], ["清河县司法局", "县级部门", date(2019, 3, 1), 66001234]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    load(office, qinghe.county, out.getvalue())
    assert Body.objects.get(name="清河县水利局").contact_phone == "0832-9"
    body = Body.objects.get(name="清河县司法局")
    assert (body.active_from, body.contact_phone) == (date(2019, 3, 1), "66001234")


@pytest.mark.parametrize("who", ["clerk", "neighbour", "sysadmin"])
def test_only_the_office_imports_and_only_at_home(qinghe, who, request):
    actor = request.getfixturevalue(who)
    with pytest.raises(Refused):
        load(actor, qinghe.county, "name,kind\n清河县水利局,department\n")
    with pytest.raises(Refused):
        services.preview_import(actor, qinghe.county, b"name,kind\n\xe7\x94\xb2\xe5\xb1\x80,department\n")


def test_a_preview_tells_what_will_happen_and_writes_nothing(qinghe, office):
    text = "name,kind,contact_phone\n清河县水利局,department,1\n清河县财政局,,2\n清河县档案馆,,\n"
    outcome = services.preview_import(office, qinghe.county, text.encode())
    assert [(line.row, line.action, line.name, list(line.changes)) for line in outcome.lines] == [
        (2, "create", "清河县水利局", []),
        (3, "change", "清河县财政局", ["办公电话"]),
        (4, "same", "清河县档案馆", []),
    ]
    assert Body.objects.count() == 8
    assert not Event.objects.exists()


def test_a_file_from_a_script(qinghe, office, tmp_path):
    path = tmp_path / "bodies.csv"
    path.write_text("name,kind\n清河县水利局,department\n", encoding="utf-8")
    assert act("bodies.import", office, {"county": qinghe.county.pk, "file": str(path)})["result"]["create"] == 1


@pytest.mark.slow
def test_the_example_county_comes_in_whole(db):
    county = services.create_county(None, "qinghe", "青禾县人民政府")
    counts = load(None, county, EXAMPLE.read_bytes())
    rows = list(csv.DictReader(io.StringIO(EXAMPLE.read_text(encoding="utf-8-sig"))))
    assert counts == {"create": len(rows) - 1, "change": 1, "same": 0}
    assert load(None, county, EXAMPLE.read_bytes())["same"] == len(rows)
    for row in rows:
        for name in [row["name"], *row["short_names"].split(";"), *row["former_names"].split(";")]:
            if name:
                assert find(county, name, TODAY).name == row["name"]
    towns = [row["name"] for row in rows if row["kind"] == "township"]
    assert [body.name for body in resolve("各乡镇人民政府", county, TODAY)] == towns


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_goes_out_comes_back_as_nothing_new(qinghe, office, make_body, form):
    FormerName.objects.create(body=qinghe.jyj, name="县教育局", until=date(2019, 3, 1))
    FormerName.objects.create(body=qinghe.jyj, name="县文教局", until=None)
    group = BodyGroup.objects.create(county=qinghe.county, name="执法单位")
    qinghe.czj.groups.add(group)
    make_body("qinghe.old", "清河县粮食局", parent=qinghe.czj, active_to=date(2019, 3, 1))
    data = export(Body.objects.of_county(qinghe.county), form)
    assert load(office, qinghe.county, data) == {"create": 0, "change": 0, "same": 9}


def test_the_reader_of_notices_takes_the_export_for_its_register(qinghe, tmp_path):
    path = tmp_path / "bodies.csv"
    path.write_bytes(export(Body.objects.of_county(qinghe.county), "csv"))
    read, known = Lexicon.from_csv(path), lexicon(qinghe.county)
    assert [body.name for body in read.bodies] == [body.name for body in known.bodies]
    assert read.resolve("县税务局")[0].name == "国家税务总局清河县税务局"


def test_an_excel_cell_is_never_a_formula(qinghe):
    Body.objects.filter(pk=qinghe.czj.pk).update(contact_address="=1+1")
    data = export(Body.objects.filter(pk=qinghe.czj.pk), "xlsx")
    (row,) = sheets.read(data, COLUMNS, ["name"])
    assert row.values["contact_address"] == "=1+1"


words = st.text(st.characters(codec="utf-8", categories=["Lo", "Nd", "Lu"]), min_size=2, max_size=12)
written = st.lists(
    st.tuples(words, st.lists(words, max_size=3), st.sampled_from([kind for kind in Kind if kind != Kind.COUNTY])),
    min_size=1,
    max_size=6,
)


@pytest.mark.slow
@given(written, st.sampled_from(["csv", "xlsx"]))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_register_survives_the_round_trip(db, rows, form):
    from django.db import transaction

    with transaction.atomic():
        county = services.create_county(None, "xishan", "西山县人民政府")
        seen: set[str] = {county.name}
        for number, (name, short_names, kind) in enumerate(rows):
            fresh = [word for word in dict.fromkeys([name, *short_names]) if word not in seen]
            if fresh and fresh[0] == name:
                seen.update(fresh)
                Body.objects.create(code=f"x{number}", name=name, short_names=fresh[1:], kind=kind, parent=county)
        first = export(Body.objects.of_county(county), form)
        lines = services.preview_import(None, county, first)
        assert not lines.problems
        assert {line.action for line in lines.lines} == {"same"}
        transaction.set_rollback(True)


def test_the_export_computes_nothing_and_comes_back(qinghe, office):
    services.change(office, qinghe.czj, contact_phone="+86 832 1234", contact_address="=1+1")
    data = export(Body.objects.filter(pk=qinghe.czj.pk), "csv")
    assert ",'+86 832 1234,'=1+1," in data.decode("utf-8-sig")
    counts = services.import_bodies(office, qinghe.county, ContentFile(data, "bodies.csv"))
    assert counts == {"create": 0, "change": 0, "same": 1}


@pytest.mark.parametrize("day", ["2023-99999999999-1", "99999999999-1-1"])
def test_a_day_beyond_all_calendars(qinghe, office, day):
    data = f"name,kind,active_from\n清河县新局,department,{day}\n".encode()
    with pytest.raises(ValidationError, match="不是日期"):
        services.import_bodies(office, qinghe.county, ContentFile(data, "bodies.csv"))


def test_a_quotation_mark_that_is_never_closed_is_named(qinghe, office):
    """It would swallow every row below it into one cell."""
    with pytest.raises(ValidationError, match=r"第 3 行不合 CSV 格式.*引号"):
        load(
            office,
            qinghe.county,
            '全称,类别\n清河县水利局,县级部门\n"清河县林业局,县级部门\n清河县档案局,县级部门\n'.encode(),
        )
    assert not Body.objects.filter(name="清河县水利局").exists()
