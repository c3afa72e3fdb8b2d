"""Lists judged alone and together (secrecy_privacy.md section 4; 保守国家秘密法 36, 实施条例 43)."""

from datetime import date

import pytest

from gongkai.core.documents import read_bytes
from gongkai.core.screening import Severity
from gongkai.core.screening.aggregation import Source, aggregate

DAY = date(2023, 9, 1)
PEOPLE = [  # whole name, sex, birth, last four digits
    ("李秀兰", "女", "1962-03-04", "1234"),
    ("王建国", "男", "1958-11-20", "5678"),
    ("张桂芳", "女", "1970-07-15", "2468"),
    ("陈志强", "男", "1949-01-30", "1357"),
    ("刘玉梅", "女", "1985-12-09", "8642"),
    ("赵长河", "男", "1931-05-06", "9753"),
]


def csv(*rows, title=""):
    lines = ([title] if title else []) + [",".join(row) for row in rows]
    return "\n".join(lines).encode()


def source(name, *rows, title="", judged=True):
    return Source(name, read_bytes(csv(*rows, title=title), name), judged)


def judge(*sources, **options):
    return aggregate(sources, as_of=DAY, **options)


def rules_of(report):
    return {finding.rule for finding in report.findings}


def masked_ids(name="一季度.csv", judged=True):
    head = ("序号", "姓名", "身份证号", "村组")
    rows = [(str(at), person[0], f"511402********{person[3]}", "柳溪村2组") for at, person in enumerate(PEOPLE, 1)]
    return source(name, head, *rows, title="清和县2023年一季度临时救助对象公示", judged=judged)


def births(name="二季度.csv", village="柳溪村"):
    head = ("姓名", "村", "出生日期")
    return source(name, head, *((person[0], village, person[2]) for person in PEOPLE))


def test_complementary_masks_rebuild_the_number():
    """4.3: one list shows the first six and the last four digits, another the birth date."""
    first, second = judge(masked_ids(), births())
    assert "aggregation-linked" not in rules_of(first)
    (linked,) = [finding for finding in second.findings if finding.rule == "aggregation-linked"]
    assert "6人" in linked.message and "还原18位" in linked.message and "一季度.csv" in linked.message


def test_lists_published_earlier_are_only_compared_with():
    reports = judge(masked_ids(judged=False), births())
    assert [report.name for report in reports] == ["二季度.csv"]
    assert "aggregation-linked" in rules_of(reports[0])


def test_people_of_another_village_are_other_people():
    _, second = judge(masked_ids(), births(village="桐荫村"))
    assert not rules_of(second) & {"aggregation-linked", "aggregation-gained"}


def test_a_name_that_two_people_share_joins_nobody():
    """A key joins only where it means one person in either list."""
    head = ("姓名", "村", "出生日期")
    twins = source(
        "二.csv",
        head,
        ("李秀兰", "柳溪村", "1962-03-04"),
        ("李秀兰", "柳溪村", "1980-03-04"),
        ("王建国", "桐村", "1958-11-20"),
    )
    _, second = judge(masked_ids(), twins)
    assert "aggregation-linked" not in rules_of(second)


def test_three_lists_rebuild_what_no_two_of_them_do():
    village = "柳溪村"
    a = source("a.csv", ("姓名", "村", "身份证号"), *((p[0], village, f"51*************{p[3][1:]}") for p in PEOPLE))
    b = source("b.csv", ("姓名", "村", "出生日期"), *((p[0], village, p[2][:4]) for p in PEOPLE))
    c = source(
        "c.csv", ("姓名", "村", "身份证号"), *((p[0], village, f"511402****{p[2][5:7]}{p[2][8:]}****") for p in PEOPLE)
    )
    assert "aggregation-linked" not in rules_of(judge(a, c)[1])
    assert "aggregation-linked" not in rules_of(judge(a, b)[1])
    assert "aggregation-linked" in rules_of(judge(a, b, c)[2])


