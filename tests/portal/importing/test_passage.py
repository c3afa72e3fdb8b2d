"""From a source to the public: loaded as drafts, one passage for all, open for exactly what was signed (ADR 11)."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from tests.portal import writing
from tests.portal.importing import sources
from tests.review.passing import holder, sign
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry

from gongkai.channels.models import Column
from gongkai.core.siteimport import open_source
from gongkai.foundation.access import Role
from gongkai.foundation.events.models import Event
from gongkai.foundation.registries import reviewables
from gongkai.portal.importing import manifest, services
from gongkai.portal.importing.closing import close_slice
from gongkai.portal.importing.loading import load
from gongkai.portal.importing.models import Batch, Outcome, Phase, Row, RowFinding
from gongkai.portal.importing.opening import open_slice
from gongkai.portal.models import ArticlePage, AttachmentFile
from gongkai.review import gate
from gongkai.review.machine import look
from gongkai.review.models import Entry, Release, State, What
from gongkai.review.register.verify import stored, verify
from gongkai.review.rescreening.known import new_in
from gongkai.review.services import request, send_back, withdraw

pytestmark = pytest.mark.slow

PHONE = "联系人李明，手机13812345678。"
SECRET = "机密★10年"


@pytest.fixture
def place(county):
    return sources.office(county)


def outcomes(batch: Batch) -> dict[str, int]:
    rows = list(batch.rows.values_list("outcome", flat=True))
    return {one: rows.count(one) for one in set(rows)}


class TestLoading:
    def test_drafts_beneath_their_column(self, place, tmp_path):
        batch = sources.loaded(place, sources.write(tmp_path, [sources.record(n) for n in range(5)]))
        assert batch.phase == Phase.LOADED and outcomes(batch) == {"ready": 5}
        page = ArticlePage.objects.child_of(place.column).order_by("path").first()
        assert (page.title, page.source, page.published_on) == (
            "清河县重点项目进展（第0期）",
            "县府办",
            date(2023, 1, 1),
        )
        assert page.slug.startswith("t20230101-0-") and not page.live
        assert Client().get(page.url).status_code == 404
        assert Page.find_problems() == ([], [], [], [], [])
        row = batch.rows.get(number=1)
        assert row.digest == gate.digest_of("portal.article", page)

    def test_what_is_wrong_is_named_and_stops_nothing(self, place, tmp_path):
        records = [
            sources.record(0),
            sources.record(1, title=""),
            sources.record(2, column="别的栏目"),
            sources.record(3, published="昨天"),
            sources.record(0),
            sources.record(5, attachments=["files/none.pdf"]),
        ]
        batch = sources.loaded(place, sources.write(tmp_path, records))
        told = {row.number: (row.outcome, "".join(row.says)) for row in batch.rows.all()}
        assert [told[n][0] for n in range(1, 7)] == ["ready", "bad", "unmapped", "bad", "known", "held"]
        assert "标题" in told[2][1] and "发布时间" in told[4][1] and "none.pdf" in told[6][1]
        assert ArticlePage.objects.child_of(place.column).count() == 2

    def test_files_come_with_their_article(self, place, tmp_path):
        (tmp_path / "files").mkdir()
        (tmp_path / "files" / "jindu.txt").write_text("项目进度表")
        listed = [{"name": "进度表", "path": "files/jindu.txt"}]
        batch = sources.loaded(place, sources.write(tmp_path, [sources.record(1, attachments=listed)]))
        page = ArticlePage.objects.child_of(place.column).get()
        document = page.attachments.get().document
        assert document.title == "进度表" and document.file.read().decode() == "项目进度表"
        assert document.collection == place.section.collection
        batch = sources.signed(place, batch)
        assert Client().get(document.url).status_code == 200

    def test_the_same_again_loads_nothing(self, place, tmp_path):
        path = sources.write(tmp_path, [sources.record(n) for n in range(4)])
        sources.loaded(place, path)
        again = sources.loaded(place, path)
        assert outcomes(again) == {"known": 4}
        assert ArticlePage.objects.child_of(place.column).count() == 4

    def test_an_address_is_the_same_with_and_without_www_and_scheme(self, place, tmp_path):
        one = sources.record(1)
        other = one | {"url": one["url"].replace("http://www.", "https://") + "/"}
        assert outcomes(sources.loaded(place, sources.write(tmp_path, [one, other]))) == {"ready": 1, "known": 1}

    def test_what_was_deleted_may_be_loaded_again(self, place, tmp_path):
        path = sources.write(tmp_path, [sources.record(1)])
        sources.loaded(place, path)
        ArticlePage.objects.child_of(place.column).get().delete()
        assert outcomes(sources.loaded(place, path)) == {"ready": 1}

    def test_goes_on_where_it_was_killed(self, place, tmp_path, monkeypatch):
        """In the middle of a slice: nothing of it stands, and everything is there once afterwards."""
        from gongkai.portal.importing import loading

        monkeypatch.setattr(loading, "SLICE", 3)
        path = sources.write(tmp_path, [sources.record(n) for n in range(8)])
        batch = sources.begun(place, path)
        written = []

        def killed(row_batch, one):
            written.append(one)
            if len(written) == 5:
                raise KeyboardInterrupt
            return made(row_batch, one)

        made = loading._row
        monkeypatch.setattr(loading, "_row", killed)
        with open_source(path) as source, pytest.raises(KeyboardInterrupt):
            load(batch.pk, source, None)
        batch.refresh_from_db()
        assert batch.cursor == 3 and batch.rows.count() == 3
        assert ArticlePage.objects.child_of(place.column).count() == 3
        monkeypatch.setattr(loading, "_row", made)
        with open_source(path) as source:
            load(batch.pk, source, None)
        assert batch.rows.count() == 8
        assert ArticlePage.objects.child_of(place.column).count() == 8
        assert Page.find_problems() == ([], [], [], [], [])

    def test_of_two_workers_one_writes(self, place, tmp_path):
        path = sources.write(tmp_path, [sources.record(n) for n in range(3)])
        batch = sources.begun(place, path)
        with open_source(path) as source:
            from gongkai.portal.importing.loading import _load_slice
            from gongkai.portal.importing.targets import targets_of

            part = list(source.records())
            slow, quick = (Batch.objects.get(pk=batch.pk) for _one in range(2))
            assert _load_slice(quick, part, targets_of(quick), source)
            assert not _load_slice(slow, part, targets_of(slow), source)
        assert batch.rows.count() == 3

    def test_only_columns_of_the_body(self, place, tmp_path, county):
        other = writing.column(writing.section(county.czj))
        with pytest.raises(ValidationError, match="本单位的栏目"):
            sources.begun(place, sources.write(tmp_path, [sources.record(1)]), 工作动态=other.pk)

    def test_a_county_fills_columns_of_all_its_bodies(self, place, tmp_path, county):
        other = writing.through_the_gate(writing.column(writing.section(county.czj)))
        place.body, place.clerk = county.body, holder(county.body, Role.OFFICE)
        records = [sources.record(1), sources.record(2, column="财政")]
        batch = sources.loaded(place, sources.write(tmp_path, records), 工作动态=place.column.pk, 财政=other.pk)
        sources.signed(place, batch)
        bodies = Release.objects.filter(kind="portal.article").values_list("body__code", flat=True)
        assert sorted(bodies) == ["qinghe.czj", "qinghe.fgj"]
        assert Client().get(ArticlePage.objects.child_of(other).get().url).status_code == 200

    def test_nobody_else_imports(self, place, tmp_path, county):
        for person in (holder(county.czj, Role.CLERK), holder(county.fgj, Role.LEADER)):
            with pytest.raises(PermissionDenied):
                services.begin(person, place.body, "旧网站", "a.jsonl", "0")


class TestSecrets:
    """疑似国家秘密不落盘: not a word of such an article is written, the others are."""

    @pytest.mark.parametrize("field", ["title", "body", "summary", "column", "url"])
    def test_skipped_wherever_it_stands(self, place, tmp_path, field):
        marked = sources.record(1)
        marked[field] = marked.get(field, "") + f"（{SECRET}）"
        batch = sources.loaded(place, sources.write(tmp_path, [sources.record(0), marked, sources.record(2)]))
        assert outcomes(batch) == {"ready": 2, "secret": 1}
        row = batch.rows.get(outcome=Outcome.SECRET)
        assert (row.number, row.url, row.title, row.column, row.says) == (2, "", "", "", [])

    def test_in_a_file(self, place, tmp_path):
        (tmp_path / "a.txt").write_text(f"{SECRET}\n关于某事项的报告\n")
        batch = sources.loaded(place, sources.write(tmp_path, [sources.record(1, attachments=["a.txt"])]))
        assert outcomes(batch) == {"secret": 1}
        assert not AttachmentFile.objects.exists()

    def test_in_the_register(self, place, tmp_path):
        from gongkai.review.models import Incident

        records = [sources.record(n, body=SECRET) for n in range(3)]
        sources.loaded(place, sources.write(tmp_path, records))
        incident = Incident.objects.get()
        assert incident.times == 3 and incident.actor == place.clerk


class TestFindings:
    @pytest.fixture
    def batch(self, place, tmp_path) -> Batch:
        records = [
            sources.record(0),
            sources.record(1, body=f"<p>{PHONE}</p>"),
            sources.record(2, body=f"<p>{PHONE}</p>"),
        ]
        return sources.loaded(place, sources.write(tmp_path, records))

    def test_of_every_article(self, batch):
        found = RowFinding.objects.filter(row__batch=batch, severity="confirm")
        assert {one.row.number for one in found} == {2, 3}
        assert all("13812345678" not in one.excerpt for one in found)

    def test_nothing_is_put_forward_before_they_are_decided(self, place, batch):
        with pytest.raises(ValidationError, match="机器发现没有处置"):
            sources.put_forward(place, batch)

    def test_kept_by_name_for_a_reason(self, place, batch):
        for rule in set(RowFinding.objects.filter(severity="confirm").values_list("rule", flat=True)):
            with pytest.raises(ValidationError, match="理由"):
                services.keep(place.clerk, batch, rule, " ")
            services.keep(place.clerk, batch, rule, "对外公布的联系方式")
        batch = sources.signed(place, batch)
        assert outcomes(batch) == {"open": 3}
        release = batch.rows.get(number=2).release
        kept = release.findings.filter(severity="confirm").first()
        assert (kept.disposal, kept.reason, kept.decided_by) == ("keep", "对外公布的联系方式", place.clerk)
        assert Event.objects.filter(verb="portal.import_keep", reason="对外公布的联系方式").exists()
        page = ArticlePage.objects.get(pk=release.object_id)
        assert new_in(release, look(reviewables.get("portal.article"), page)) == []  # rescreening knows them

    def test_left_out_to_go_their_own_way(self, place, batch):
        for rule in set(RowFinding.objects.filter(severity="confirm").values_list("rule", flat=True)):
            services.leave_out(place.clerk, batch, rule)
        batch = sources.signed(place, batch)
        assert outcomes(batch) == {"open": 1, "left": 2}
        assert ArticlePage.objects.child_of(place.column).live().count() == 1

    def test_what_the_machine_blocks_stays_a_draft(self, place, tmp_path):
        identity = "公民身份号码11010519491231002X"
        path = sources.write(tmp_path, [sources.record(1, body=f"<p>{identity}</p>"), sources.record(2)])
        batch = sources.loaded(place, path)
        blocked = RowFinding.objects.filter(row__number=1, severity="block").exists()
        assert blocked and outcomes(batch) == {"held": 1, "ready": 1}


class TestSigning:
    @pytest.fixture
    def batch(self, place, tmp_path) -> Batch:
        return sources.loaded(place, sources.write(tmp_path, [sources.record(n) for n in range(6)]))

    def test_nothing_is_public_before_the_signature(self, place, batch):
        release = sources.put_forward(place, batch)
        assert not open_slice(batch.pk)
        assert not ArticlePage.objects.live().filter(pk__in=batch.rows.values("page")).exists()
        sign(holder(place.body, Role.LEADER), release)
        assert not ArticlePage.objects.live().exists()  # the worker opens it
        assert Batch.objects.get().phase == Phase.OPENING

    def test_every_article_has_its_own_entry(self, place, batch):
        sources.signed(place, batch)
        whole = Release.objects.get(kind="portal.import")
        for row in batch.rows.all():
            release, page = row.release, ArticlePage.objects.get(pk=row.page_id)
            assert row.outcome == Outcome.OPEN and page.live
            assert row.url in release.note and "旧网站" in release.note and str(whole.pk) in release.note
            assert (release.decided_by, release.requested_by) == (whole.decided_by, whole.requested_by)
            assert (release.ground, release.digest, release.revision) == (
                whole.ground,
                row.digest,
                page.live_revision_id,
            )
            assert gate.is_open("portal.article", page)
            answer = Client().get(page.url)
            assert answer.status_code == 200 and page.title in answer.text
            assert (page.first_published_at.day, page.has_unpublished_changes) == (page.published_on.day, False)
            assert Event.objects.about(release).filter(verb="portal.import_open").exists()
            assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").exists()
        assert batch.rows.filter(outcome=Outcome.OPEN).count() == 6
        assert Batch.objects.get().phase == Phase.DONE

    @pytest.mark.usefixtures("search_index")
    def test_it_is_found_by_its_words(self, place, batch):
        page = ArticlePage.objects.get(pk=batch.rows.get(number=3).page_id)
        assert page.url not in Client().get("/search/", {"q": "按计划推进"}).text
        sources.signed(place, batch)
        assert page.url in Client().get("/search/", {"q": "按计划推进"}).text

    def test_the_register_of_columns_learns_of_the_newest(self, place, batch):
        sources.signed(place, batch)
        assert Column.objects.get(page_id=place.column.pk).newest_on == date(2023, 1, 6)

    def test_the_chain_holds_each_digest(self, place, batch):
        sources.signed(place, batch)
        entry = Entry.objects.filter(what=What.PUBLISHED, release__kind="portal.import").last()
        told = {one["digest"] for one in entry.facts["articles"]}
        assert told == set(batch.rows.values_list("digest", flat=True))
        assert verify(stored()).breaks == []

    def test_nobody_takes_two_steps(self, place, batch):
        release = sources.put_forward(place, batch)
        with pytest.raises(PermissionDenied):
            sign(place.clerk, release)

    def test_what_was_changed_after_loading_is_not_opened(self, place, batch):
        page = ArticlePage.objects.get(pk=batch.rows.get(number=2).page_id)
        sources.put_forward(place, batch)
        page.title = "趁审查时改的"
        page.save()
        sign(holder(place.body, Role.LEADER), Release.objects.get(kind="portal.import"))
        while open_slice(batch.pk):
            pass
        assert outcomes(batch) == {"open": 5, "changed": 1}
        assert Client().get(page.url).status_code == 404

    def test_a_newer_draft_waits_for_its_own_review(self, place, batch):
        page = writing.change(ArticlePage.objects.get(pk=batch.rows.get(number=2).page_id), title="修改稿")
        sources.signed(place, batch)
        answer = Client().get(page.url)
        assert answer.status_code == 200 and "修改稿" not in answer.text
        page.refresh_from_db()
        assert page.has_unpublished_changes and page.live_revision_id < page.latest_revision_id
        assert page.get_latest_revision_as_object().title == "修改稿"

    def test_what_goes_its_own_way_is_left_alone(self, place, batch):
        own = ArticlePage.objects.get(pk=batch.rows.get(number=3).page_id)
        request(place.clerk, "portal.article", own.pk)
        sources.signed(place, batch)
        assert outcomes(batch) == {"open": 5, "changed": 1}
        assert Release.objects.get(kind="portal.article", object_id=own.pk).state == State.WAITING

    def test_a_manifest_that_differs_opens_nothing(self, place, batch):
        sign(holder(place.body, Role.LEADER), sources.put_forward(place, batch))
        Batch.objects.update(manifest="0" * 64)
        assert not open_slice(batch.pk)
        assert not ArticlePage.objects.live().exists()

    def test_rows_written_past_the_signature_open_nothing(self, place, batch, tmp_path):
        """Another row made ready after the signature does not belong to what was signed."""
        draft = writing.article(place.column, "夹带的文章")
        sign(holder(place.body, Role.LEADER), sources.put_forward(place, batch))
        digest = gate.digest_of("portal.article", draft)
        Row.objects.create(batch=batch, number=99, page=draft, outcome=Outcome.READY, digest=digest, url="http://x.cn/")
        while open_slice(batch.pk):
            pass
        assert not ArticlePage.objects.get(pk=draft.pk).live

    def test_sent_back(self, place, batch):
        release = sources.put_forward(place, batch)
        with pytest.raises(ValidationError, match="不能重新打开"):
            services.take_back(place.clerk, batch)
        send_back(holder(place.body, Role.REVIEWER), release, "先核对栏目")
        services.take_back(place.clerk, batch)
        sources.signed(place, Batch.objects.get())
        assert outcomes(batch) == {"open": 6}

    def test_a_row_put_among_those_signed_closes_its_slice(self, place, batch):
        draft = writing.article(place.column, "夹带的文章")
        sign(holder(place.body, Role.LEADER), sources.put_forward(place, batch))
        Row.objects.filter(number=3).update(page=draft, digest=gate.digest_of("portal.article", draft))
        while open_slice(batch.pk):
            pass
        assert outcomes(batch) == {"changed": 6}

    def test_a_draft_deleted_meanwhile_keeps_nothing_else_back(self, place, batch):
        sign(holder(place.body, Role.LEADER), sources.put_forward(place, batch))
        ArticlePage.objects.get(pk=batch.rows.get(number=3).page_id).delete()
        while open_slice(batch.pk):
            pass
        assert outcomes(batch) == {"open": 5, "changed": 1}

    def test_opened_in_slices_and_gone_on_with(self, place, batch, monkeypatch):
        monkeypatch.setattr(manifest, "SLICE", 4)
        sign(holder(place.body, Role.LEADER), sources.put_forward(place, batch))
        assert open_slice(batch.pk)
        assert outcomes(batch) == {"open": 4, "ready": 2}
        assert not open_slice(batch.pk)
        assert not open_slice(batch.pk)
        assert outcomes(batch) == {"open": 6}


class TestAfterwards:
    @pytest.fixture
    def batch(self, place, tmp_path) -> Batch:
        return sources.signed(
            place, sources.loaded(place, sources.write(tmp_path, [sources.record(n) for n in range(3)]))
        )

    def test_old_addresses_lead_to_the_new_page(self, batch):
        row = batch.rows.get(number=1)
        answer = Client().get(row.url.removeprefix(sources.SITE), follow=True)
        assert answer.redirect_chain[0][1] == 301 and answer.status_code == 200 and row.title in answer.text
        assert Redirect.objects.count() == 3

    def test_one_is_edited_and_withdrawn_as_any_other(self, place, batch):
        page = ArticlePage.objects.get(pk=batch.rows.get(number=1).page_id)
        page = writing.through_the_gate(writing.change(page, title="改过的标题"))
        assert "改过的标题" in Client().get(page.url).text
        other = batch.rows.get(number=2).release
        withdraw(holder(place.body, Role.LEADER), other, "有误")
        assert Client().get(ArticlePage.objects.get(pk=other.object_id).url).status_code == 410

    def test_withdrawn_as_a_whole(self, place, batch):
        page = ArticlePage.objects.get(pk=batch.rows.get(number=1).page_id)
        own = writing.through_the_gate(
            writing.change(ArticlePage.objects.get(pk=batch.rows.get(number=2).page_id), title="另行签发")
        )
        withdraw(holder(place.body, Role.LEADER), Release.objects.get(kind="portal.import"), "导错了", "正在核对")
        assert Client().get(page.url).status_code == 404  # at once
        while close_slice(batch.pk, limit=2):
            pass
        answer = Client().get(page.url)
        assert answer.status_code == 410 and "正在核对" in answer.text
        assert Client().get(own.url).status_code == 200  # signed by itself since
        assert not ArticlePage.objects.get(pk=page.pk).live

    def test_the_number_of_queries_does_not_grow_with_the_articles(
        self, place, tmp_path, monkeypatch, django_assert_max_num_queries
    ):
        monkeypatch.setattr(manifest, "SLICE", 20)
        path = sources.write(tmp_path, [sources.record(n) for n in range(40, 100)])
        batch = sources.loaded(place, path)
        sign(holder(place.body, Role.LEADER), sources.put_forward(place, batch))
        open_slice(batch.pk)
        with django_assert_max_num_queries(75):
            open_slice(batch.pk)
