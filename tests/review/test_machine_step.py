"""The machine's gate: a block stops, what is to be confirmed needs a decision by name, a hint is shown."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from tests.review.conftest import KIND
from tests.review.passing import holder, sign

from gongkai.channels.models import Site
from gongkai.core.screening import Severity
from gongkai.foundation.access import Refused, Role
from gongkai.foundation.registries import reviewables
from gongkai.review.fingerprints import keyed
from gongkai.review.models import Disposal, Finding, Outcome, Release, State
from gongkai.review.services import approve, dispose, mask, request

IDENTITY = "11010519491231002X"
MOBILE = "13812345678"


@pytest.fixture
def put(site, people):
    """Put the site forward under another name."""

    def forward(name: str) -> Release:
        site.name = name
        site.save()
        return request(people.clerk, KIND, site.pk)

    return forward


def severities(release: Release) -> set[str]:
    return set(release.findings.values_list("severity", flat=True))


class TestBlock:
    def test_stops_and_stays_in_the_register(self, put):
        release = put(f"张三，身份证号{IDENTITY}")
        assert release.state == State.STOPPED
        assert Severity.BLOCK in severities(release)
        assert release.steps.get(kind="machine").outcome == Outcome.RETURNED
        assert not release.steps.exclude(kind="machine").exclude(opened_at=None).exists()

    def test_lists_typed_in_a_text_are_read_as_tables(self, put):
        release = put("姓名 住院号 科室\n王建国 ZY20230456 内科")
        assert [finding.rule for finding in release.findings.filter(severity=Severity.CONFIRM)] == ["personal-number"]

    def test_keeps_only_a_masked_excerpt_and_a_keyed_digest(self, put):
        release = put(f"张三，身份证号{IDENTITY}")
        finding = release.findings.get(severity=Severity.BLOCK)
        assert release.title == "张三，身份证号11*************02X"
        row = " ".join(str(getattr(finding, field.name)) for field in Finding._meta.concrete_fields)
        assert IDENTITY not in row
        assert IDENTITY[6:14] not in row
        assert finding.keyed == keyed(IDENTITY)

    def test_cannot_be_kept(self, put, people):
        release = put(f"张三，身份证号{IDENTITY}")
        with pytest.raises(ValidationError):
            dispose(people.clerk, release.findings.first(), Disposal.KEEP, "领导同意")

    def test_nobody_can_pass_it(self, put, people, county):
        release = put(f"张三，身份证号{IDENTITY}")
        with pytest.raises(ValidationError, match="机器审查未通过，不能重复办理"):
            approve(holder(county.fgj, Role.REVIEWER), release)

    def test_mended_it_goes_on(self, put):
        put(f"张三，身份证号{IDENTITY}")
        assert put("清河发改").state == State.WAITING


class TestConfirm:
    @pytest.fixture
    def release(self, put) -> Release:
        release = put(f"联系人手机{MOBILE}")
        assert severities(release) == {Severity.CONFIRM}
        return release

    def test_waits_until_somebody_decides_by_name(self, release, people, county):
        with pytest.raises(Refused, match="等待处置机器发现"):
            approve(holder(county.fgj, Role.REVIEWER), release)
        finding = dispose(people.clerk, release.findings.get(), Disposal.KEEP, "值班电话，本人同意公开")
        assert (finding.decided_by, finding.reason) == (people.clerk, "值班电话，本人同意公开")
        assert release.steps.get(kind="machine").outcome == Outcome.PASSED
        sign(people.leader, release)

    @pytest.mark.parametrize("disposal", [Disposal.KEEP, Disposal.NOT_APPLICABLE])
    def test_needs_a_reason(self, release, people, disposal):
        with pytest.raises(ValidationError, match="请填写保留或者不适用的理由"):
            dispose(people.clerk, release.findings.get(), disposal, "  ")

    def test_may_be_sent_back_to_be_mended(self, release, people):
        dispose(people.clerk, release.findings.get(), Disposal.MEND)
        release.refresh_from_db()
        assert release.state == State.RETURNED

    def test_what_was_decided_once_is_known_again(self, release, people, put):
        dispose(people.clerk, release.findings.get(), Disposal.KEEP, "值班电话")
        again = put(f"联系人手机{MOBILE}，工作时间拨打")
        finding = again.findings.get()
        assert (finding.disposal, finding.decided_by, finding.reason) == (Disposal.KEEP, people.clerk, "值班电话")
        assert again.steps.get(kind="machine").outcome == Outcome.PASSED

    def test_another_number_is_asked_about(self, release, people, put):
        dispose(people.clerk, release.findings.get(), Disposal.KEEP, "值班电话")
        assert put("联系人手机13987654321").findings.get().disposal == ""

    @pytest.mark.parametrize("who", ["leader", "other_clerk", "other_leader"])
    def test_not_by_others(self, release, people, who):
        with pytest.raises(Refused):
            dispose(getattr(people, who), release.findings.get(), Disposal.KEEP, "可以")


class TestMask:
    @pytest.fixture
    def maskable(self, reviewable):
        """A room that writes the masked form over the stretches."""

        def write(site, actor, part, stretches):
            for start, end, words in sorted(stretches, reverse=True):
                site.name = site.name[:start] + words + site.name[end:]
            site.save()

        reviewables.unregister(KIND)
        return reviewables.register(replace(reviewable, mask=write))

    def test_writes_the_accepted_form_which_then_passes(self, maskable, put, people, site):
        release = put(f"张三，身份证号{IDENTITY}")
        mask(people.clerk, release, list(release.findings.filter(severity=Severity.BLOCK)))
        site.refresh_from_db()
        assert IDENTITY not in site.name
        assert "*" in site.name
        assert release.findings.get(severity=Severity.BLOCK).disposal == Disposal.MASK
        assert request(people.clerk, KIND, site.pk).state == State.WAITING

    def test_not_after_the_text_moved_under_it(self, maskable, put, people):
        release = put(f"张三，身份证号{IDENTITY}")
        Site.objects.update(name=f"李四和张三，身份证号{IDENTITY}")
        with pytest.raises(ValidationError, match="内容已有改动"):
            mask(people.clerk, release, list(release.findings.all()))

    def test_not_what_belongs_to_another_release(self, maskable, put, people):
        first = put(f"张三，身份证号{IDENTITY}")
        second = put(f"王五，身份证号{IDENTITY}")
        with pytest.raises(ValidationError, match="请选择本次审查的机器发现"):
            mask(people.clerk, second, list(first.findings.all()))

    def test_not_where_the_room_cannot(self, put, people):
        release = put(f"张三，身份证号{IDENTITY}")
        with pytest.raises(ValidationError, match="网站不能自动遮盖"):
            mask(people.clerk, release, list(release.findings.all()))


class TestAttachments:
    """An identity number in a hidden column of a spreadsheet is what incidents are made of."""

    @pytest.fixture
    def with_file(self, reviewable, tmp_path):
        def attach(path):
            class Stored:
                def __init__(self):
                    self.path, self.name = str(path), path.name

            reviewables.unregister(KIND)
            reviewables.register(replace(reviewable, files=lambda site: [("名单.xlsx", Stored())]))

        return attach

    def test_a_hidden_column_stops(self, with_file, tmp_path, people, site):
        book = openpyxl.Workbook()
        book.active.append(["姓名", "身份证号"])
        book.active.append(["张三", IDENTITY])
        book.active.column_dimensions["B"].hidden = True
        book.save(tmp_path / "list.xlsx")
        with_file(tmp_path / "list.xlsx")
        release = request(people.clerk, KIND, site.pk)
        found = release.findings.filter(severity=Severity.BLOCK, in_file=True)
        assert release.state == State.STOPPED
        assert {one.part for one in found} == {"名单.xlsx"}
        assert any("B2" in one.where for one in found)

    def test_what_cannot_be_read_is_named(self, with_file, tmp_path, people, site):
        (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 not really")
        with_file(tmp_path / "broken.xlsx")
        release = request(people.clerk, KIND, site.pk)
        assert len(release.not_examined) == 1
        assert release.not_examined[0].startswith("名单.xlsx：")


def test_what_changed_while_the_machine_looked_is_not_put_forward(site, people, monkeypatch):
    """The register says which revision and digest were put forward: both must be of what the machine saw."""
    from gongkai.review.services import requesting

    seen = requesting.look

    def look_slowly(entry, candidate, **how):
        found = seen(entry, candidate, **how)
        Site.objects.update(name="检查期间改动")
        return found

    monkeypatch.setattr(requesting, "look", look_slowly)
    with pytest.raises(ValidationError, match="机器检查期间内容有改动"):
        request(people.clerk, KIND, site.pk)
    assert not Release.objects.exists()
