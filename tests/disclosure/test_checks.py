"""What a record must satisfy before it is put forward, by kind and by article."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from tests.disclosure import recording
from tests.portal import writing

from gongkai.disclosure.demo.making import _file, _filled, _Names, _samples
from gongkai.disclosure.models import RecordFile, RecordPage
from gongkai.disclosure.services import demand_complete, follow_up
from gongkai.disclosure.services.reading import readable
from gongkai.portal.models import ColumnPage


@pytest.fixture
def column(county):
    return recording.column(county.fgj)


def said(record: RecordPage) -> str:
    try:
        demand_complete(RecordPage.objects.get(pk=record.pk))
    except ValidationError as error:
        return "\n".join(error.messages)
    return ""


class TestWarnings:
    """《突发事件应对法》（2024年）第六十四条."""

    @pytest.mark.parametrize(
        "element", ["category", "level", "starts", "area", "matter", "measures", "issuer", "issued_at"]
    )
    def test_every_element_is_demanded(self, column, element):
        fields = {key: value for key, value in recording.WARNING.items() if key != element}
        record = recording.draft(column, "warning", fields)
        assert f"“{record.declared.field(element).label}”没有填写" in said(record)

    def test_issued_changed_cancelled(self, client, people, column):
        first = recording.public(column, "warning", recording.WARNING, "暴雨橙色预警")
        changed = follow_up(people.clerk, first, {"action": "更新", "level": "一级（红色）"})
        assert changed.follows == first and not changed.live
        changed.title = "暴雨预警升级为红色"
        changed.save()
        changed.save_revision()
        changed = writing.through_the_gate(changed)
        over = follow_up(people.clerk, changed, {"action": "解除"})
        over.title = "解除暴雨预警"
        over.save()
        over.save_revision()
        writing.through_the_gate(over)
        page = client.get(first.url).text
        assert "后续信息取代或解除" in page and "暴雨预警升级为红色" in page and "解除暴雨预警" in page
        assert "解除暴雨预警" in client.get(changed.url).text.split("取代或解除", 1)[1][:400]
        assert "取代或解除" not in client.get(RecordPage.objects.get(pk=over.pk).url).text

    def test_what_is_not_public_is_not_in_the_chain(self, client, people, column):
        first = recording.public(column, "warning", recording.WARNING, "暴雨橙色预警")
        follow_up(people.clerk, first, {"action": "解除"})
        assert "取代或解除" not in client.get(first.url).text

    def test_by_the_expedited_path(self, people, county, column):
        from tests.review.passing import holder, sign

        from gongkai.foundation.access import Role
        from gongkai.review.services import request

        record = recording.draft(column, "warning", recording.WARNING)
        clerk = holder(county.fgj, Role.CLERK)
        reason = record.declared.expedited
        release = request(clerk, "disclosure.record", record.pk, urgent=True, urgent_reason=reason)
        assert release.steps.filter(opened_at__isnull=True).count() == 0
        sign(holder(county.fgj, Role.LEADER), release)
        assert RecordPage.objects.get(pk=record.pk).live


def test_the_name_of_a_person_is_not_shown_whole(column):
    """《个人信息保护法》: penalties of natural persons are de-identified."""
    fields = recording.PENALTY | {"party_type": "自然人", "party": "李四", "credit_code": ""}
    assert "去标识化" in said(recording.draft(column, "penalty", fields))
    assert said(recording.draft(column, "penalty", fields | {"party": "李**"})) == ""
    code = recording.PENALTY["credit_code"]
    words = said(recording.draft(column, "penalty", fields | {"party": "李**", "credit_code": code}))
    assert words == "当事人类别为“自然人”的，不得填写“统一社会信用代码”"


class TestReadings:
    FIELDS = {
        "station": "城南监测点",
        "aqi": "120",
        "grade": "轻度污染",
        "main": "PM2.5",
        "readings": "PM2.5\t91\nPM10\t88",
        "conclusion": "达标",
    }

    def test_a_conclusion_against_the_limit_is_refused_with_its_row(self, column):
        assert "第 1 行“PM2.5”91，限值≤75，与结论“达标”不符" in said(recording.draft(column, "air", self.FIELDS))

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"readings": "SO2\t900", "conclusion": "达标"}, "第 1 行“SO2”900，限值≤150"),
            ({"readings": "二氧化流\t9\nPM2.5\t91"}, "第 1 行的“二氧化流”不是限值表中的项目"),
            ({"aqi": "42", "grade": "良"}, "指数42的级别为“优”，与所填“良”不符"),
            ({"aqi": "42", "grade": "优"}, "级别为“优”的，不填“首要污染物”"),
            ({"main": ""}, "级别为“轻度污染”的，须填写“首要污染物”"),
        ],
    )
    def test_names_and_grades_are_those_of_the_standards(self, column, change, words):
        assert words in said(recording.draft(column, "air", self.FIELDS | {"conclusion": "超标"} | change))

    def test_ground_water_has_limits_of_its_own(self, column):
        fields = {"site": "水源地", "class": "地下水", "grade": "Ⅲ类", "readings": "氨氮\t0.8", "conclusion": "达标"}
        assert "“氨氮”0.8，限值≤0.5" in said(recording.draft(column, "water", fields))
        assert said(recording.draft(column, "water", fields | {"class": "地表水"})) == ""
        assert "水质类别为“Ⅳ类”，与评价结论“达标”不符" in said(
            recording.draft(column, "water", fields | {"class": "地表水", "grade": "Ⅳ类"})
        )

    def test_what_has_no_limit_here_may_still_be_too_much(self, column):
        fields = {"site": "水源地", "class": "地表水", "grade": "Ⅳ类", "readings": "锑\t0.02", "conclusion": "超标"}
        assert said(recording.draft(column, "water", fields | {"measures": "已停用"})) == ""

    def test_each_place_has_a_picture_of_its_own(self, client, column):
        for station in ("城南", "城北"):
            recording.public(column, "air", self.FIELDS | {"station": station, "conclusion": "超标"}, station)
        page = client.get("/records/air/").text
        assert "城南 PM2.5：1次监测，1次超过" in page and "城北 PM2.5：1次监测，1次超过" in page

    def test_the_page_shows_limit_judgement_and_where_the_limit_comes_from(self, client, column):
        record = recording.public(column, "air", self.FIELDS | {"conclusion": "超标"})
        page = client.get(record.url).text
        assert "≤75" in page and "超标" in page and "GB 3095-2012" in page
        listed = client.get("/records/air/").text
        assert "<svg" in listed and "PM2.5：1次监测，1次超过限值≤75" in listed and "以表格显示" in listed
        assert listed.count("<polygon") == 2 and "限值75" in listed  # by form and word too, for a desk and a phone

    def test_what_is_over_the_limit_demands_measures(self, column):
        fields = {"site": "水源地", "class": "地表水", "grade": "Ⅳ类", "readings": "氨氮\t1.2", "conclusion": "超标"}
        assert "“超标”的，须填写“超标的处置措施”" in said(recording.draft(column, "water", fields))


class TestBudgets:
    """通知（17）项: sums hold, notes are there, and the cell of a wrong sum is named."""

    @pytest.fixture
    def making(self):
        return next(one for one in _samples()["makings"] if one["records"][0]["kind"] == "budget")["records"][0]

    def record(self, column: ColumnPage, making, change=None) -> RecordPage:
        names = _Names(year=2026, body="某局", whole=900, basic=620, projects=280, official=9, reception=3, cars=6)
        told = _filled({**making}, names)
        fields = _filled(_samples()["notes"]["account"], names) | told["fields"]
        for sheet, row, at, value in change or ():
            told["book"][sheet][row][at] = value
        name, data = _file(told)
        record = recording.draft(column, "budget", fields)
        document = writing.file(record.body, name, data)
        record.attachments = [RecordFile(document=document, sort_order=0)]
        record.save()
        record.save_revision()
        return record

    def test_a_sound_one_passes(self, client, column, making):
        record = self.record(column, making)
        assert said(record) == ""
        assert "机关运行经费" in client.get(writing.through_the_gate(record).url).text

    def test_a_wrong_sum_names_its_cell(self, column, making):
        record = self.record(column, making, [("支出总表", 1, 2, "905")])
        words = said(record)
        assert "工作表“支出总表”C2：“合计”为905" in words and "相差5" in words

    def test_the_figures_are_those_of_the_tables(self, column, making):
        record = self.record(column, making)
        RecordPage.objects.filter(pk=record.pk).update(
            fields=record.fields | {"income": "901", "spending": "901", "projects": "281"}
        )
        assert "“收入总计”为901，附件“收支总表”B4为900，两者不符" in said(record)

    def test_rounded_figures_may_miss_their_rounded_sum(self, column, making):
        record = self.record(column, making)
        for abroad, good in (("0.01", True), ("0.05", False)):
            fields = record.fields | {"official": "9.00", "abroad": abroad}
            RecordPage.objects.filter(pk=record.pk).update(fields=fields)
            assert ("之和" not in said(record)) is good

    def test_a_missing_table_is_named(self, column, making):
        making = making | {"book": {"收支总表": making["book"]["收支总表"]}}
        assert "缺少样表“支出总表”" in said(self.record(column, making))

    def test_the_notes_are_demanded(self, column, making):
        record = self.record(column, making)
        RecordPage.objects.filter(pk=record.pk).update(
            fields={**record.fields, "official_note": None, "official": "10"}
        )
        words = said(record)
        assert "““三公”经费说明”没有填写" in words and "之和9不符" in words


class TestDecisions:
    FIELDS = {
        "matter": "停车收费调整",
        "drafter": "某局",
        "explanation": "说明",
        "since": "2026-06-01",
        "until": "2026-06-20",
        "ways": "信函",
        "contact": "办公室",
    }

    def test_less_than_thirty_days_needs_a_reason(self, column):
        """《重大行政决策程序暂行条例》第十五条."""
        assert "只有20日，少于30日" in said(recording.draft(column, "decision_draft", self.FIELDS))
        words = said(recording.draft(column, "decision_draft", self.FIELDS | {"short": "情况紧急"}))
        assert "少于30日" not in words and "须附上决策草案" in words

    def test_what_became_of_opinions_within_a_month(self, column):
        """通知（16）项: one month after the end of the consultation, to the same day of the next month."""
        record = recording.draft(column, "decision_result", {}, formed_on=date(2026, 1, 31))
        assert record.due_on == date(2026, 2, 28)


class TestLists:
    HIRED = {
        "stage": "拟录用公示",
        "employer": "某局",
        "phone": "0000-6600009",
        "hired": "20260101\t张三\t会计\t88.5\t拟录用",
    }

    def test_a_list_of_people_ends(self, column):
        record = recording.draft(column, "recruitment", self.HIRED)
        assert timezone.localtime(record.expire_at).date() == date(2026, 6, 25)  # 7 working days after 15 June

    def test_after_its_end_it_is_gone(self, client, settings, column):
        record = recording.public(column, "recruitment", self.HIRED)
        assert "张三" in client.get(record.url).text
        settings.GONGKAI_NOW = "2026-07-01T09:00:00+08:00"
        page = client.get(record.url)
        assert page.status_code == 410 and "张三" not in page.text
        assert record.title not in client.get("/records/recruitment/").text

    def test_the_machine_judges_it_as_a_list(self, county, column):
        from tests.review.passing import holder

        from gongkai.foundation.access import Role
        from gongkai.review.services import request

        fields = {
            "type": "最低生活保障",
            "period": "2026年5月",
            "number": "2",
            "amount": "920",
            "standard": "按标准执行",
            "phone": "0000-6600006",
            "ground": "本县规定",
            "recipients": "张三\t云溪镇\t460\n李四\t柳湾镇\t460",
        }
        record = recording.draft(column, "aid", fields)
        release = request(holder(county.fgj, Role.CLERK), "disclosure.record", record.pk)
        said = release.findings.filter(part="名单 公示名单").values_list("rule", flat=True)
        assert "aggregation-named" in said  # that it is about aid, another field says

    def test_an_aid_list_on_the_net_says_why(self, column):
        fields = {"type": "临时救助", "number": "1", "recipients": "张三\t云溪镇\t500"}
        assert "在网站公示的，须写明依据" in said(recording.draft(column, "aid", fields))


def test_numbers_that_do_not_add_up(column):
    inspection = {"plan": "抽查", "number": "3", "sound": "1", "wrong": "1", "results": "甲公司\t\t检查\t正常\t"}
    words = said(recording.draft(column, "inspection_result", inspection))
    assert "“抽查户数”为3，与未发现问题户数、发现问题户数之和2不符" in words
    assert "“抽查结果”有1行，两者不符" in words


def test_mending_answers_the_problems_that_were_announced(column):
    """通知（18）项."""
    announced = recording.public(
        column, "audit_problem", {"project": "审计", "audited": "某局", "problems": "1\t未入账\t\t补记"}
    )
    fields = {"project": "审计", "results": "2\t已补记\t已完成", "summary_text": "已整改"}
    assert "须选择“对应的审计公告”" in said(recording.draft(column, "audit_mending", fields))
    wrong = recording.draft(column, "audit_mending", fields, follows=announced.pk)
    assert "第 1 行的编号“2”" in said(wrong)
    right = fields | {"results": "1\t已补记\t已完成"}
    assert said(recording.draft(column, "audit_mending", right, follows=announced.pk)) == ""


def test_a_field_that_cannot_be_read_is_named(column):
    from gongkai.disclosure.declaring import kinds

    with pytest.raises(ValidationError) as error:
        readable(kinds()["penalty"], {"fine": "一万", "colour": "红"})
    assert error.value.messages == ["没有字段“colour”"]
    with pytest.raises(ValidationError, match="“罚款金额”：“一万”不是数字"):
        readable(kinds()["penalty"], {"fine": "一万"})