def test_masked_numbers_join_lists_without_names():
    """4.3: masked ID prefix and suffix, masked phone; the given names are hidden in one of the lists."""
    a = source(
        "a.csv",
        ("姓名", "身份证号", "病种"),
        *((p[0], f"511402********{p[3]}", f"病{at}") for at, p in enumerate(PEOPLE)),
    )
    b = source(
        "b.csv",
        ("姓名", "身份证号", "救助类别"),
        *((p[0][0] + "**", f"511402********{p[3]}", f"类{at}") for at, p in enumerate(PEOPLE)),
    )
    (gained,) = [finding for finding in judge(a, b)[1].findings if finding.rule == "aggregation-gained"]
    assert "6人" in gained.message and "疾病" in gained.message
    c = source(
        "c.csv", ("姓名", "手机号", "救助类别"), *((p[0], f"138****{p[3]}", f"类{at}") for at, p in enumerate(PEOPLE))
    )
    d = source(
        "d.csv",
        ("姓名", "联系电话", "病种"),
        *((p[0][0] + "某", f"138****{p[3]}", f"病{at}") for at, p in enumerate(PEOPLE)),
    )
    assert "aggregation-gained" in rules_of(judge(c, d)[1])


def test_a_birth_date_undoes_the_mask_beside_it():
    rows = [(p[0][0] + "**", f"511402********{p[3]}", p[2]) for p in PEOPLE]
    (report,) = judge(source("a.csv", ("姓名", "身份证号", "出生日期"), *rows))
    (rebuilt,) = [finding for finding in report.findings if finding.rule == "aggregation-rebuilt"]
    assert "6人" in rebuilt.message and "还原18位" in rebuilt.message
    shorter = [(p[0][0] + "**", f"51*************{p[3][1:]}", p[2]) for p in PEOPLE]
    assert "aggregation-rebuilt" not in rules_of(judge(source("a.csv", ("姓名", "身份证号", "出生日期"), *shorter))[0])


@pytest.mark.parametrize(("count", "found"), [(4, True), (5, False)])
def test_groups_below_five_are_told(count, found):
    """4.1: warn when k < 5."""
    rows = [("张**", "女", "柳溪村")] * count + [("王**", "男", "桐荫村")] * 5
    (report,) = judge(source("a.csv", ("姓名", "性别", "村"), *rows))
    assert ("aggregation-k" in rules_of(report)) == found
    assert report.lists[0].k == min(count, 5)
    if found:
        assert report.lists[0].repair.k >= 5 and report.lists[0].repair.exact
        assert report.lists[0].smallest[0].size == count


def test_k_is_a_parameter():
    rows = [("张**", "女", "柳溪村")] * 5
    assert not judge(source("a.csv", ("姓名", "性别", "村"), *rows))[0].findings
    assert judge(source("a.csv", ("姓名", "性别", "村"), *rows), k=6)[0].findings


def one_alone(sensitive, title=""):
    head = ("姓名", "性别", "年龄", sensitive)
    rows = [("张**", "女", "60", "甲"), ("王**", "男", "71", "乙"), ("李**", "男", "60", "甲")]
    return judge(source("a.csv", head, *rows, title=title))[0]


@pytest.mark.parametrize(
    ("sensitive", "title", "severity"),
    [
        ("病种", "", Severity.BLOCK),
        ("救助类别", "", Severity.BLOCK),
        ("救助类别", "清和县临时救助对象公示", Severity.CONFIRM),  # 社会救助暂行办法 11(2), 48
        ("病种", "清和县临时救助对象公示", Severity.BLOCK),  # 个人信息保护法 28: no title makes health public
        ("文化程度", "", Severity.CONFIRM),
    ],
)
def test_a_group_of_one_beside_something_sensitive_is_stopped(sensitive, title, severity):
    """4.1: block when k = 1, the sensitive column is health, aid or minors, and the name is not lawfully shown."""
    (crowd,) = [finding for finding in one_alone(sensitive, title).findings if finding.rule == "aggregation-k"]
    assert crowd.severity is severity


def test_children_make_a_list_sensitive():
    """个人信息保护法 28: all data of minors under 14."""
    rows = [("张**", "女", "13"), ("王**", "男", "71")]
    (report,) = judge(source("a.csv", ("姓名", "性别", "年龄"), *rows))
    assert report.lists[0].themes == ("minors",)
    (older,) = judge(source("a.csv", ("姓名", "性别", "年龄"), ("张**", "女", "14"), ("王**", "男", "71")))
    assert older.lists[0].themes == ()
    (born,) = judge(
        source("a.csv", ("姓名", "性别", "出生日期"), ("张**", "女", "2009-09-02"), ("王**", "男", "1950-01-01"))
    )
    assert born.lists[0].themes == ("minors",)


