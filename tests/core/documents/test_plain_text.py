"""Text files: lines, tab cells, separated rows, Markdown."""

import pytest

from gongkai.core.documents import read_bytes


@pytest.fixture
def text(whole):
    return lambda content, name="a.txt": whole(read_bytes(content.encode(), name))


def lines(document):
    return [(one.text, one.place.paragraph) for one in document.paragraphs()]


def rows(document, index=0):
    table = list(document.tables())[index]
    found = [[] for _ in range(table.rows)]
    for cell in table.cells:
        found[cell.row].append(cell.text)
    return found


def test_lines_are_paragraphs_with_their_line_number(text):
    document = text("\n通知\n\n 附件\n")
    assert lines(document) == [("通知", 2), (" 附件", 4)]
    assert document.kind == "txt"


def test_tab_cells_in_the_shape_of_the_seed(text):
    document = text("题\n\t序号\n\t任务\n\t期限\n\n\t1\n\t一、深化\n主动公开\n\t全年\n\n\t\n\t\n\t8月底前\n \n\n落款")
    assert rows(document) == [["序号", "任务", "期限"], ["1", "一、深化\n主动公开", "全年"], ["", "", "8月底前"]]
    assert lines(document) == [("题", 1), ("落款", 16)]
    assert next(document.tables()).columns == 3


def test_rows_of_tab_cells_may_differ_in_length(text):
    document = text("\t甲\n\t乙\n\n\t1\n\t2\n\t3\n\n\t4\n\t5\n\t6")
    assert rows(document) == [["甲", "乙"], ["1", "2", "3"], ["4", "5", "6"]]


def test_indented_prose_is_no_table(text):
    prose = "\t各单位要认真贯彻。\n\t二是加强领导。\n\n\t特此通知。"
    document = text(prose)
    assert not list(document.tables())
    assert [one.strip() for one, _ in lines(document)] == ["各单位要认真贯彻。", "二是加强领导。", "特此通知。"]


def test_tab_separated_rows_between_prose(text):
    document = text("前言\n序号\t任务\t期限\n1\t甲\t全年\n\t乙\t\n后记")
    assert rows(document) == [["序号", "任务", "期限"], ["1", "甲", "全年"], ["", "乙", ""]]
    assert [one for one, _ in lines(document)] == ["前言", "后记"]


def test_a_single_line_with_a_tab_is_a_line(text):
    assert lines(text("县财政局\t2023年")) == [("县财政局\t2023年", 1)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_separated_files_with_quoted_cells(text, delimiter):
    content = "\n".join(
        [
            "2023年台账",
            delimiter.join(["序号", "任务", "单位"]),
            delimiter.join(["1", '"甲\n二行"', "县局"]),
            delimiter.join(["", '"说""乙"""', ""]),
        ]
    )
    document = text(content, "a.txt")
    assert document.kind == "csv"
    assert lines(document)[0][0] == "2023年台账"
    assert rows(document) == [["序号", "任务", "单位"], ["1", "甲\n二行", "县局"], ["", '说"乙"', ""]]


def test_a_long_letter_above_the_table(text):
    letter = ["关于印发任务的通知", *["为做好工作，现印发。"] * 20]
    document = text("\n".join([*letter, "序号,任务,单位", "1,甲,县局", "2,乙,县局"]))
    assert document.kind == "csv"
    assert [line for line, _ in lines(document)] == letter
    assert rows(document) == [["序号", "任务", "单位"], ["1", "甲", "县局"], ["2", "乙", "县局"]]


@pytest.mark.parametrize("numbers", [["1.", "2.", "3."], ["（一）", "（二）", "（三）"], ["①", "②", "③"]])
def test_numbers_apart_by_a_tab_are_paragraphs(text, numbers):
    document = text("\n".join(f"{number}\t公开预算" for number in numbers))
    assert [line for line, _ in lines(document)] == [f"{number}\t公开预算" for number in numbers]


@pytest.mark.parametrize(
    "prose",
    [
        "各单位,各部门\n现印发,请执行",
        "一,二,三,四\n短句\n又,一句\n再一句",
        '他说"你好,再见"\n她说"好"',
    ],
)
def test_sentences_with_commas_are_no_table(text, prose):
    document = text(prose)
    assert document.kind == "txt"
    assert [one for one, _ in lines(document)] == prose.split("\n")


def test_markdown_tables_and_headings(text):
    document = text(
        "# 通知\n正文\n\n| 序号 | 任务 |\n|:--|--:|\n| 1 | 甲\\|乙<br>二行 |\n| 2 |\n\n## 落款 ##\n", "a.md"
    )
    assert document.kind == "markdown"
    assert [(one.text, one.level) for one in document.paragraphs()] == [("通知", 1), ("正文", None), ("落款", 2)]
    assert rows(document) == [["序号", "任务"], ["1", "甲|乙\n二行"], ["2"]]
    assert next(document.tables()).header_rows == 1


def test_pipes_without_a_delimiter_row_stay_lines(text):
    content = "序号 |\n任务 |\n1 | 甲 | 乙 |\n|\n---"
    document = text(content)
    assert document.kind == "txt"
    assert [one for one, _ in lines(document)] == content.split("\n")


def test_a_lone_number_sign_is_text(text):
    assert text("# 附件\n甲").kind == "txt"
