"""The screens of the special inspection, and the report read back."""

from __future__ import annotations

import csv
import io

import pytest
from docx import Document

from gongkai.foundation.access import Role
from gongkai.review.models import Inspection, InspectionEntry, Judgement, Release
from gongkai.review.services import close_inspection, judge_conforming, judge_entry

HERE = "/admin/review/inspections/"


@pytest.fixture
def inspection(begin, releases) -> Inspection:
    return begin(size=4)


@pytest.fixture
def entered(client, inspector):
    client.force_login(inspector)
    return client


def at(inspection, entry=None):
    return f"{HERE}{inspection.pk}/" + (f"{entry.pk}/" if entry else "")


class TestList:
    def test_an_empty_one_teaches_and_warns(self, entered, county):
        page = entered.get(HERE).text
        assert "还没有专项检查" in page and "2026年还没有完成的专项检查" in page
        assert f'href="{HERE}begin/"' in page

    def test_the_warning_goes_with_a_closed_one(self, entered, inspection, inspector):
        assert "2026年还没有完成的专项检查" in entered.get(HERE).text
        judge_conforming(inspector, inspection, list(inspection.entries.values_list("pk", flat=True)))
        close_inspection(inspector, inspection, "合规")
        assert "2026年还没有完成的专项检查" not in entered.get(HERE).text

    @pytest.mark.parametrize(("query", "there"), [("year=2026", True), ("year=2025", False), ("state=closed", False)])
    def test_filters(self, entered, inspection, query, there):
        assert (inspection.title in entered.get(f"{HERE}results/?{query}").text) is there

    def test_exports(self, entered, inspection):
        answer = entered.get(f"{HERE}?export=csv")
        rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
        line = dict(zip(*rows, strict=True))
        assert (line["抽样种子"], line["抽查"], line["范围内登记数"]) == ("20260615", "4", "10")

    @pytest.mark.parametrize(("who", "status"), [("office", 200), ("clerk", 403), ("leader", 403)])
    def test_who_reads(self, client, people, inspection, who, status):
        client.force_login(getattr(people, who))
        for address in (HERE, at(inspection), f"{at(inspection)}report/"):
            assert client.get(address).status_code == status
        assert client.get(f"{HERE}begin/").status_code == 403

    def test_another_county_sees_nothing(self, client, person, inspection):
        from gongkai.bodies.models import Body, Kind

        other = Body.objects.create(code="dongshan", name="东山县人民政府", kind=Kind.COUNTY)
        client.force_login(person("other", (other, Role.SECRECY_ADMIN)))
        assert inspection.title not in client.get(HERE).text
        assert client.get(at(inspection)).status_code == 404

    def test_queries_do_not_grow(self, entered, begin, releases, django_assert_max_num_queries):
        for number in range(6):
            begin(size=3, seed=str(number))
        entered.get(f"{HERE}results/")
        with django_assert_max_num_queries(20):
            entered.get(f"{HERE}results/")


class TestBegin:
    FORM = {
        "title": "检查",
        "year": "2026",
        "scope_from": "2026-01-01",
        "scope_to": "2026-12-31",
        "method": "random",
        "size": "4",
        "seed": "20260615",
    }

    def test_offers_this_year_and_a_seed(self, entered, county):
        page = entered.get(f"{HERE}begin/")
        assert "2026年政府信息公开保密审查专项检查" in page.text
        seeds = {
            entered.get(f"{HERE}begin/")
            .context["form"]
            .get_initial_for_field(page.context["form"].fields["seed"], "seed")
            for _ in range(4)
        }
        assert len(seeds) > 1

    def test_draws(self, entered, releases, county):
        answer = entered.post(f"{HERE}begin/", self.FORM | {"county": county.body.pk}, follow=True)
        assert "已抽取 4 项登记" in answer.text
        assert Inspection.objects.get().entries.count() == 4

    @pytest.mark.parametrize(
        ("facts", "why"),
        [({"size": ""}, "随机抽样须填写抽取数量"), ({"scope_to": "昨天"}, "输入一个有效的日期")],
    )
    def test_keeps_what_was_typed_and_says_why(self, entered, releases, county, facts, why):
        page = entered.post(f"{HERE}begin/", self.FORM | {"county": county.body.pk, "title": "我的检查"} | facts).text
        assert why in page and "我的检查" in page
        assert not Inspection.objects.exists()


