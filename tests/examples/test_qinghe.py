"""The example county: each irregularity its README promises is there, and what belongs together agrees."""

import csv
import importlib.util
import re
from pathlib import Path

import pytest

from gongkai.core.documents import Document, read

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
QINGHE = EXAMPLES / "qinghe"
TEXT = (QINGHE / "notice.txt").read_text("utf-8")
ROWS = [
    [cell.rstrip("\n") for cell in row.split("\t")[1:]]
    for row in re.split(r"\n\n(?=\t)", TEXT[TEXT.index("\n\t") + 1 :])
]
HEAD, ITEMS = ROWS[0], ROWS[1:]
TOWNS = "各乡镇人民政府、街道办事处"
ROLE = "县级政务新媒体主办单位"


def numbers(column, pattern):
    """Numbers of the items whose cell matches."""
    return [i for i, row in enumerate(ITEMS, 1) if re.search(pattern, row[column])]


def records(name):
    with (QINGHE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


BODIES = records("bodies.csv")
CHANNELS = records("channels.csv")


class TestShape:
    def test_thirty_one_items_in_ten_tasks_and_four_groups(self):
        assert [re.match(r"（(\d+)）", row[3])[1] for row in ITEMS] == [str(i) for i in range(1, 32)]
        assert [row[0] for row in ITEMS if row[0]] == [str(i) for i in range(1, 11)]
        assert [row[1][:2] for row in ITEMS if row[1]] == ["一、", "二、", "三、", "四、"]

    def test_five_prose_sections(self):
        assert re.findall(r"^([一二三四五六])、", TEXT[: TEXT.index("附件：")], re.MULTILINE) == list("一二三四五")

    def test_the_year_has_deadlines_of_three_kinds(self):
        assert sorted({row[5].strip() for row in ITEMS}) == ["10月底前", "8月底前", "全年"]


README = (EXAMPLES / "README.md").read_text("utf-8")
PROMISED = re.findall(r"^\| (\d+) \| .* \| `([^`]+)` \|$", README, re.MULTILINE)


def test_the_readme_promises_thirty_irregularities():
    assert [int(number) for number, _ in PROMISED] == list(range(1, 31))


@pytest.mark.parametrize(("number", "quote"), PROMISED)
def test_each_quoted_place_is_in_the_notice(number, quote):
    assert quote.replace("⏎", "\n").replace("⇥", "\t") in TEXT


class TestIrregularities:
    """Numbered as in the README; each looks at the thing itself, not at the quoted place."""

    def test_01_head_is_shorter_than_the_rows(self):
        assert len(HEAD) == 5
        assert {len(row) for row in ITEMS} == {6}

    def test_02_group_broken_over_two_lines(self):
        assert [row[1] for row in ITEMS if "\n" in row[1]] == ["一、提升\n主动公开质效"]

    def test_03_blank_means_as_above(self):
        blank = [row for row in ITEMS if not all(row[:3])]
        assert len(blank) == 27
        assert [row[0] for row in ITEMS if row[0] and not row[1]] == ["2", "3", "4", "6", "7", "10"]

    def test_04_number_and_name_are_blank_together(self):
        assert [bool(row[0]) for row in ITEMS] == [bool(row[2]) for row in ITEMS]
        assert sum(not row[0] for row in ITEMS) == 21

    def test_05_two_names_run_together(self):
        assert numbers(4, r"局县") == [27]
        for name in ("县文化和旅游局", "县住房和城乡建设局"):
            assert any(re.search(rf"(^|、){name}(、|等|$)", row[4]) for row in ITEMS)  # each stands alone elsewhere

    def test_06_separator_before_deng(self):
        assert numbers(4, "、等") == [27]

    def test_07_comma_for_semicolon(self):
        assert numbers(4, f"，{TOWNS}") == [27, 28]

    def test_08_towns_are_one_expression(self):
        assert len(numbers(4, f"[；，]{TOWNS}$")) == 21

    def test_09_open_lists(self):
        assert len(numbers(4, "等县级部门")) == 24
        assert numbers(4, "^[^、]+等县级部门") == [12, 14, 16, 19, 22, 24, 26]

    def test_10_closed_lists(self):
        assert [i for i in range(1, 32) if i not in numbers(4, "等")] == [2, 6, 20, 21, 29, 30, 31]

    def test_11_role_for_a_body(self):
        assert numbers(4, f"^{ROLE}$") == [30, 31]

    def test_12_items_without_the_towns(self):
        assert [i for i in range(1, 32) if i not in numbers(4, TOWNS)] == [2, 6, 16, 20, 21, 22, 23, 29, 30, 31]

    def test_13_and_14_typos(self):
        assert numbers(3, "突发公事件") == [10]
        assert numbers(3, "现代服业") == [3]
        assert "突发公共事件" not in TEXT
        assert "现代服务业" not in TEXT

    def test_15_one_final_stop(self):
        assert numbers(3, "。$") == [29]

    def test_16_inner_stop(self):
        assert numbers(3, "。.") == [25]

    def test_17_inner_semicolons(self):
        assert numbers(3, "；") == [13, 15, 19, 22, 24]

    def test_18_deadlines_in_the_text(self):
        assert numbers(3, r"\d+月底前|年底前|\d个月内") == [12, 17, 21, 26, 29]
        assert [ITEMS[i - 1][5].strip() for i in (12, 17, 21, 26, 29)] == [
            "全年",
            "10月底前",
            "全年",
            "8月底前",
            "全年",
        ]

    def test_19_no_year_in_the_cell(self):
        assert numbers(5, "月底前") == [17, 26]
        assert numbers(5, r"\d{4}年") == []

    def test_20_a_line_of_one_space_at_the_end(self):
        assert TEXT.endswith("\t全年\n \n")

    def test_21_stray_space_and_title_twice(self):
        title = "2026年度青禾县政务公开重点工作责任分工表"
        assert f"附件：{title}\n 附件\n\n{title}\n\t" in TEXT

    def test_22_blank_first_lines_and_a_title_on_three(self):
        lines = TEXT.split("\n")
        assert lines[:3] == ["", "", "青府办发〔2026〕8号"]
        assert lines[5].endswith("办公室")
        assert lines[7] == "责任分工表的通知"

    def test_23_a_word_missing_in_a_citation_and_a_number_used_twice(self):
        assert "政府网站与政府系统" not in TEXT
        assert re.findall(r"(\w+)〔2026〕8号", TEXT) == ["青府办发", "宁府公开办函"]

    def test_24_sixteen_promised_nine_named(self):
        named = re.search(r"持续公开(.+)等16个重点领域", ITEMS[26][3])[1]
        assert len(named.split("、")) == 9

    def test_25_a_title_that_does_not_cover_its_items(self):
        assert "教育" not in ITEMS[1][2]
        assert "教育" in ITEMS[1][3]
        assert "校园" in ITEMS[5][3]

    def test_26_an_unclear_term(self):
        assert numbers(3, "一级率") == [29]

    def test_27_frequencies_not_stated(self):
        assert numbers(3, "定期") == [18, 24]
        prose = TEXT[: TEXT.index("附件：")]
        assert "定期清理" in prose
        assert "常态化" in prose

    def test_28_marks(self):
        assert TEXT.count("“") == TEXT.count("”") > 5
        assert TEXT.count("《") == TEXT.count("》") > 3
        assert not re.search(r"[\[［](20\d\d)[\]］]|[(（]20\d\d[)）]\d+号", TEXT)

    def test_29_numbers_inside_the_text_cell(self):
        assert numbers(3, r"^（\d+）") == list(range(1, 32))

    def test_30_items_that_share_evidence(self):
        assert "现行有效文件" in ITEMS[20][3]
        assert "政策文件库" in ITEMS[27][3]
        assert ITEMS[20][4].split("等")[0] == ITEMS[27][4].split("等")[0]


class TestWord:
    """notice.docx is notice.txt with merged cells."""

    def test_it_is_what_the_script_writes(self):
        spec = importlib.util.spec_from_file_location("make_notice", EXAMPLES / "make_notice.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        assert module.write(TEXT) == (QINGHE / "notice.docx").read_bytes()

    def test_paragraphs_agree(self):
        def lines(document: Document):
            return [p.text.strip() for p in document.paragraphs() if p.text.strip()]

        assert lines(read(QINGHE / "notice.docx")) == lines(read(QINGHE / "notice.txt"))

    def test_cells_agree_once_blanks_are_filled(self):
        (table,) = read(QINGHE / "notice.docx").tables()
        merged = [[cell.text if cell else "" for cell in row] for row in table.grid()]
        above = [""] * 3
        for row, expected in zip(merged[1:], ITEMS, strict=True):
            above = [cell or last for cell, last in zip(expected[:3], above, strict=True)]
            above[0] = expected[0] or above[0]
            assert row == [*above, *(cell.strip() for cell in expected[3:])]
        assert merged[0] == [HEAD[0], HEAD[1], HEAD[1], *HEAD[2:]]

    def test_cells_are_merged_as_in_print(self):
        (table,) = read(QINGHE / "notice.docx").tables()
        spans = {cell.text: (cell.row_span, cell.column_span) for cell in table.cells}
        assert spans["重点任务"] == (1, 2)
        assert spans["一、提升\n主动公开质效"] == (15, 1)
        assert spans["规范政务新媒体管理"] == (2, 1)


def names(body):
    return [body["name"], *body["short_names"].split(";"), *filter(None, body["former_names"].split(";"))]


class TestBodies:
    def test_kinds(self):
        kinds = [body["kind"] for body in BODIES]
        counted = {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}
        assert counted == {
            "county": 1, "department": 22, "vertical": 3, "township": 14, "subdistrict": 3, "institution": 2, "utility": 2,
        }  # fmt: skip

    def test_every_body_that_an_item_names_resolves(self):
        """Longest match over the whole cell, as the two names run together demand."""
        known = sorted((name for body in BODIES for name in names(body)), key=len, reverse=True)
        pattern = re.compile("|".join(map(re.escape, known)))
        for row in ITEMS:
            rest = pattern.sub("", row[4].replace(TOWNS, "").replace(ROLE, ""))
            assert re.sub(r"等县级部门|[、；，]", "", rest).strip() == ""

    def test_every_department_is_named_but_the_secrecy_administration(self):
        cells = "".join(row[4] for row in ITEMS)
        unnamed = [
            b["code"]
            for b in BODIES
            if b["kind"] in {"department", "vertical"} and not any(n in cells for n in names(b))
        ]
        assert unnamed == ["qinghe.bmj"]

    def test_no_name_means_two_bodies(self):
        everyone = [name for body in BODIES for name in names(body)]
        assert len(everyone) == len(set(everyone))

    def test_codes_and_parents(self):
        codes = [body["code"] for body in BODIES]
        assert len(codes) == len(set(codes))
        assert all(re.fullmatch(r"[a-z]+(\.[a-z]+)*", code) for code in codes)
        assert {body["parent"] for body in BODIES} == {"", "qinghe"}

    @pytest.mark.parametrize("body", BODIES, ids=lambda body: body["code"])
    def test_credit_code_checks_out(self, body):
        """GB 32100-2015: characters 9–17 are an organisation code with its own check (GB 11714), the 18th checks all."""
        code, wide, narrow = (
            body["credit_code"],
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            "0123456789ABCDEFGHJKLMNPQRTUWXY",
        )
        assert re.fullmatch(r"(11|12|91)990124QH\d{6}[0-9X].", code)
        weighted = sum(wide.index(c) * w for c, w in zip(code[8:16], (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
        assert code[16] == "0123456789X0"[(11 - weighted % 11)]
        total = sum(narrow.index(c) * 3**i for i, c in enumerate(code[:17]))
        assert (total + narrow.index(code[17])) % 31 == 0

    def test_phones_belong_to_nobody(self):
        phones = [body["contact_phone"] for body in BODIES]
        assert all(re.fullmatch(r"0000-66\d{5}", phone) for phone in phones)
        assert len(set(phones)) == len(phones)


class TestChannels:
    CODES = frozenset(body["code"] for body in BODIES)
    SITES = {row["name"]: row["url"] for row in CHANNELS if row["kind"] == "site"}

    def test_owners_are_bodies(self):
        assert {row["owner"] for row in CHANNELS} <= self.CODES

    def test_columns_stand_on_their_site(self):
        columns = [row for row in CHANNELS if row["kind"] == "column"]
        assert len(columns) == 30
        for row in columns:
            assert row["url"].startswith(self.SITES[row["site"]])
            assert row["class"] in {"news", "notice", "policy", "statutory", "guide", "interaction", "other"}
            assert row["max_days"] == "" or int(row["max_days"]) > 0
        assert len({row["url"] for row in columns}) == len(columns)

    def test_news_are_due_every_two_weeks(self):
        assert {row["max_days"] for row in CHANNELS if row["class"] == "news"} == {"14"}

    def test_several_bodies_run_accounts(self):
        accounts = [row for row in CHANNELS if row["kind"] == "account"]
        assert len({(row["platform"], row["name"]) for row in accounts}) == len(accounts) == 10
        assert len({row["owner"] for row in accounts}) == 8

    def test_hosts_cannot_exist(self):
        assert all(re.search(r"//[a-z]+\.qinghe\.example/", url) for url in self.SITES.values())


def test_the_words_are_our_own(shared):
    """Prose and items share no run of 18 characters with any real notice."""
    ours = [line for line in TEXT[: TEXT.index("\n\t")].split("\n") if line] + [row[3] for row in ITEMS]
    runs = {line[i : i + 18] for line in ours for i in range(len(line) - 17)}
    real = [*(shared / "seed").glob("*.txt"), *(shared / "samples" / "notices").glob("*.txt")]
    assert real
    for path in real:
        text = path.read_text("utf-8")
        assert [run for run in runs if run in text] == []
