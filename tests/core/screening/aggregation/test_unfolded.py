"""What lists give away in hidden columns, rows and sheets and inside other files (保守国家秘密法 36)."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from gongkai.core.documents import read_bytes
from gongkai.core.screening.aggregation import Source, aggregate
from gongkai.core.screening.aggregation.lists import lists

DAY = date(2023, 9, 1)
HEAD = ("序号", "姓名", "身份证号", "村组")
PEOPLE = [
    ("李秀兰", "511402196203041234"),
    ("王建国", "511402195811205678"),
    ("张桂芳", "511402197007152468"),
    ("陈志强", "511402194901301357"),
    ("刘玉梅", "511402198512098642"),
]
ROWS = [HEAD, *((at, name, number, "柳溪村2组") for at, (name, number) in enumerate(PEOPLE, 1))]


def workbook(*, title="", column="", row=0, sheet=False):
    """ROWS with a column, a row or their whole sheet hidden."""
    book = Workbook()
    page = book.active
    page.title = "封面" if sheet else "名单"
    if sheet:
        page.append(("说明", "附表"))
        page.append(("见附表", "无"))
        page = book.create_sheet("名单")
        page.sheet_state = "hidden"
    for one in ([(title,)] if title else []) + ROWS:
        page.append(one)
    if column:
        page.column_dimensions[column].hidden = True
    if row:
        page.row_dimensions[row].hidden = True
    return saved(book)


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def packed(**files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"{name}.xlsx", data)
    return stream.getvalue()


def whole(data, name="a.xlsx"):
    return read_bytes(data, name, whole=True)


def judge(data, **options):
    (report,) = aggregate([Source("a", whole(data), **options)], as_of=DAY)
    return report


@pytest.mark.parametrize("data", [workbook(column="C"), workbook(row=3), workbook(sheet=True), packed(内=workbook())])
def test_everybody_stands_in_the_list_with_the_whole_number(data):
    (listed,) = judge(data).lists
    assert listed.rows == 5
    assert [column.kind for column in listed.columns] == ["serial", "name", "id", "village"]
    assert "aggregation-direct" in {one.rule for one in judge(data).findings}


def test_a_hidden_column_is_named_as_hidden():
    report = judge(workbook(column="C"))
    assert [column.hidden for column in report.lists[0].columns] == [False, False, True, False]
    (direct,) = [one for one in report.findings if one.rule == "aggregation-direct"]
    assert "“身份证号（隐藏）”" in direct.message


def test_a_row_stands_where_it_is_seen():
    """The hidden cell stands far behind its row in the text, and a hidden row behind the table."""
    document = whole(workbook(column="C", row=4))
    (listed,) = lists(document)
    assert listed.numbers == ["2", "3", "4", "5", "6"]
    assert [document.text[start:end] for start, end in zip(listed.starts, listed.ends, strict=True)][:2] == [
        "1\t李秀兰\t柳溪村2组",
        "2\t王建国\t柳溪村2组",
    ]
    assert document.text[listed.starts[2] :].startswith("3\n")


def test_what_merged_cells_cover_belongs_to_no_column():
    book = Workbook()
    for one in ROWS:
        book.active.append(one)
    book.active.merge_cells("D2:D6")
    book.active.column_dimensions["C"].hidden = True
    (listed,) = lists(whole(saved(book)))
    assert listed.columns[3].values == ["柳溪村2组"] * 5 and listed.size == 5


def test_two_files_of_an_archive_are_two_lists_held_against_each_other():
    report = judge(packed(甲=workbook(), 乙=workbook()))
    assert [listed.rows for listed in report.lists] == [5, 5]
    assert "压缩包内“甲.xlsx”中的工作表“名单”" in {listed.where for listed in report.lists}


def test_the_title_of_a_hidden_sheet_is_read():
    book = Workbook()
    book.active.append(("说明", "无"))
    book.active.append(("见附表", "无"))
    page = book.create_sheet("名单")
    page.sheet_state = "hidden"
    for one in [("医疗救助对象",), *ROWS]:
        page.append(one)
    assert judge(saved(book)).lists[0].themes == ("aid", "health")


def test_what_is_said_of_the_file_where_it_is_published_counts_as_its_title():
    """社会救助暂行办法 11(2): the ground stands in the title of the page as often as in the list."""
    (listed,) = judge(workbook(), about="清河县2023年临时救助对象公示").lists
    assert listed.themes == ("aid",) and "社会救助暂行办法" in listed.lawful
    assert judge(workbook()).lists[0].themes == ()


@pytest.mark.parametrize(
    ("published_on", "found", "said"),
    [
        (date(2022, 9, 2), True, "此前十二个月的文件15处"),
        (date(2022, 9, 1), False, ""),
        (None, True, "此前文件15处"),
    ],
)
def test_themes_add_up_over_twelve_months(published_on, found, said):
    """4.4: count of items per theme in 12 months; a file whose day is not known counts."""
    before, here = (read_bytes(("应急物资\n" * count).encode()) for count in (15, 5))
    earlier = Source("a", before, judged=False, published_on=published_on)
    (report,) = aggregate([earlier, Source("b", here, published_on=DAY)], as_of=DAY)
    told = [one.message for one in report.findings if one.rule == "aggregation-volume"]
    assert bool(told) == found and all(said in one for one in told)
