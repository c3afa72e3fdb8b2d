"""Two at one page at the same moment: what was approved is what is published, and nobody's words are lost unsaid.

With real transactions, on either database; the editors are two clients with the forms that Wagtail's editor sends.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser
from tests.portal import writing
from tests.review.passing import holder, pass_until
from wagtail.models import PageLogEntry, Revision
from wagtail.signals import page_unpublished

from gongkai.foundation import clock
from gongkai.foundation.access import Refused, Role
from gongkai.portal.models import ArticlePage, ColumnPage
from gongkai.portal.services import end_due, publish_due
from gongkai.portal.structure import ensure_portal
from gongkai.review import gate
from gongkai.review.models import Entry, Release, State, StepKind, What
from gongkai.review.services import approve, request, withdraw

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

KIND = "portal.article"


def together(*acts: Callable[[], object]) -> list[object]:
    """What each act answered, or the error it raised, in their order; all begin at the same moment."""
    start, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(at: int, act: Callable[[], object]) -> None:
        try:
            start.wait(10)
            outcomes[at] = act()
        except Exception as error:
            outcomes[at] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


class Editor:
    """Somebody with the page open in Wagtail's editor."""

    def __init__(self, user, page: ArticlePage) -> None:
        self.client, self.address = Client(), f"/admin/pages/{page.pk}/edit/"
        self.client.force_login(user)
        self.form = self._read(self.client.get(self.address).text)

    def saves(self, title: str, **more: str):
        """保存草稿, or what else is pressed; what the answer shows is what the editor has open then."""
        answer = self.client.post(self.address, self.form | {"title": title, **more}, follow=True)
        if answer.status_code == 200 and "data-edit-form" in answer.text:
            self.form = self._read(answer.text)
        return answer

    def _read(self, text: str) -> dict[str, str]:
        found = {}
        for one in LexborHTMLParser(text).css("[data-edit-form] :is(input, textarea, select)[name]"):
            kept = one.attributes
            if kept.get("type") in ("checkbox", "radio", "file", "submit"):
                continue
            chosen = one.css_first("option[selected]") if one.tag == "select" else None
            value = chosen.attributes.get("value") if chosen else kept.get("value")
            found[kept["name"]] = value or (one.text() if one.tag == "textarea" else "")
        return found


@pytest.fixture
def desk(county, people, person) -> SimpleNamespace:
    ensure_portal()
    column = writing.through_the_gate(writing.column(writing.section(county.fgj)))
    article = writing.article(column, "一稿")
    second = person("clerk2.fgj", (county.fgj, Role.CLERK))
    return SimpleNamespace(article=article, first=people.clerk, second=second, body=county.fgj, people=people)


def drafted(page: ArticlePage) -> str:
    return ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object().title


def public(page: ArticlePage) -> str:
    """What the public reads at the address of the page; “” while there is nothing."""
    answer = Client().get(ArticlePage.objects.get(pk=page.pk).url)
    return LexborHTMLParser(answer.text).css_first("h1").text().strip() if answer.status_code == 200 else ""


def before_the_leader(desk, user=None) -> Release:
    return pass_until(request(user or desk.first, KIND, desk.article.pk), StepKind.LEADER)


def is_as_signed(page: ArticlePage) -> bool:
    """Whether the live row is exactly what the open release was signed for."""
    return gate.is_open(KIND, ArticlePage.objects.get(pk=page.pk))


