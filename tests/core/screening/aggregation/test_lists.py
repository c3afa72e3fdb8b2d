"""How lists of people are found in tables, and what their columns are taken for."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from gongkai.core.documents import read_bytes
from gongkai.core.screening.aggregation.lists import lists

NAMES = ("李秀兰", "王建国", "张桂芳", "陈志强")


def read(*rows):
    return lists(read_bytes("\n".join(",".join(row) for row in rows).encode(), "a.csv"))


def kinds(*rows):
    (found,) = read(*rows)
    return [column.kind.key if column.kind else "" for column in found.columns]


def under(heading, *values):
    """What a column is taken for beside names and villages."""
    rows = [(name, "柳溪村", value) for name, value in zip(NAMES, values, strict=True)]
    return kinds(("姓名", "村", heading), *rows)[2]


@pytest.mark.parametrize("between", [(), ("",)])
def test_lists_printed_side_by_side_are_one(between):
    head = ("序号", "姓名", "村")
    (found,) = read(
        (*head, *between, *head),
        ("1", "李秀兰", "柳溪村", *between, "2", "王建国", "松坪村"),
        ("3", "张桂芳", "梅林村", *between, "", "", ""),
    )
    assert [column.values for column in found.columns[1:]] == [
        ["李秀兰", "张桂芳", "王建国"],
        ["柳溪村", "梅林村", "松坪村"],
    ]
    assert found.numbers == ["2", "3", "2"]


def test_a_row_of_words_over_every_column_is_the_heading_when_one_of_them_is_known():
    rows = [(str(at), name, "柳溪村3组", "2.5") for at, name in enumerate(NAMES, 1)]
    (found,) = read(("序号", "权利人", "土地所在", "面积"), *rows)
    assert found.size == 4 and [column.heading for column in found.columns][1] == "权利人"


@pytest.mark.parametrize(
    ("heading", "values", "kind"),
    [
        ("户主联系电话", ("13812345678", "13812345679", "13812345670", "13812345671"), "phone"),
        ("监督电话", ("0557-6021234",) * 4, ""),
        ("联系电话", ("6021234", "05576021234", "", "400-123-4567"), ""),
        ("患者出生日期（公历）", ("1962-03-04",) * 4, "birth"),
        ("备注", ("患乳腺癌", "尿毒症", "", "2型糖尿病"), "disease"),
        ("备注", ("新增", "", "", ""), "serial"),
        ("不合格原因", ("乙肝表面抗原阳性", "高血压", "肺结核", ""), "disease"),
        ("编号", [f"511402********123{n}" for n in range(4)], "id"),
        ("毕业院校", ("某大学",) * 4, "employer"),
    ],
)
def test_what_a_column_is_taken_for(heading, values, kind):
    assert under(heading, *values) == kind


def test_a_school_where_somebody_was_once_and_a_blank_column_make_nobody_a_minor():
    (graduates,) = read(("姓名", "村", "毕业学校"), *((name, "柳溪村", "青山中学") for name in NAMES))
    (blank,) = read(("姓名", "村", "就读学校"), *((name, "柳溪村", "") for name in NAMES))
    (pupils,) = read(("姓名", "村", "就读学校"), *((name, "柳溪村", "青山中学") for name in NAMES))
    assert (graduates.themes, blank.themes, pupils.themes) == (frozenset(), frozenset(), {"minors"})


def test_people_by_age_without_names_are_a_list_and_counts_of_them_are_none():
    rows = [("柳溪村", "60岁以上", "尿毒症"), ("柳溪村", "18—59岁", "肺癌")]
    assert read(("村", "年龄段", "病种"), *rows)
    assert not read(("村", "年龄段", "人数"), ("柳溪村", "60岁以上", "31"), ("松坪村", "60岁以上", "12"))
    assert not read(("性别", "人数（人）", "占比"), ("男", "31", "60%"), ("女", "20", "40%"))
    assert read(("姓名", "村", "人口"), *((name, "柳溪村", "3") for name in NAMES))


@pytest.mark.parametrize(("mask", "parts"), [("511402********{}", 1), ("51140219620{}****", 2)])
def test_tables_with_the_same_headings_go_on_unless_they_are_masked_otherwise(mask, parts):
    """With other masks they may list the same people once more, and are held against each other."""
    book = Workbook()
    for sheet, form in ((book.active, "511402********{}"), (book.create_sheet(), mask)):
        for row in (
            ("姓名", "村", "身份证号"),
            *((name, "柳溪村", form.format(1230 + at)) for at, name in enumerate(NAMES)),
        ):
            sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    assert len(lists(read_bytes(stream.getvalue(), "a.xlsx"))) == parts
