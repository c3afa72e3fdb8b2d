"""批量导入: looked at, shown, written as drafts; errors by row and column; nothing twice, nothing by halves."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from openpyxl import Workbook
from python_calamine import CalamineWorkbook
from tests.disclosure import recording

from gongkai.bodies.sheets import to_xlsx
from gongkai.disclosure import tasks
from gongkai.disclosure.declaring import kinds
from gongkai.disclosure.models import ImportedRow, ImportPhase, ImportRun, RecordPage, RowOutcome
from gongkai.disclosure.selectors import outcomes
from gongkai.disclosure.services import begin_import, confirm_import, drop_import, resume_broken
from gongkai.disclosure.services.importing import columns as file_columns
from gongkai.disclosure.services.importing import working
from gongkai.foundation import clock
from gongkai.foundation.access import Refused
from gongkai.foundation.notifications.models import Notification


@pytest.fixture
def column(county):
    return recording.column(county.fgj)


def table(*changes, name: str = "处罚.xlsx") -> ContentFile:
    keys = list(file_columns(kinds()["penalty"]))
    lines = []
    for number, change in enumerate(changes, 1):
        values = recording.PENALTY | {"title": f"处罚决定{number}", "formed_on": "2026-06-10", "type": "罚款"} | change
        lines.append([str(values.get(key, "")) for key in keys])
    return ContentFile(to_xlsx("表", [str(one) for one in file_columns(kinds()["penalty"]).values()], lines), name)


def packed(**files: bytes) -> ContentFile:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return ContentFile(data.getvalue(), "附件.zip")


def counted(run: ImportRun) -> dict[str, int]:
    return {str(outcome): count for outcome, count in outcomes(run)}


WRONG = ({}, {"fine": "一万", "party": ""}, {"party_type": "自然人", "party": "李四"})


class TestRows:
    def test_looked_at_then_written(self, people, column):
        run = begin_import(people.clerk, column.pk, "penalty", table({}, {}))
        assert (run.phase, counted(run)) == (ImportPhase.CHECKED, {"ready": 2})
        assert not RecordPage.objects.exists()
        run = confirm_import(people.clerk, run)
        assert (run.phase, counted(run)) == (ImportPhase.DONE, {"written": 2})
        first = RecordPage.objects.get(title="处罚决定1")
        assert not first.live and first.fields["fine"] == "10000" and first.due_on == date(2026, 6, 22)
        assert first.owner == people.clerk and RecordPage.objects.child_of(column).count() == 2

    def test_errors_name_row_and_column_and_nothing_is_written(self, people, column):
        run = begin_import(people.clerk, column.pk, "penalty", table(*WRONG))
        with pytest.raises(ValidationError) as error:
            confirm_import(people.clerk, run)
        said = error.value.messages
        assert "第 3 行“罚款金额（元）”：“一万”不是数字" in said
        assert "第 3 行“当事人名称”：没有填写" in said
        assert any(line.startswith("第 4 行“当事人名称”") and "去标识化" in line for line in said)
        assert not RecordPage.objects.exists()

    def test_bad_rows_are_left_out_by_choice(self, people, column):
        run = begin_import(people.clerk, column.pk, "penalty", table({}, {"fine": "一万"}, {}))
        assert counted(confirm_import(people.clerk, run, skip_bad=True)) == {"written": 2, "bad": 1}

    def test_csv_with_a_table_in_a_cell(self, people, column):
        text = "标题,公告或结果形成的日期,阶段,招考单位,招考职位,监督电话\n招聘公告,2026-06-10,招考公告,某局,会计|1|本科,0000-1\n"
        run = begin_import(people.clerk, column.pk, "recruitment", ContentFile(text.encode("gb18030")))
        confirm_import(people.clerk, run)
        assert RecordPage.objects.get().fields["positions"] == [{"name": "会计", "places": "1", "conditions": "本科"}]

    def test_a_file_that_cannot_be_read_is_not_kept(self, people, column):
        for data in (b"%PDF-1.4", "标题,颜色\n甲,红\n".encode()):
            with pytest.raises(ValidationError):
                begin_import(people.clerk, column.pk, "penalty", ContentFile(data, "x.csv"))
        assert not ImportRun.objects.exists()

    def test_in_the_own_section_only(self, people, column):
        with pytest.raises(Refused):
            begin_import(people.other_clerk, column.pk, "penalty", table({}))
        run = begin_import(people.clerk, column.pk, "penalty", table({}))
        with pytest.raises(Refused):
            confirm_import(people.other_clerk, run)


def workbook(*rows, name: str = "报表.xlsx") -> ContentFile:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return ContentFile(out.getvalue(), name)


def problems(run: ImportRun) -> list[list[str]]:
    return [problem for row in run.rows.order_by("number") for problem in row.problems]


class TestAsDepartmentsSendIt:
    """Titles, numbering, remarks and totals around the table; dates, amounts and readings in their own ways."""

    HEAD = (
        "标题",
        "本阶段信息形成的日期",
        "项目名称",
        "阶段",
        "建设单位",
        "建设地点",
        "总投资(亿元)",
        "形象进度",
        "本阶段内容",
        "批准或监管单位",
    )

    def row(self, formed, cost, progress="35%"):
        return ["云溪大桥", formed, "云溪大桥", "施工", "某公司", "云溪镇", cost, progress, "主体施工", "县发改局"]

    def test_everything_around_the_table_is_told_and_left(self, people, column):
        file = workbook(
            ["重大建设项目进展情况表"],
            ["填报单位：县发改局"],
            ["序号", *self.HEAD, "备注"],
            [1, *self.row(datetime(2026, 6, 5), 1.2), "急"],
            [],
            ["合计", *[None] * 6, 1.2],
        )
        run = begin_import(people.clerk, column.pk, "project", file)
        assert counted(run) == {"ready": 1} and run.unread == ["“序号”列", "“备注”列", "第 6 行（合计）"]
        confirm_import(people.clerk, run)
        record = RecordPage.objects.get()
        assert (record.fields["investment"], record.fields["progress"]) == ("12000", "35")
        assert record.formed_on == date(2026, 6, 5)

    def test_one_day_in_many_ways(self, people, column):
        days = ["2026年6月5日", "2026.6.5", 46178, "２０２６年６月５日", "20260605", "2026-06-05 00:00:00"]
        run = begin_import(people.clerk, column.pk, "project", workbook(self.HEAD, *(self.row(day, 1) for day in days)))
        assert counted(run) == {"ready": 1, "known": 5}

    def test_amounts_say_their_unit(self, people, column):
        head = [title.replace("总投资(亿元)", "总投资") for title in self.HEAD]
        with pytest.raises(ValidationError, match="表头缺少“总投资（万元）”；没有认出的表头：总投资"):
            begin_import(people.clerk, column.pk, "project", workbook(head, self.row("2026-06-05", 1)))
        fine = table({}).read()
        rows = CalamineWorkbook.from_filelike(io.BytesIO(fine)).get_sheet_by_index(0).to_python()
        rows[0][rows[0].index("罚款金额（元）")] = "罚款金额"
        with pytest.raises(ValidationError, match="表头“罚款金额”没有写明单位，请写作“罚款金额（元）”"):
            begin_import(people.clerk, column.pk, "penalty", workbook(*rows))

    def test_readings_in_a_column_each(self, people, column):
        head = [
            "标题",
            "监测日期",
            "监测点位",
            "空气质量指数（AQI）",
            "空气质量级别",
            "首要污染物",
            "SO2",
            "PM2.5(微克/立方米)",
            "CO",
            "评价结论",
        ]
        good = ["日报", "2026-06-05", "城南", 58, "良", "PM2.5", 9, 41, 0.7, "达标"]
        run = begin_import(people.clerk, column.pk, "air", workbook(head, good, [*good[:7], 91, 0.7, "达标"]))
        assert problems(run) == [["评价结论", "第 2 行“PM2.5”91，限值≤75，与结论“达标”不符"]]
        confirm_import(people.clerk, run, skip_bad=True)
        assert RecordPage.objects.get().fields["readings"] == [
            {"name": "二氧化硫", "value": "9"},
            {"name": "PM2.5", "value": "41"},
            {"name": "一氧化碳", "value": "0.7"},
        ]

    def test_the_headings_of_the_department(self, people, column):
        head = ["序号", "日期", "站点", "AQI", "等级", "首要污染物", "PM2.5", "O3", "评价结论"]
        row = [1, "2026/6/5", "城南", 42, "优", "—", 21, 88, "达标"]
        confirm_import(people.clerk, begin_import(people.clerk, column.pk, "air", workbook(head, row)))
        record = RecordPage.objects.get()
        assert record.title == "城南环境空气质量（2026年6月5日）" and "main" not in record.fields

    def test_a_column_of_fines_that_says_its_unit(self, people, column):
        head = [
            "行政相对人名称",
            "行政相对人类别",
            "统一社会信用代码",
            "行政处罚决定书文号",
            "违法行为类型",
            "违法事实",
        ]
        head += ["处罚依据", "处罚类别", "处罚内容", "罚款金额（万元）", "处罚决定日期", "处罚机关", "数据来源单位"]
        row = ["甲公司", "法人及非法人组织", "91990124QH00004666", "青监罚〔2026〕1号", "虚假宣传", "事实"]
        row += ["依据", "警告、通报批评、罚款", "罚款一万二千元", 1.2, "2026/6/5", "县市场监管局", "县市场监管局"]
        confirm_import(people.clerk, begin_import(people.clerk, column.pk, "penalty", workbook(head, row)))
        record = RecordPage.objects.get()
        assert record.title == "甲公司行政处罚决定（青监罚〔2026〕1号）"
        assert (record.fields["fine"], record.fields["type"]) == ("12000", ["警告、通报批评", "罚款"])

    def test_a_table_in_a_cell_is_told_how_to_be_written(self, people, column):
        head = ["标题", "监测日期", "监测点位", "空气质量指数（AQI）", "空气质量级别", "监测数据", "评价结论"]
        run = begin_import(
            people.clerk, column.pk, "air", workbook(head, ["日报", "2026-06-05", "城南", 42, "优", "PM2.5 21", "达标"])
        )
        assert problems(run) == [["监测数据", "单元格内每行写一条，各列用 | 隔开：监测项目|浓度"]]

    def test_moments_of_a_warning_as_excel_keeps_them(self, people, column):
        kind = kinds()["warning"]
        facts = recording.WARNING | {"title": "暴雨预警", "formed_on": "2026-06-10"}
        facts |= {"starts": datetime(2026, 6, 10, 8), "issued_at": datetime(2026, 6, 10, 7, 30), "level": "三级(黄色)"}
        keys = list(file_columns(kind))
        file = workbook(list(map(str, file_columns(kind).values())), [facts.get(key) for key in keys])
        run = begin_import(people.clerk, column.pk, "warning", file)
        confirm_import(people.clerk, run)
        fields = RecordPage.objects.get().fields
        assert (fields["starts"], fields["level"]) == ("2026-06-10 08:00", "三级（黄色）")


class TestGoingOn:
    """承接索引号: which record a row goes on from."""

    HEAD = ("标题", "整改结果形成日期", "审计项目", "整改情况", "总体情况", "承接索引号")

    def mending(self, people, column, number, item="1"):
        row = ["整改结果", "2026-06-10", "审计", f"{item}|已补记|已完成", "已整改", number]
        return begin_import(people.clerk, column.pk, "audit_mending", workbook(self.HEAD, row))

    def test_by_its_index_number(self, people, column):
        fields = {"project": "审计", "audited": "某局", "problems": "1\t未入账\t\t补记"}
        announced = recording.public(column, "audit_problem", fields)
        run = confirm_import(people.clerk, self.mending(people, column, announced.index_number))
        assert counted(run) == {"written": 1}
        assert RecordPage.objects.get(kind="audit_mending").follows_id == announced.pk
        wrong = self.mending(people, column, announced.index_number, "9")
        assert "第 1 行的编号“9”" in problems(wrong)[0][1]

    def test_what_is_not_there_or_of_another_kind_is_an_error_of_its_row(self, people, column):
        other = recording.public(column, "warning", recording.WARNING)
        for number in ("没有的号", other.index_number):
            said = problems(self.mending(people, column, number))
            assert said == [["承接索引号", f"没有索引号为“{number}”、可以承接的公开信息"]]


def test_a_record_that_stands_is_not_made_again_nor_changed(people, column):
    record = recording.public(column, "penalty", recording.PENALTY, "处罚决定1")
    names = {"index_number": "索引号"} | {key: str(label) for key, label in file_columns(kinds()["penalty"]).items()}
    facts = recording.PENALTY | {"index_number": record.index_number, "title": "处罚决定1", "formed_on": "2026-06-10"}
    for fine, outcome in (("10000", {"known": 1}), ("20000", {"bad": 1})):
        row = [str((facts | {"fine": fine, "type": "罚款"}).get(key, "")) for key in names]
        run = begin_import(people.clerk, column.pk, "penalty", workbook(list(names.values()), row))
        assert counted(run) == outcome
    assert problems(run) == [["索引号", "已有这条记录，内容与本行不同；要修改的，请到编辑页修改"]]


class TestAgain:
    def test_the_same_file_makes_nothing_twice(self, people, column):
        confirm_import(people.clerk, begin_import(people.clerk, column.pk, "penalty", table({}, {})))
        again = begin_import(people.clerk, column.pk, "penalty", table({}, {}, {}))
        assert counted(again) == {"ready": 1, "known": 2}
        confirm_import(people.clerk, again)
        assert RecordPage.objects.count() == 3

    def test_the_same_row_twice_in_a_file_counts_once(self, people, column):
        same = {"title": "同一决定"}
        assert counted(begin_import(people.clerk, column.pk, "penalty", table(same, same))) == {"ready": 1, "known": 1}

    def test_what_was_deleted_may_come_again(self, people, column):
        confirm_import(people.clerk, begin_import(people.clerk, column.pk, "penalty", table({})))
        RecordPage.objects.get().delete()
        assert counted(begin_import(people.clerk, column.pk, "penalty", table({}))) == {"ready": 1}

    def test_broken_off_it_goes_on_where_it_was(self, people, column, monkeypatch):
        monkeypatch.setattr(working, "WRITTEN_AT_ONCE", 2)
        run = begin_import(people.clerk, column.pk, "penalty", table({}, {}, {}, {}, {}))
        ImportRun.objects.filter(pk=run.pk).update(phase=ImportPhase.WRITING)
        assert working.write(run.pk, seconds=-1)  # two rows, then others come between
        assert RecordPage.objects.count() == 2
        while working.write(run.pk, seconds=-1):
            pass
        assert RecordPage.objects.count() == 5 and counted(run) == {"written": 5}

    def test_two_imports_of_the_same_row_at_once(self, people, column):
        first, second = (begin_import(people.clerk, column.pk, "penalty", table({})) for _ in range(2))
        confirm_import(people.clerk, first)
        assert counted(confirm_import(people.clerk, second)) == {"known": 1}
        assert RecordPage.objects.count() == 1

    def test_the_file_is_kept_no_longer_than_it_is_read(self, people, column, django_capture_on_commit_callbacks):
        done = begin_import(people.clerk, column.pk, "penalty", table({}))
        assert done.file
        confirm_import(people.clerk, done)
        with django_capture_on_commit_callbacks(execute=True):
            dropped = drop_import(people.clerk, begin_import(people.clerk, column.pk, "penalty", table({}, {})))
        for run in (done, dropped):
            assert not ImportRun.objects.get(pk=run.pk).file

    def test_given_up(self, people, column):
        run = drop_import(people.clerk, begin_import(people.clerk, column.pk, "penalty", table({})))
        with pytest.raises(ValidationError):
            confirm_import(people.clerk, run)
        assert not RecordPage.objects.exists()


class TestFiles:
    """附件: by the names that the rows give, from a ZIP beside the table."""

    def test_attached_to_the_row_that_names_them(self, people, column):
        files = packed(**{"决定书1.txt": "处罚决定书".encode(), "附件/说明.txt": "说明".encode()})
        run = begin_import(
            people.clerk, column.pk, "penalty", table({"files": "决定书1.txt；附件/说明.txt"}, {}), files
        )
        confirm_import(people.clerk, run)
        record = RecordPage.objects.get(title="处罚决定1")
        assert [str(one) for one in record.attachments.all()] == ["决定书1", "说明"]
        assert record.get_latest_revision_as_object().attachments.count() == 2
        assert not RecordPage.objects.get(title="处罚决定2").attachments.exists()
        assert not ImportRun.objects.get(pk=run.pk).files

    def test_what_is_not_there_is_an_error_of_its_row(self, people, column):
        rows = table({"files": "没有.pdf"}, {"files": "程序.exe"})
        run = begin_import(people.clerk, column.pk, "penalty", rows, packed(**{"有.pdf": b"x", "程序.exe": b"x"}))
        first, second = run.rows.order_by("number")
        assert first.problems == [["附件文件名", "压缩包中没有“没有.pdf”"]]
        assert second.problems == [["附件文件名", "“程序.exe”不是可以公开的文件类型"]]

    def test_a_file_that_is_refused_leaves_nothing_of_its_row(self, people, column, monkeypatch):
        run = begin_import(
            people.clerk, column.pk, "penalty", table({"files": "a.txt"}, {}), packed(**{"a.txt": b"words"})
        )

        def broken(self, name):
            raise ValidationError("文件已损坏")

        monkeypatch.setattr("gongkai.disclosure.services.importing.packed.Packed.read", broken)
        confirm_import(people.clerk, run)
        assert counted(run) == {"written": 1, "bad": 1}
        assert [one.title for one in RecordPage.objects.all()] == ["处罚决定2"]


class TestInTheBackground:
    """More than a screenful; a notice when it waits and when it is done."""

    @pytest.mark.slow
    def test_looked_at_and_written_by_the_worker(self, people, column, django_capture_on_commit_callbacks):
        run = begin_import(people.clerk, column.pk, "penalty", table(*({} for _ in range(31))))
        assert run.phase == ImportPhase.CHECKING and not run.rows.exists()
        tasks.look_at_import.func(run.pk)
        run.refresh_from_db()
        assert run.phase == ImportPhase.CHECKED and counted(run) == {"ready": 31}
        confirm_import(people.clerk, run)
        assert not RecordPage.objects.exists()
        tasks.write_import.func(run.pk)
        assert RecordPage.objects.count() == 31
        titles = Notification.objects.filter(kind="disclosure.imported").values_list("title", flat=True)
        assert sorted(titles) == ["“处罚.xlsx”导入完成", "“处罚.xlsx”已核对，待确认"]

    def test_what_stands_still_is_set_going_again(self, people, column):
        run = begin_import(people.clerk, column.pk, "penalty", table({}))
        assert resume_broken() == 0
        long_ago = clock.now() - timedelta(hours=1)
        ImportRun.objects.filter(pk=run.pk).update(phase=ImportPhase.WRITING, touched_at=long_ago)
        assert resume_broken() == 1 and resume_broken() == 0


class TestScreens:
    def test_uploaded_shown_and_written(self, client, people, column):
        client.force_login(people.clerk)
        assert client.get("/admin/records/import/").status_code == 200
        assert "罚款金额（元）" in client.get(f"/admin/records/import/?kind=penalty&column={column.pk}").text
        file = io.BytesIO(table({}, {"fine": "一万"}).read())
        file.name = "处罚.xlsx"
        page = client.post(
            "/admin/records/import/", {"kind": "penalty", "column": column.pk, "file": file}, follow=True
        )
        assert "略过 1 行，写入其余 1 条草稿" in page.text and "“一万”不是数字" in page.text
        run = ImportRun.objects.get()
        address = f"/admin/records/import/{run.pk}/"
        assert "处罚决定1" not in client.get(f"{address}?outcome=bad").text
        client.post(address, {"do": "all"})
        assert not RecordPage.objects.exists()
        page = client.post(address, {"do": "skip"}, follow=True).text
        record = RecordPage.objects.get()
        assert f"/admin/pages/{record.pk}/edit/" in page and "已完成" in page
        assert "处罚.xlsx" in client.get("/admin/records/import/").text

    def test_errors_to_take_away(self, client, people, column):
        run = begin_import(people.clerk, column.pk, "penalty", table(*WRONG))
        client.force_login(people.clerk)
        data = client.get(f"/admin/records/import/{run.pk}/errors/").content
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        assert rows[0] == ["行", "标题", "列", "问题"]
        assert ["3", "处罚决定2", "罚款金额（元）", "“一万”不是数字"] in rows

    def test_an_unreadable_file_is_said_on_the_form(self, client, people, column):
        client.force_login(people.clerk)
        file = io.BytesIO("标题,颜色\n甲,红\n".encode())
        file.name = "x.csv"
        page = client.post("/admin/records/import/", {"kind": "penalty", "column": column.pk, "file": file})
        assert "没有认出的表头：颜色" in page.text

    def test_another_body_sees_nothing_of_it(self, client, people, column):
        run = begin_import(people.clerk, column.pk, "penalty", table({}))
        client.force_login(people.other_clerk)
        assert client.get(f"/admin/records/import/{run.pk}/").status_code == 404
        assert client.get(f"/admin/records/import/{run.pk}/errors/").status_code == 404
        assert "处罚.xlsx" not in client.get("/admin/records/import/").text

    def test_the_template_is_read_back(self, client, people, column):
        client.force_login(people.clerk)
        data = client.get("/admin/records/template/penalty/").content
        with pytest.raises(ValidationError, match="没有数据"):
            begin_import(people.clerk, column.pk, "penalty", ContentFile(data, "x.xlsx"))

    def test_a_row_is_looked_at_without_a_query_of_its_own(self, people, column, django_assert_max_num_queries):
        with django_assert_max_num_queries(40):
            begin_import(people.clerk, column.pk, "penalty", table(*({} for _ in range(25))))
        assert ImportedRow.objects.filter(outcome=RowOutcome.READY).count() == 25