class TestTwoEditors:
    def test_the_second_is_told_and_keeps_what_was_typed(self, desk):
        first, second = Editor(desk.first, desk.article), Editor(desk.second, desk.article)
        first.saves("甲的修改")
        told = second.saves("乙的修改")
        assert "clerk.fgj在" in told.text and "您的内容还没有保存" in told.text
        assert second.form["title"] == "乙的修改"  # nothing that was typed is gone
        assert drafted(desk.article) == "甲的修改"

    def test_once_told_the_second_may_save_and_the_first_draft_stays_in_the_history(self, desk):
        first, second = Editor(desk.first, desk.article), Editor(desk.second, desk.article)
        first.saves("甲的修改")
        second.saves("乙的修改")
        assert "您的内容还没有保存" not in second.saves("乙的修改").text
        assert drafted(desk.article) == "乙的修改"
        kept = [revision.as_object().title for revision in desk.article.revisions.order_by("pk")]
        assert kept[-2:] == ["甲的修改", "乙的修改"]
        assert "甲的修改" not in second.saves("乙的再修改").text and drafted(desk.article) == "乙的再修改"

    def test_at_the_same_moment(self, desk):
        editors = Editor(desk.first, desk.article), Editor(desk.second, desk.article)
        answers = together(
            *(lambda one=one, name=name: one.saves(name) for one, name in zip(editors, "甲乙", strict=True))
        )
        told = ["您的内容还没有保存" in answer.text for answer in answers]
        assert sorted(told) == [False, True]
        assert drafted(desk.article) == "甲乙"[told.index(False)]
        assert editors[told.index(True)].form["title"] == "甲乙"[told.index(True)]

    def test_putting_forward_what_somebody_else_changed_meanwhile(self, desk):
        first, second = Editor(desk.first, desk.article), Editor(desk.second, desk.article)
        first.saves("甲的修改")
        second.saves("乙的修改", **{"action-put-forward": "1"})
        assert drafted(desk.article) == "甲的修改"
        assert not Release.objects.filter(kind=KIND).exists()


class TestEditingWhileTheLeaderSigns:
    def test_whoever_had_it_open_before_is_told_that_it_waits(self, desk):
        editor = Editor(desk.second, desk.article)
        release = before_the_leader(desk)
        answer = editor.saves("趁审查时改的")
        assert drafted(desk.article) == "一稿" and editor.form["title"] == "趁审查时改的"
        assert "不能保存" in answer.text or "没有保存" in answer.text or "锁定" in answer.text
        approve(desk.people.leader, release)
        assert public(desk.article) == "一稿"

    def test_at_the_same_moment(self, desk):
        """A save by the shell, which no lock of the editor stops: signed as it was read, or not at all."""
        release = before_the_leader(desk)

        def edit() -> str:
            writing.change(desk.article, title="趁签发时改的")
            return "saved"

        edited, signed = together(edit, lambda: approve(desk.people.leader, release))
        assert edited == "saved"
        if isinstance(signed, Exception):  # the change came first
            assert isinstance(signed, ValidationError | Refused)
            assert public(desk.article) == ""
        else:
            assert public(desk.article) == "一稿" and is_as_signed(desk.article)
        assert drafted(desk.article) == "趁签发时改的"

    def test_putting_forward_while_another_saves(self, desk):
        editor = Editor(desk.second, desk.article)
        saved, release = together(lambda: editor.saves("乙的修改"), lambda: request(desk.first, KIND, desk.article.pk))
        now = drafted(desk.article)
        if isinstance(release, Release):  # what waits is what the draft says
            assert gate.digest_of(KIND, desk.article.get_latest_revision_as_object()) == release.digest
            assert now in ("一稿", "乙的修改")
        else:
            assert isinstance(release, ValidationError) and now == "乙的修改"
        if now == "一稿":
            assert editor.form["title"] == "乙的修改" and "没有保存" in saved.text


def test_two_sign_at_once_and_it_is_published_once(desk):
    release = before_the_leader(desk)
    leaders = desk.people.leader, desk.people.second_leader
    outcomes = together(*(lambda one=one: approve(one, release) for one in leaders))
    refused = [one for one in outcomes if isinstance(one, Exception)]
    assert len(refused) == 1 and isinstance(refused[0], ValidationError | Refused)
    assert public(desk.article) == "一稿" and is_as_signed(desk.article)
    assert Entry.objects.filter(release=release, what=What.PUBLISHED).count() == 1
    assert Entry.objects.filter(release=release, what=What.SIGNED).count() == 1


def test_one_withdraws_while_another_publishes(desk):
    release = before_the_leader(desk)
    outcomes = together(
        lambda: approve(desk.people.leader, release),
        lambda: withdraw(desk.people.office, release, "数据有误"),
    )
    assert not isinstance(outcomes[1], Exception)
    assert Release.objects.get(pk=release.pk).state == State.WITHDRAWN
    assert public(desk.article) == "" and not ArticlePage.objects.get(pk=desk.article.pk).live


