"""What the register says of a release from its being put forward to its withdrawal, and what it must never say."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError
from tests.review.conftest import KIND
from tests.review.passing import GROUND, holder, no_to_all, pass_until, sign

from gongkai.channels.models import Site
from gongkai.foundation.access import Role
from gongkai.review import gate
from gongkai.review.models import Asked, Attribute, Disposal, Entry, Release, StepKind, Verdict, What
from gongkai.review.register import note
from gongkai.review.register.noting import LISTED, findings_of
from gongkai.review.register.verify import stored, verify
from gongkai.review.services import (
    answer,
    ask,
    dispose,
    hold,
    look_again,
    request,
    resume,
    send_back,
    withdraw,
)

ID = "11010519491231002X"
MOBILE = "13812345678"


def told(release=None) -> list[str]:
    entries = Entry.objects.all() if release is None else Entry.objects.filter(release=release)
    return [What(one.what).name for one in entries]


def last() -> Entry:
    return Entry.objects.last()


class TestCourse:
    def test_from_putting_forward_to_withdrawal(self, site, people):
        release = sign(people.leader, request(people.clerk, KIND, site.pk, "首次公开"))
        withdraw(people.office, release, "信息有误", "该信息已更正")
        assert told(release) == [
            "REQUESTED",
            "MACHINE_PASSED",
            "PASSED",
            "DESCRIBED",
            "PASSED",
            "PASSED",
            "SIGNED",
            "PUBLISHED",
            "WITHDRAWN",
        ]
        first, final = Entry.objects.first(), last()
        assert first.actor == people.clerk and first.facts["note"] == "首次公开"
        assert (first.facts["title"], first.facts["body"]) == ("清河发改", "qinghe.fgj")
        assert first.facts["digest"] == release.digest
        assert (final.facts["reason"], final.facts["notice"]) == ("信息有误", "该信息已更正")
        signed = Entry.objects.get(what=What.SIGNED).facts
        assert signed["attribute"] == "proactive" and signed["ground"] == GROUND
        assert set(signed["answers"]) == set(no_to_all())
        assert [one.facts.get("step") for one in Entry.objects.filter(what=What.PASSED)] == [
            StepKind.REVIEWER,
            StepKind.SECRECY,
            StepKind.LEADER,
        ]
        assert Entry.objects.get(what=What.PUBLISHED).facts["address"] == f"/sites/{site.pk}/"
        assert verify(stored()).intact

    def test_what_is_not_made_public_is_not_said_to_be(self, site, people):
        release = request(people.clerk, KIND, site.pk, attribute=Attribute.ON_APPLICATION)
        sign(people.leader, release)
        assert told()[-1] == "SIGNED" and not gate.is_open(KIND, site)

    def test_sent_back(self, site, people):
        send_back(people.leader, pass_until(request(people.clerk, KIND, site.pk), StepKind.LEADER), "请核对网址")
        assert told()[-1] == "RETURNED"
        assert last().facts["note"] == "请核对网址" and last().facts["step"] == "leader"

    def test_replaced_by_a_new_text(self, site, people):
        old = request(people.clerk, KIND, site.pk)
        Site.objects.update(name="清河县发改局网站")
        new = request(people.clerk, KIND, site.pk)
        assert told(old)[-1] == "SUPERSEDED" and told(new)[0] == "REQUESTED"

    def test_held_and_resumed(self, site, people):
        release = sign(people.leader, request(people.clerk, KIND, site.pk))
        hold(None, release, "复筛发现问题")
        assert (told()[-1], last().actor, last().facts["reason"]) == ("HELD", None, "复筛发现问题")
        resume(people.leader, release, "核实无误")
        assert told()[-1] == "RESUMED"

    def test_urgent_and_looked_at_again(self, site, people, county):
        release = request(people.clerk, KIND, site.pk, urgent=True, urgent_reason="暴雨预警")
        assert Entry.objects.first().facts["urgent_reason"] == "暴雨预警"
        release = sign(people.leader, release)
        look_again(people.office, release, True, "没有问题")
        assert (told()[-1], last().facts["sound"]) == ("LOOKED_AGAIN", True)

    def test_others_were_asked(self, site, people, person, county):
        release = request(people.clerk, KIND, site.pk)
        reviewer = holder(county.fgj, Role.REVIEWER)
        opinion = ask(reviewer, release, Asked.SECRECY_ADMIN, "能否公开")
        assert (told()[-1], last().facts["question"]) == ("ASKED", "能否公开")
        answer(person("bmj", (county.body, Role.SECRECY_ADMIN)), opinion, Verdict.PUBLISH, "可以")
        assert (told()[-1], last().facts["verdict"], last().facts["answer"]) == ("ANSWERED", "publish", "可以")

    def test_a_refused_act_leaves_no_entry(self, site, people):
        release = request(people.clerk, KIND, site.pk)
        before = Entry.objects.count()
        with pytest.raises(ValidationError):
            send_back(holder(release.body, Role.REVIEWER), release, " ")
        assert Entry.objects.count() == before


class TestFindings:
    def test_excerpts_are_masked_and_keyed(self, county, people):
        site = Site.objects.create(name="联系人手机", url=f"https://x.example/{MOBILE}", owner=county.fgj)
        Site.objects.filter(pk=site.pk).update(name=f"联系人手机{MOBILE}")
        release = request(people.clerk, KIND, site.pk)
        assert MOBILE not in json.dumps([one.facts for one in Entry.objects.all()], ensure_ascii=False)
        assert release.findings.exists()
        finding = release.findings.first()
        if finding.severity != "block":
            dispose(people.clerk, finding, Disposal.KEEP, "单位值班手机")
            row = last().facts["findings"][0]
            assert (row["keyed"], row["disposal"], row["reason"]) == (finding.keyed, "keep", "单位值班手机")
            assert row["excerpt"] == finding.excerpt

    def test_what_the_machine_stops(self, county, people):
        site = Site.objects.create(name=f"公民身份号码{ID}", url="https://x.example/", owner=county.fgj)
        request(people.clerk, KIND, site.pk)
        assert told() == ["REQUESTED", "MACHINE_STOPPED"]
        [row, *_more] = last().facts["findings"]
        assert len(row["keyed"]) == 64 and ID not in json.dumps(last().facts)
        assert last().facts["machine"]

    def test_very_many_are_counted(self, site, people):
        from gongkai.review.models import Finding

        rows = [Finding(rule="personal.mobile", severity="confirm") for _ in range(LISTED + 10)]
        facts = findings_of(rows)
        assert len(facts["findings"]) == LISTED and facts["counts"] == {"personal.mobile": LISTED + 10}


class TestWords:
    @pytest.mark.parametrize(
        ("words", "kept"),
        [
            (f"请删去{MOBILE}", "请删去138****5678"),
            (f"身份证{ID}未遮盖", "35"),
            ("没有问题", "没有问题"),
        ],
    )
    def test_personal_data_in_what_people_write_are_masked(self, site, people, words, kept):
        release = request(people.clerk, KIND, site.pk)
        send_back(holder(release.body, Role.REVIEWER), release, words)
        written = last().facts["note"]
        assert ID not in written and MOBILE not in written
        assert kept in written or "*" in written

    @pytest.mark.parametrize(("field", "named"), [("note", "意见"), ("ground", "公开依据"), ("answers", "条例核对")])
    def test_a_suspected_secret_is_refused_with_the_field(self, site, people, field, named):
        release = request(people.clerk, KIND, site.pk)
        before = Entry.objects.count()
        words = {"process": {"answer": "yes", "note": "机密★5年"}} if field == "answers" else "原件标注机密★5年"
        with pytest.raises(ValidationError, match=f"“{named}”中有疑似国家秘密标志"):
            note(release, What.RETURNED, people.clerk, **{field: words})
        assert Entry.objects.count() == before

    def test_a_title_keeps_nobody_from_withdrawing(self, site, people):
        """Rules grow: what was a title yesterday may be a suspicion today."""
        release = request(people.clerk, KIND, site.pk)
        release.title = "原件标注机密★5年"
        entry = note(release, What.WITHDRAWN, people.clerk, reason="先行撤下")
        assert "机密★5年" not in entry.facts["title"]

    def test_without_a_release(self, db):
        entry = note(None, What.INCIDENT, None, note=f"电话{MOBILE}")
        assert entry.facts == {"note": "电话138****5678"} and entry.release is None

    def test_the_register_outlives_what_it_tells_of(self, site, people):
        from django.db.models import ProtectedError

        release = request(people.clerk, KIND, site.pk)
        with pytest.raises(ProtectedError):
            Release.objects.filter(pk=release.pk).delete()
