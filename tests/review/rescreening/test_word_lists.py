"""Word lists: taken in whole or not at all, every version kept, used by the machine between their days."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from gongkai.core.screening import lexicon_problems
from gongkai.foundation.access import Refused, Role
from gongkai.foundation.events.models import Event
from gongkai.review.machine import screener
from gongkai.review.models import WordList
from gongkai.review.models.findings import CATEGORIES, SEVERITIES
from gongkai.review.rescreening.rules import version_of
from gongkai.review.services import add_word_list, end_word_list


def found(county, text):
    return [one.rule for one in screener(county.body.pk).screen(text) if one.rule.startswith("lexicon:县")]


class TestAdd:
    def test_the_machine_uses_it_at_once_and_for_this_county_only(self, add, county):
        from gongkai.bodies.models import Body, Kind

        assert found(county, "请到旧称局办理") == []
        add()
        assert found(county, "请到旧称局办理") == ["lexicon:县自建"]
        other = Body.objects.create(code="dongshan", name="东山县人民政府", kind=Kind.COUNTY)
        assert [one for one in screener(other.pk).screen("请到旧称局办理") if one.rule == "lexicon:县自建"] == []
        assert [one for one in screener().screen("请到旧称局办理") if one.rule == "lexicon:县自建"] == []

    def test_the_same_lists_are_read_once(self, add, county, django_assert_num_queries):
        add()
        first = screener(county.body.pk)
        with django_assert_num_queries(1):
            assert screener(county.body.pk) is first

    def test_every_bad_line_is_named_and_nothing_is_taken_in(self, add):
        text = "词语,级别,生效日期\n好词,confirm,2026-01-01\n,hint,\n坏级别,重,\n坏日期,hint,2026/1/1\n"
        with pytest.raises(ValidationError) as refusal:
            add(text)
        assert [message.split("：")[0] for message in refusal.value.messages] == [
            "县自建.csv 第3行",
            "县自建.csv 第4行",
            "县自建.csv 第5行",
        ]
        assert not WordList.objects.exists()

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("", "缺少“词语”一列"),
            ("词语\n", "没有词语"),
            ("名称,说明\n甲,乙\n", "缺少“词语”一列"),
            ("词语\n" + "长" * 201 + "\n", "超过200字"),
        ],
    )
    def test_what_is_no_list(self, add, text, why):
        with pytest.raises(ValidationError, match=why):
            add(text)

    def test_levels_and_kinds_are_taken_in_the_words_of_the_screens(self, people, county):
        words = [(str(kind), str(level)) for kind in CATEGORIES.values() for level in SEVERITIES.values()]
        lines = [
            f"词语{n},{kind},{level}" for n, (kind, level) in enumerate(words) if kind not in ("隐藏内容", "汇聚风险")
        ]
        file = ContentFile("\n".join(["词语,类别,级别", *lines]).encode(), "词表.csv")
        assert add_word_list(people.office, county.body, "词表", file).words == 18
        one = next(one for one in screener(county.body.pk).screen("写有词语9的") if one.rule == "lexicon:词表")
        assert (CATEGORIES[one.category], SEVERITIES[one.severity]) == words[9]

    def test_hundreds_of_bad_lines_are_told_shortly(self, add):
        with pytest.raises(ValidationError) as refusal:
            add("词语,级别\n" + "词,坏\n" * 300)
        assert len(refusal.value.messages) == 51 and "另有 250 处" in refusal.value.messages[-1]

    def test_chinese_excel_saves_gbk(self, people, county):
        file = ContentFile("词语\n旧称局\n".encode("gb18030"), "词表.csv")
        assert add_word_list(people.office, county.body, "词表", file).words == 1

    @pytest.mark.parametrize("data", [b"\xff\xfe\x00\x81\xff", b"PK\x03\x04\x00\x00\x00"])
    def test_something_else_is_refused(self, people, county, data):
        with pytest.raises(ValidationError, match=r"编码无法识别|缺少“词语”"):
            add_word_list(people.office, county.body, "词表", ContentFile(data, "词表.csv"))

    def test_names_of_the_products_own_are_taken(self, add):
        with pytest.raises(ValidationError, match="系统自带词库"):
            add(name="typos")
        with pytest.raises(ValidationError, match="不超过 40 字"):
            add(name="长" * 41)

    def test_by_the_office_and_the_secrecy_administration(self, add, people, person, county):
        add(actor=person("inspector", (county.body, Role.SECRECY_ADMIN)))
        for who in ("clerk", "leader"):
            with pytest.raises(Refused):
                add(actor=getattr(people, who))


class TestVersions:
    def test_a_new_one_replaces_and_the_old_one_stays(self, add, county):
        first, second = add(), add("词语\n另一词\n")
        first.refresh_from_db()
        assert (first.version, second.version) == (1, 2)
        assert first.active_to == date(2026, 6, 14) and "旧称局" in first.content
        assert found(county, "旧称局另一词") == ["lexicon:县自建"]
        assert Event.objects.filter(verb="review.word_list_add").count() == 3, "two uploads, one end"

    def test_from_a_later_day(self, add, county, settings):
        add()
        add("词语\n另一词\n", active_from=date(2026, 7, 1), active_to=date(2026, 7, 31))
        assert len(found(county, "旧称局，另一词，旧称局")) == 2
        settings.GONGKAI_NOW = "2026-07-01T08:00:00+08:00"
        assert len(found(county, "旧称局，另一词，旧称局")) == 1
        settings.GONGKAI_NOW = "2026-08-01T08:00:00+08:00"
        assert found(county, "旧称局，另一词，旧称局") == []

    @pytest.mark.parametrize(
        ("facts", "why"),
        [({"active_from": date(2026, 6, 1)}, "启用日期已经过去"), ({"active_to": date(2026, 6, 1)}, "停用日期早于")],
    )
    def test_days_that_cannot_be(self, add, facts, why):
        with pytest.raises(ValidationError, match=why):
            add(**facts)

    def test_ended_it_is_used_no_longer(self, add, county, people):
        row = add()
        end_word_list(people.office, row)
        assert found(county, "旧称局") == []
        with pytest.raises(ValidationError, match="已经停用"):
            end_word_list(people.office, row)
        with pytest.raises(Refused):
            end_word_list(people.clerk, row)


def test_the_version_says_when_words_begin_and_end(add, county, settings):
    plain = version_of(screener(county.body.pk))
    row = add("词语,生效日期,失效日期\n旧称局,2026-07-01,2026-07-31\n")
    before = version_of(screener(county.body.pk))
    settings.GONGKAI_NOW = "2026-07-01T08:00:00+08:00"
    during = version_of(screener(county.body.pk))
    settings.GONGKAI_NOW = "2026-07-02T08:00:00+08:00"
    assert version_of(screener(county.body.pk)) == during, "another day of the same words is the same version"
    settings.GONGKAI_NOW = "2026-08-01T08:00:00+08:00"
    after = version_of(screener(county.body.pk))
    assert len({plain, before, during, after}) == 4
    assert row.words == 1 and all(len(one) <= 64 for one in (plain, before, during, after))


def test_problems_of_a_good_list_are_none():
    assert lexicon_problems("词语\n甲乙\n", "好") == []
    assert lexicon_problems("词语\n甲\n" + "长" * 201, "坏") == ["坏 第3行：词语超过200字，请缩短"]
