"""批量导入: looked at, shown, written as drafts; errors by row and column; nothing twice, nothing by halves."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
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
        assert "表头“颜色”不认识" in page.text

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
