"""Work in the back office: writing, importing, lists, reminders, indicators, rectification, key fields, duties."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from tests.disclosure import recording

from gongkai.disclosure import services
from gongkai.disclosure.indicators import duties_covered, in_time, key_fields_updated, late_count
from gongkai.disclosure.models import Duty, KeyFieldPromise, RecordPage
from gongkai.disclosure.rectification_sources import expired, findings, recheck, recheck_expired
from gongkai.foundation.access import Refused
from gongkai.foundation.notifications.models import Notification

TODAY = date(2026, 6, 15)
LONG_AGO = date(2026, 1, 5)


@pytest.fixture
def column(county):
    return recording.column(county.fgj)


class TestWriting:
    def test_the_kind_is_chosen_then_its_fields_are_asked_for(self, client, people, column):
        client.force_login(people.clerk)
        asked = client.get(f"/admin/pages/add/disclosure/recordpage/{column.pk}/")
        assert asked.headers["Location"] == f"/admin/records/new/?column={column.pk}"
        assert "突发事件预警信息" in client.get(asked.headers["Location"]).text
        chosen = client.post("/admin/records/new/", {"column": column.pk, "kind": "warning"})
        assert chosen.headers["Location"] == f"/admin/records/new/warning/{column.pk}/"
        page = client.get(chosen.headers["Location"])
        assert page.status_code == 200
        for word in (
            "第六十四条：预警级别",
            "应当采取的措施",
            "《中华人民共和国突发事件应对法》",
            'name="kind" value="warning"',
        ):
            assert word in page.text

    def form(self, **more):
        counts = {f"attachments-{name}_FORMS": value for name, value in (("TOTAL", "0"), ("INITIAL", "0"))}
        fields = {f"f_{key}": value for key, value in recording.WARNING.items()}
        base = {
            "kind": "warning",
            "title": "暴雨预警",
            "slug": "",
            "summary": "",
            "basis": "",
            "attribute": "proactive",
        }
        days = {"formed_on": "2026-06-10", "published_on": "2026-06-10"}
        return base | days | fields | counts | {"action-save-draft": "1"} | more

    def test_saved_edited_and_put_forward(self, client, people, column):
        client.force_login(people.clerk)
        client.post(f"/admin/pages/add/disclosure/recordpage/{column.pk}/", self.form())
        record = RecordPage.objects.get(title="暴雨预警")
        assert record.fields["issued_at"] == "2026-06-10 07:30" and record.index_number == "qinghe.fgj-2026-00001"
        page = client.get(f"/admin/pages/{record.pk}/edit/").text
        assert record.index_number in page and "最迟 2026-06-11" in page
        assert "w-tabs__panel" in page  # whose padding keeps the fields off the edge of the window
        assert page.count('name="f_area"') == 1  # written twice, the second would be what is sent
        answer = client.post(
            f"/admin/pages/{record.pk}/edit/", self.form(f_area="全县", **{"action-put-forward": "1"}, slug=record.slug)
        )
        assert answer.headers["Location"].startswith("/admin/review/put-forward/disclosure.record/")
        sheet = client.get(answer.headers["Location"]).text
        assert "全县" in sheet and "应当采取的措施" in sheet

    def test_what_cannot_be_read_stands_beside_its_field_and_nothing_is_lost(self, client, people, column):
        client.force_login(people.clerk)
        data = self.form(f_starts="早上八点", f_area="写了很久的范围")
        page = client.post(f"/admin/pages/add/disclosure/recordpage/{column.pk}/", data)
        assert "不是时间" in page.text and "写了很久的范围" in page.text
        assert not RecordPage.objects.exists()

    def test_a_half_done_draft_is_kept_and_what_it_lacks_is_named(self, client, people, column):
        client.force_login(people.clerk)
        data = self.form(f_area="", **{"action-put-forward": "1"})
        page = client.post(f"/admin/pages/add/disclosure/recordpage/{column.pk}/", data, follow=True)
        assert "“可能影响的范围”没有填写" in page.text
        assert RecordPage.objects.filter(title="暴雨预警", live=False).exists()

    def test_the_next_one_is_begun_from_the_list(self, client, people, column):
        record = recording.public(column, "warning", recording.WARNING, "暴雨预警")
        client.force_login(people.clerk)
        assert f"/admin/records/{record.pk}/follow-up/" in client.get("/admin/records/").text
        client.post(f"/admin/records/{record.pk}/follow-up/", {"action": "解除"})
        draft = RecordPage.objects.get(follows=record)
        assert draft.fields["action"] == "解除" and not draft.live
        client.force_login(people.other_clerk)
        assert client.post(f"/admin/records/{record.pk}/follow-up/", {"action": "解除"}).status_code in (302, 403)
        assert RecordPage.objects.filter(follows=record).count() == 1


class TestLate:
    def test_listed_first_with_the_working_of_the_clock(self, client, people, column):
        record = recording.draft(column, "mechanism", {}, "早该公开的文件", formed_on=LONG_AGO)
        recording.public(column, "warning", recording.WARNING, "按时公开的预警")
        client.force_login(people.office)
        page = client.get("/admin/records/").text
        assert page.index("早该公开的文件") < page.index("按时公开的预警")
        assert "已逾期" in client.get("/admin/records/?state=overdue").text
        assert "按时公开的预警" not in client.get("/admin/records/?state=overdue").text
        assert "早该公开的文件" in client.get("/admin/records/?export=csv").getvalue().decode()
        editor = client.get(f"/admin/pages/{record.pk}/edit/").text
        assert "时限怎样算出" in editor and "到期日为2026年2月" in editor

    def test_another_body_sees_nothing_of_it(self, client, people, column):
        recording.draft(column, "mechanism", {}, "早该公开的文件", formed_on=LONG_AGO)
        client.force_login(people.other_clerk)
        assert "早该公开的文件" not in client.get("/admin/records/").text

    def test_its_clerks_are_told_once(self, people, column):
        recording.draft(column, "mechanism", {}, "早该公开的文件", formed_on=LONG_AGO)
        assert services.remind(TODAY) == 1 and services.remind(TODAY) == 0
        notice = Notification.objects.filter(recipient=people.clerk, kind="disclosure.due").get()
        assert "1条已逾期" in notice.title and "早该公开的文件" in notice.meaning

    def test_found_and_closed_when_it_is_public(self, column):
        record = recording.draft(column, "warning", recording.WARNING, formed_on=LONG_AGO)
        (finding,) = findings()
        assert finding.body_id == record.body_id and not recheck(str(record.pk)).mended
        from tests.portal import writing

        writing.through_the_gate(record)
        assert list(findings()) == [] and recheck(str(record.pk)).mended

    def test_counted(self, county, column):
        recording.draft(column, "mechanism", {}, formed_on=LONG_AGO)
        recording.public(column, "warning", recording.WARNING, formed_on=TODAY)
        assert late_count(county.fgj.pk, TODAY).value == 1
        rate = in_time(county.fgj.pk, TODAY)
        assert rate.denominator == 2 and rate.numerator in (0, 1)
        assert in_time(county.czj.pk, TODAY).value is None

    def test_due_days_are_counted_anew(self, column):
        record = recording.draft(column, "mechanism", {}, formed_on=LONG_AGO)
        RecordPage.objects.filter(pk=record.pk).update(due_on=LONG_AGO)
        assert services.recount() == 1 and services.recount() == 0


def test_the_list_costs_the_same_for_many(client, people, column, django_assert_max_num_queries):
    for number in range(12):
        recording.draft(column, "mechanism", {}, f"文件{number}")
    client.force_login(people.clerk)
    client.get("/admin/records/")
    with django_assert_max_num_queries(40):
        client.get("/admin/records/")


class TestKeyFields:
    """通知（40）项: sixteen promised, nine named."""

    @pytest.fixture
    def promise(self, people, county) -> KeyFieldPromise:
        return services.promise_key_fields(people.office, county.body, 16, "通知（40）项")

    def test_the_nine_are_entered_and_seven_are_asked_for(self, client, people, promise):
        assert promise.fields.count() == 9
        client.force_login(people.office)
        page = client.get("/admin/key-fields/").text
        assert "还有 7 个没有列明" in page and "没有确定责任单位" in page

    def test_none_is_guessed_and_no_more_than_promised(self, people, county, promise):
        for number in range(7):
            services.save_key_field(people.office, promise, None, f"领域{number}", [], [], [])
        with pytest.raises(ValidationError, match="与承诺数相同"):
            services.save_key_field(people.office, promise, None, "第十七个", [], [], [])

    def test_newest_content_and_the_share(self, people, county, column, promise):
        field = promise.fields.get(name="重大项目")
        services.save_key_field(people.office, promise, field, field.name, ["warning"], [county.fgj], [])
        assert key_fields_updated(None, TODAY).numerator == 0
        recording.public(column, "warning", recording.WARNING)
        reading = key_fields_updated(county.fgj.pk, TODAY)
        assert (reading.numerator, reading.denominator) == (1, 16)

    def test_the_office_alone(self, client, people, county, promise):
        with pytest.raises(Refused):
            services.promise_key_fields(people.clerk, county.body, 16, "通知")
        client.force_login(people.clerk)
        assert client.get("/admin/key-fields/").status_code == 200
        assert client.get(f"/admin/key-fields/{promise.fields.first().pk}/").status_code in (302, 403)

    def test_filled_in_by_form(self, client, people, county, promise):
        client.force_login(people.office)
        field = promise.fields.get(name="重大项目")
        data = {"name": "重大项目", "kind_keys": ["project"], "owners": [county.fgj.pk]}
        assert client.post(f"/admin/key-fields/{field.pk}/", data).headers["Location"] == "/admin/key-fields/"
        assert list(field.owners.all()) == [county.fgj]


class TestDuties:
    """通知第二部分: each body combs through what it must publish."""

    def test_suggested_by_the_articles_then_covered_by_content(self, client, people, county, column):
        added = services.suggest_duties(people.clerk, county.fgj)
        assert added == Duty.objects.filter(body=county.fgj).count() > 10
        assert services.suggest_duties(people.clerk, county.fgj) == 0
        before = duties_covered(county.fgj.pk, TODAY)
        recording.public(column, "penalty", recording.PENALTY)
        after = duties_covered(county.fgj.pk, TODAY)
        assert after.numerator == before.numerator + 1

    def test_what_does_not_concern_the_body_counts_no_more(self, people, county):
        duty = services.save_duty(people.clerk, county.fgj, None, "统计信息", "条例第二十条", "20个工作日")
        with pytest.raises(ValidationError, match="理由"):
            services.drop_duty(people.clerk, duty, " ")
        services.drop_duty(people.clerk, duty, "本单位不编制统计信息")
        assert duties_covered(county.fgj.pk, TODAY).denominator == 0

    def test_on_the_screen(self, client, people, county):
        client.force_login(people.clerk)
        assert "选定单位后可以填写清单" in client.get("/admin/duties/").text
        data = {"what": "统计信息", "basis": "条例第二十条", "limit": "20个工作日", "kind": "", "column": ""}
        client.post(f"/admin/duties/new/{county.fgj.pk}/", data)
        page = client.get(f"/admin/duties/?body={county.fgj.pk}").text
        assert "统计信息" in page and "没有内容" in page
        assert client.get(f"/admin/duties/?body={county.fgj.pk}&format=xlsx").content[:2] == b"PK"
        duty = Duty.objects.get()
        client.post(f"/admin/duties/{duty.pk}/", data | {"drop": "1", "reason": "不适用"})
        assert "不适用" in client.get(f"/admin/duties/?body={county.fgj.pk}").text

    def test_of_other_bodies_nothing(self, people, county):
        with pytest.raises(Refused):
            services.save_duty(people.other_clerk, county.fgj, None, "统计信息", "条例", "20个工作日")


def test_a_mechanism_past_its_validity_is_found(settings, column):
    """通知第三部分: outdated content is cleaned out."""
    fields = {"subject": "社会监督", "owner": "办公室", "since": "2026-01-01", "until": "2026-06-30", "content": "内容"}
    record = recording.public(column, "mechanism", fields)
    assert list(expired()) == []
    settings.GONGKAI_NOW = "2026-07-05T09:00:00+08:00"
    (finding,) = expired()
    assert finding.reference == str(record.pk) and not recheck_expired(finding.reference).mended
    recording.public(column, "mechanism", fields | {"until": ""}, follows=record.pk)
    assert list(expired()) == [] and recheck_expired(finding.reference).mended