def test_a_new_draft_is_signed_while_the_old_one_is_withdrawn(desk):
    """Taken back is the text that stands; the new one is another text, and was signed."""
    old = approve(desk.people.leader, before_the_leader(desk))
    desk.article = writing.change(desk.article, title="二稿")
    new = before_the_leader(desk)
    signed, _gone = together(
        lambda: approve(desk.people.leader, new),
        lambda: withdraw(holder(desk.body, Role.LEADER), old, "数据有误"),
    )
    assert not isinstance(signed, Exception)
    assert Release.objects.get(pk=old.pk).state in (State.WITHDRAWN, State.SUPERSEDED)
    assert public(desk.article) == "二稿" and is_as_signed(desk.article)


def later(settings, monkeypatch) -> None:
    """For the product and for Wagtail, which looks at the machine's clock itself."""
    moment = timezone.now() + timedelta(hours=2)
    settings.GONGKAI_NOW = moment.isoformat()
    monkeypatch.setattr(timezone, "now", lambda: moment)


class TestScheduled:
    @pytest.fixture
    def due(self, desk, settings, monkeypatch) -> ArticlePage:
        """Signed for an hour that has come."""
        soon = timezone.now() + timedelta(hours=1)
        settings.GONGKAI_NOW = timezone.now().isoformat()
        desk.article = writing.change(desk.article, go_live_at=soon)
        approve(desk.people.leader, before_the_leader(desk))
        assert public(desk.article) == ""
        return desk.article

    def test_meets_an_edit(self, desk, due, settings, monkeypatch):
        """By the shell, which no lock stops. Public is what was signed; the words stay the newest draft."""
        later(settings, monkeypatch)
        _edited, done = together(lambda: writing.change(due, title="到点时改的"), publish_due)
        assert done == 1
        assert public(due) == "一稿" and is_as_signed(due)
        assert drafted(due) == "到点时改的"
        assert ArticlePage.objects.get(pk=due.pk).has_unpublished_changes

    def test_an_edit_before_its_time(self, desk, due, settings, monkeypatch):
        """Whoever has it open is told that it is locked until then, and keeps what was typed."""
        editor = Editor(desk.second, due)
        assert "锁定" in editor.saves("定时之后改的").text
        assert drafted(due) == "一稿" and editor.form["title"] == "定时之后改的"
        writing.change(due, title="绕过编辑器改的")
        later(settings, monkeypatch)
        call_command("publish_scheduled")
        assert public(due) == "一稿" and is_as_signed(due)
        assert drafted(due) == "绕过编辑器改的"

    def test_published_by_two_workers_at_once(self, desk, due, settings, monkeypatch):
        later(settings, monkeypatch)
        done = together(publish_due, publish_due)
        assert not [one for one in done if isinstance(one, Exception)]
        assert public(due) == "一稿"
        assert not Revision.objects.exclude(approved_go_live_at=None).exists()
        release = Release.objects.get(kind=KIND, object_id=due.pk, state=State.APPROVED)
        assert Entry.objects.filter(release=release, what=What.PUBLISHED).count() == 1


class TestPostings:
    @pytest.fixture
    def shown(self, desk, settings) -> list[ArticlePage]:
        """Signed and public, each for an hour."""
        until = timezone.now() + timedelta(hours=1)
        column = ColumnPage.objects.parent_of(desk.article).get()
        pages = [writing.article(column, f"公示{number}", expire_at=until) for number in range(4)]
        return [writing.through_the_gate(page) for page in pages]

    def test_ended_by_two_workers_at_once(self, shown, settings, monkeypatch):
        later(settings, monkeypatch)
        done = together(end_due, end_due)
        assert not [one for one in done if isinstance(one, Exception)]
        assert sum(done) == len(shown)
        ended = PageLogEntry.objects.filter(action="wagtail.unpublish.scheduled")
        assert sorted(entry.page_id for entry in ended) == sorted(page.pk for page in shown)
        assert all(page.expired and not page.live for page in ArticlePage.objects.filter(pk__in=[p.pk for p in shown]))

    def test_given_more_time_meanwhile(self, shown, settings, monkeypatch):
        """The worker has its list, and while it is at the first the second is shown for longer."""
        later(settings, monkeypatch)
        first, second = shown[0].pk, shown[1].pk

        def longer(instance, **_more) -> None:
            if instance.pk == first:
                ArticlePage.objects.filter(pk=second).update(expire_at=clock.now() + timedelta(days=1))

        page_unpublished.connect(longer)
        try:
            assert end_due() == len(shown) - 1
        finally:
            page_unpublished.disconnect(longer)
        assert ArticlePage.objects.get(pk=second).live