def test_whole_names_beside_something_sensitive():
    head = ("序号", "姓名", "病种")
    (report,) = judge(source("a.csv", head, *((str(n), p[0], "尿毒症") for n, p in enumerate(PEOPLE, 1))))
    assert [(f.rule, f.severity) for f in report.findings] == [("aggregation-named", Severity.BLOCK)]
    assert report.lists[0].k is None


def test_members_of_a_group_who_share_a_disease():
    """4.2: who is known to be in the group is known to have it."""
    rows = [("张**", "女", "高血压")] * 5 + [("王**", "男", "糖尿病")] * 4 + [("王**", "男", "高血压")]
    (report,) = judge(source("a.csv", ("姓名", "性别", "病种"), *rows))
    (alike,) = [finding for finding in report.findings if finding.rule == "aggregation-l"]
    assert "1组共5人" in alike.message and "性别=女" in alike.masked


def test_whole_numbers_are_stopped():
    rows = [("张**", f"51140219620304{n}", f"621700{n}00000000") for n in range(1000, 1006)]
    (report,) = judge(source("a.csv", ("姓名", "身份证号", "银行账号"), *rows))
    assert [f.severity for f in report.findings if f.rule == "aggregation-direct"] == [Severity.BLOCK] * 2


def test_columns_are_known_by_content_where_headings_say_nothing():
    rows = [(f"11402{n}", p[0], f"511402********{p[3]}", p[1], "桐荫镇柳溪村") for n, p in enumerate(PEOPLE)]
    (report,) = judge(source("a.csv", ("甲", "乙", "丙", "丁", "戊"), *rows))
    assert [column.kind for column in report.lists[0].columns] == ["", "name", "id", "sex", "village"]


def test_tables_without_people_are_not_judged():
    rows = [("道路维护", "120000", "2023-05-01"), ("水渠", "80000", "2023-06-01"), ("路灯", "3000", "2023-07-01")]
    (report,) = judge(source("a.csv", ("项目名称", "金额", "日期"), *rows))
    assert report.lists == [] and report.findings == []


def test_totals_and_repeated_headings_are_nobody():
    head = ("姓名", "性别", "村")
    rows = [("张**", "女", "柳溪村")] * 5
    (report,) = judge(source("a.csv", head, *rows, head, *rows, ("合计", "10", "")))
    assert report.lists[0].rows == 10 and report.lists[0].k == 10


def test_excerpts_and_messages_hold_no_name_number_or_birth_date():
    """Invariant 9: machine output carries masked excerpts only."""
    for report in judge(masked_ids(), births(), one_source_with_everything()):
        said = repr(report)
        for name, _, birth, tail in PEOPLE:
            assert name not in said and birth not in said and tail not in said and birth.replace("-", "") not in said


def one_source_with_everything():
    head = ("姓名", "身份证号", "手机号", "出生日期", "家庭住址", "病种")
    rows = [
        (p[0], f"511402{p[2].replace('-', '')}{p[3]}", f"1381111{p[3]}", p[2], f"桐荫镇柳溪村{p[3]}号", "尿毒症")
        for p in PEOPLE
    ]
    return source("全.csv", head, *rows)


def test_a_finding_stands_where_its_row_does():
    given = one_source_with_everything()
    for finding in judge(given)[0].findings:
        assert given.document.text[finding.start : finding.end].startswith(tuple(p[0] for p in PEOPLE))
        assert "行" in finding.where


@pytest.mark.parametrize(("before", "here", "found"), [(0, 19, False), (0, 20, True), (15, 5, True), (15, 4, False)])
def test_themes_add_up_over_files(before, here, found):
    """4.4: many harmless items together."""
    files = [Source(str(n), read_bytes(("应急物资\n" * n or "无").encode()), n == here) for n in (before, here)]
    report = aggregate(files, as_of=DAY)[-1]
    assert ("aggregation-volume" in rules_of(report)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("变电站位置：东经104.12345，北纬30.1", True),
        ("变电站位置：东经104.1234", False),
        ("学校位置：东经104.12345", False),
        ("变电站" + "。" * 300 + "104.12345", False),
    ],
)
def test_fine_coordinates_near_a_theme(text, found):
    """4.5: more than four decimals."""
    (report,) = aggregate([Source("a", read_bytes(text.encode()))], as_of=DAY)
    assert ("aggregation-coordinates" in rules_of(report)) == found