class TestOne:
    def test_says_how_it_was_drawn_and_how_far_it_is(self, entered, inspection):
        page = entered.get(at(inspection)).text
        for words in ("抽样种子：20260615", "SM3", "已判 0/4", "共 10 项", "将所选判定为合规"):
            assert words in page

    def test_several_are_called_conforming(self, entered, inspection):
        ids = list(inspection.entries.values_list("pk", flat=True))[:3]
        page = entered.post(at(inspection), {"do": "conform", "id": ids}, follow=True).text
        assert "已将 3 项判定为合规" in page and "已判 3/4" in page
        assert "请先勾选" in entered.post(at(inspection), {"do": "conform"}, follow=True).text

    def test_ones_own_has_no_box_and_is_said(self, entered, inspection, inspector):
        entry = inspection.entries.first()
        Release.objects.filter(pk=entry.release_id).update(requested_by=inspector)
        assert f'name="id" value="{entry.pk}"' not in entered.get(at(inspection)).text
        assert (
            "由其他检查人员判定" in entered.post(at(inspection), {"do": "conform", "id": [entry.pk]}, follow=True).text
        )
        assert "由其他检查人员判定" in entered.get(at(inspection, entry)).text

    def test_filters_by_judgement(self, entered, inspection, inspector):
        one = inspection.entries.first()
        judge_entry(inspector, one, Judgement.CONFORMING)
        listed = entered.get(at(inspection) + "?judgement=conforming").text
        assert at(inspection, one) in listed and at(inspection, inspection.entries.last()) not in listed

    def test_closes_and_then_offers_nothing(self, entered, inspection):
        ids = list(inspection.entries.values_list("pk", flat=True))
        assert "还有 4 项未判定" in entered.post(at(inspection), {"do": "close", "words": "好"}, follow=True).text
        entered.post(at(inspection), {"do": "conform", "id": ids})
        page = entered.post(at(inspection), {"do": "close", "words": "总体合规"}, follow=True).text
        assert "专项检查已完成" in page and "检查结论：总体合规" in page
        assert 'value="conform"' not in page and 'value="cancel"' not in page

    def test_the_office_reads_and_does_not_judge(self, client, people, inspection):
        client.force_login(people.office)
        entry = inspection.entries.first()
        assert 'value="conform"' not in client.get(at(inspection)).text
        assert "保存判定" not in client.get(at(inspection, entry)).text
        client.post(at(inspection), {"do": "conform", "id": [entry.pk]})
        client.post(at(inspection, entry), {"do": "judge", "judgement": "conforming"})
        entry.refresh_from_db()
        assert entry.judgement == Judgement.UNJUDGED

    def test_queries_do_not_grow(self, entered, begin, releases, django_assert_max_num_queries):
        whole = begin(size=10)
        entered.get(at(whole))
        with django_assert_max_num_queries(22):
            entered.get(at(whole))


class TestEntry:
    PROBLEM = {
        "do": "judge",
        "judgement": "problem",
        "problem": "personal",
        "what": "附件含手机号",
        "measure": "遮盖后重发",
    }

    def test_judged_and_on_to_the_next(self, entered, inspection):
        first, second = inspection.entries.all()[:2]
        page = entered.get(at(inspection, first)).text
        assert first.release.title in page and "网址" in page and "审查经过" in page
        answer = entered.post(at(inspection, first), self.PROBLEM)
        assert answer.url == at(inspection, second)
        first.refresh_from_db()
        assert (first.judgement, first.what) == ("problem", "附件含手机号")

    def test_a_problem_without_words_keeps_the_rest(self, entered, inspection):
        entry = inspection.entries.first()
        page = entered.post(at(inspection, entry), self.PROBLEM | {"measure": ""}).text
        assert "请填写整改要求" in page and "附件含手机号" in page
        entry.refresh_from_db()
        assert entry.judgement == Judgement.UNJUDGED

    def test_confirming_what_is_mended(self, entered, inspection, inspector):
        entry = inspection.entries.first()
        judge_entry(inspector, entry, Judgement.PROBLEM, "personal", "附件含手机号", "遮盖")
        answer = entered.post(at(inspection, entry), {"do": "mended", "note": "已遮盖"}, follow=True)
        assert "已确认整改" in answer.text and "其中已整改 1" in answer.text

    def test_of_another_inspection_is_not_found(self, entered, begin, inspection):
        other = begin(size=1, seed="9")
        assert entered.get(at(inspection, other.entries.first())).status_code == 404


@pytest.mark.slow
def test_the_report_says_it_all(entered, inspection, inspector):
    first, *rest = InspectionEntry.objects.filter(inspection=inspection)
    judge_entry(inspector, first, Judgement.PROBLEM, "personal", "附件含手机号", "遮盖后重新发布")
    judge_conforming(inspector, inspection, [one.pk for one in rest])
    close_inspection(inspector, inspection, "总体合规，个别附件需整改")
    answer = entered.get(f"{at(inspection)}report/")
    assert "attachment" in answer["Content-Disposition"]
    report = Document(io.BytesIO(answer.content))
    text = "\n".join(paragraph.text for paragraph in report.paragraphs)
    for words in (
        "抽样种子：20260615",
        "SM3",
        "共 10 项",
        "每年至少开展1次专项检查",
        "合规 3 项，有问题 1 项",
        "总体合规，个别附件需整改",
    ):
        assert words in text
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in report.tables]
    bodies, kinds, problems, sample = tables
    assert kinds[1] == ["泄露个人信息", "1", "0"]
    assert sum(int(row[1]) for row in bodies[1:]) == 4
    assert problems[1][2:] == ["泄露个人信息：附件含手机号", "遮盖后重新发布", "待整改"]
    assert [row[0] for row in sample[1:]] == [str(one.release_id) for one in (first, *rest)]
    (shape,) = report.inline_shapes
    assert "问题最多，1 项" in shape._inline.docPr.get("descr")


def test_a_report_without_problems_draws_nothing(entered, inspection):
    report = Document(io.BytesIO(entered.get(f"{at(inspection)}report/").content))
    text = "\n".join(paragraph.text for paragraph in report.paragraphs)
    assert "未发现问题" in text and "检查尚未完成" in text and "未判 4 项" in text
    assert len(report.inline_shapes) == 0
