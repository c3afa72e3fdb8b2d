"""One choke point (invariant 1): every way by which something could become public is tried, and none leads past the gate.

What is proved is what the public gets: the address, the lists above it, the interfaces, the attached file.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core import serializers
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from tests.foundation.dummy_room.models import Handbill, Leaflet
from tests.portal import writing
from tests.portal.writing import ensure_portal
from tests.review.passing import holder, sign
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import DraftStateMixin, Page, Revision, Site, Workflow, WorkflowTask, get_page_models
from wagtail.models import GroupApprovalTask as Task

from gongkai.foundation.access import Role
from gongkai.foundation.registries import ApiRoute, api_routes
from gongkai.portal.models import ArticlePage, Attachment, AttachmentFile, ColumnPage, SectionPage
from gongkai.portal.services import end_due, publish_due
from gongkai.review import gate
from gongkai.review.choke import NotOpen, is_exempt, is_public, kind_of
from gongkai.review.locking import Reviewed
from gongkai.review.models import Entry, Release, State, What
from gongkai.review.services import request, withdraw

pytestmark = pytest.mark.slow

SECRET = "未经审查的文字"


@pytest.fixture
def office(county, person, settings) -> SimpleNamespace:
    """A section with an open column, a draft article with a file, and the mightiest user there is."""
    settings.GONGKAI_NOW = ""  # Wagtail's own schedules go by the clock of the machine
    ensure_portal()
    section = writing.section(county.fgj)
    column = writing.through_the_gate(writing.column(section))
    file = writing.file(county.fgj)
    draft = writing.article(column, SECRET, files=(file,), slug="draft")
    root = person("root", is_superuser=True)
    return SimpleNamespace(section=section, column=column, file=file, draft=draft, root=root, county=county)


def refused(action: Callable[[], object]) -> None:
    """Try it; whether it is refused or leads nowhere is for the public to tell."""
    with contextlib.suppress(PermissionDenied, CommandError):
        action()


def looked_at() -> list[Page]:
    """Every page but the empty columns that each section is furnished with, of which one in each section stands for
    all: `test_where_it_is_seen_is_looked_at` holds this against the whole tree."""
    furnished = set(ColumnPage.objects.exclude(point="").filter(numchild=0).values_list("path", flat=True))
    standing_for = {path[: -Page.steplen]: path for path in sorted(furnished, reverse=True)}
    pages = Page.objects.filter(depth__gt=1).order_by("path")
    return [page for page in pages if page.path not in furnished or page.path in standing_for.values()]


def interfaces() -> list[str]:
    """Of those that are the same view of another kind of record one stands for all; held against all of them likewise."""
    return list({getattr(one.view, "__code__", one.view): address_of(one) for one in api_routes}.values())


def address_of(route: ApiRoute) -> str:
    return f"/api/v1/{route.path.strip('/')}"


def nothing_leaks(*words: str, files: tuple[AttachmentFile, ...] = ()) -> None:
    """No address of a page, no list, no interface and no file shows it to somebody who is not signed in."""
    public = Client()
    addresses = [page.url for page in looked_at() if page.url]
    for url in [*addresses, *interfaces(), "/"]:
        answer = public.get(url)
        for word in words:
            assert word not in answer.content.decode(), url
    for file in files:
        assert public.get(file.url).status_code == 404


def admin(office: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(office.root)
    return client


# Ways to publish a draft that nobody has approved: by code, as commands and other rooms would use it …


def latest(office) -> Revision:
    return office.draft.get_latest_revision()


def publish_revision(office):
    latest(office).publish()


def publish_page(office):
    office.draft.publish(latest(office))


def publish_as_superuser(office):
    office.draft.publish(latest(office), user=office.root)


def publish_by_action(office):
    PublishPageRevisionAction(latest(office), user=office.root).execute(skip_permission_checks=True)


def save_live(office):
    office.draft.live = True
    office.draft.save()


def save_live_field(office):
    office.draft.live = True
    office.draft.save(update_fields=["live"])


def save_live_as_plain_page(office):
    page = Page.objects.get(pk=office.draft.pk)
    page.live = True
    page.save()


def update_live(office):
    ArticlePage.objects.filter(pk=office.draft.pk).update(live=True)


def update_everything(office):
    Page.objects.update(live=True, has_unpublished_changes=False)


def add_child_live(office):
    parent = ColumnPage.objects.get(pk=office.column.pk)
    parent.add_child(instance=ArticlePage(title=SECRET, slug="child", body="<p>x</p>", live=True))


def add_child_then_publish(office):
    add_child_live(office)
    ArticlePage.objects.get(slug="child").save_revision().publish()


def copy_live(office):
    update_live(office)
    ArticlePage.objects.get(pk=office.draft.pk).copy(keep_live=True, update_attrs={"slug": "copied"})


def copy_approved(office):
    approved = writing.through_the_gate(writing.article(office.column, "已签发", slug="approved"))
    copied = approved.copy(keep_live=True, update_attrs={"slug": "copied", "title": SECRET})
    assert not ArticlePage.objects.get(pk=copied.pk).live


def copy_tree(office):
    update_everything(office)
    column = ColumnPage.objects.get(pk=office.column.pk)
    CopyPageAction(column, to=office.section, recursive=True, keep_live=True, update_attrs={"slug": "tree"}).execute()
    for page in Page.objects.filter(url_path__contains="/tree/"):
        assert not page.live


def alias(office):
    update_live(office)
    page = ArticlePage.objects.get(pk=office.draft.pk)
    CreatePageAliasAction(page, update_slug="mirror").execute()


def alias_follows(office):
    """An alias is made of an open article, whose next version is approved: the alias stays closed."""
    article = writing.through_the_gate(writing.article(office.column, "旧标题", slug="source"))
    mirrored = article.create_alias(parent=office.column, update_slug="mirror")
    writing.through_the_gate(writing.change(article, title="新标题"))
    assert not ArticlePage.objects.get(pk=mirrored.pk).live
    assert Client().get(mirrored.get_url()).status_code == 404


def revert(office):
    """What was withdrawn from the text comes back from an old revision."""
    old = latest(office)
    writing.change(office.draft, title="改过的标题")
    page = writing.through_the_gate(office.draft)
    old.publish(previous_revision=page.get_latest_revision())


def revert_by_saving(office):
    old = latest(office)
    page = writing.through_the_gate(writing.change(office.draft, title="改过的标题"))
    reverted = old.as_object()
    assert reverted.live and page.live
    reverted.save()


def schedule(office):
    page = writing.change(office.draft, go_live_at=timezone.now() + timedelta(hours=1))
    page.get_latest_revision().publish()


def schedule_by_revision(office):
    office.draft.save_revision(approved_go_live_at=timezone.now() - timedelta(hours=1))


def scheduled_by_update(office):
    Revision.objects.filter(pk=latest(office).pk).update(approved_go_live_at=timezone.now() - timedelta(hours=1))


def workflow(office):
    flow = Workflow.objects.create(name="旧流程")
    task = Task.objects.create(name="审核")
    WorkflowTask.objects.create(workflow=flow, task=task)
    state = flow.start(office.draft, office.root)
    state.current_task_state.approve()


def fixture(office):
    """A command that loads rows from a file."""
    update_live(office)
    rows = serializers.serialize(
        "json", [Page.objects.get(pk=office.draft.pk), ArticlePage.objects.get(pk=office.draft.pk)]
    )
    path = Path(office.file.file.path).parent / "rows.json"
    path.write_text(rows)
    Page.objects.filter(pk=office.draft.pk).update(live=False)
    call_command("loaddata", path, verbosity=0)


def site_root(office):
    update_live(office)
    Site.objects.update(root_page=office.draft)


def new_plain_page(office):
    """A kind of page that nobody made reviewable."""
    ColumnPage.objects.get(pk=office.column.pk).add_child(instance=Page(title=SECRET, slug="plain", live=True))
    Page.objects.filter(slug="plain").update(live=True)


def acting_command(office):
    """`manage act`: the gate's own verb does not open for a superuser."""
    call_command(
        "act",
        "review.request",
        "--as",
        "root",
        "--data",
        json.dumps({"kind": "portal.article", "record": office.draft.pk}),
    )


# … and by hand, in the back office, as a superuser.


def form(office, **more) -> dict[str, str]:
    return {
        "title": SECRET,
        "slug": office.draft.slug,
        "summary": "",
        "body": json.dumps(
            {
                "blocks": [
                    {
                        "key": "a",
                        "text": SECRET,
                        "type": "unstyled",
                        "depth": 0,
                        "inlineStyleRanges": [],
                        "entityRanges": [],
                        "data": {},
                    }
                ],
                "entityMap": {},
            }
        ),
        "published_on": "2026-06-15",
        "source": "",
        "attachments-TOTAL_FORMS": "0",
        "attachments-INITIAL_FORMS": "0",
        "attachments-MIN_NUM_FORMS": "0",
        "attachments-MAX_NUM_FORMS": "1000",
    } | more


def posted_publish(office):
    answer = admin(office).post(f"/admin/pages/{office.draft.pk}/edit/", form(office) | {"action-publish": "1"})
    assert answer.status_code in (200, 302)


def posted_publish_of_new(office):
    address = f"/admin/pages/add/portal/articlepage/{office.column.pk}/"
    answer = admin(office).post(address, form(office, slug="posted") | {"action-publish": "1"})
    assert answer.status_code == 302
    assert not ArticlePage.objects.get(slug="posted").live


def posted_submit(office):
    admin(office).post(f"/admin/pages/{office.draft.pk}/edit/", form(office) | {"action-submit": "1"})


def posted_bulk(office):
    address = f"/admin/bulk/wagtailcore/page/publish/?id={office.draft.pk}&next=/admin/"
    assert admin(office).post(address, {"include_descendants": "on"}).status_code == 404


def posted_copy(office):
    address = f"/admin/pages/{office.column.pk}/copy/"
    data = {
        "new_title": SECRET,
        "new_slug": "copied",
        "new_parent_page": office.section.pk,
        "publish_copies": "on",
        "copy_subpages": "on",
    }
    admin(office).post(address, data)


def posted_alias(office):
    data = {"new_title": SECRET, "new_slug": "copied", "new_parent_page": office.column.pk, "alias": "on"}
    admin(office).post(f"/admin/pages/{office.draft.pk}/copy/", data)


def posted_revert(office):
    address = f"/admin/pages/{office.draft.pk}/revisions/{latest(office).pk}/revert/"
    admin(office).post(address, form(office) | {"revision": str(latest(office).pk), "action-publish": "1"})
    admin(office).post(
        f"/admin/pages/{office.draft.pk}/edit/",
        form(office) | {"revision": str(latest(office).pk), "action-publish": "1"},
    )


def admin_api(office):
    admin(office).post(f"/admin/api/main/pages/{office.draft.pk}/action/publish/", {})


WAYS = [
    publish_revision,
    publish_page,
    publish_as_superuser,
    publish_by_action,
    save_live,
    save_live_field,
    save_live_as_plain_page,
    update_live,
    update_everything,
    add_child_live,
    add_child_then_publish,
    copy_live,
    copy_approved,
    copy_tree,
    alias,
    alias_follows,
    revert,
    revert_by_saving,
    schedule,
    schedule_by_revision,
    scheduled_by_update,
    workflow,
    fixture,
    site_root,
    new_plain_page,
    posted_publish,
    posted_publish_of_new,
    posted_submit,
    posted_bulk,
    posted_copy,
    posted_alias,
    posted_revert,
    admin_api,
    acting_command,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_way_leads_past_the_gate(office, way):
    refused(lambda: way(office))
    Revision.objects.exclude(approved_go_live_at=None).update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    nothing_leaks(SECRET)
    if way not in (revert, revert_by_saving):  # there another version was approved, with the same file
        assert Client().get(office.file.url).status_code == 404


def test_the_ways_are_tried_on_something_that_would_be_seen(office):
    """Without this nothing above could fail: the same words, approved, are everywhere."""
    page = writing.through_the_gate(office.draft)
    for address in (page.url, office.column.url, office.section.url):
        assert SECRET in Client().get(address).text
    assert Client().get(office.file.url).status_code == 200


def test_where_it_is_seen_is_looked_at(office):
    """The same words, approved: of all pages and interfaces none shows them that is left out when leaks
    are looked for."""
    writing.through_the_gate(office.draft)
    pages = [page.url for page in Page.objects.filter(depth__gt=1)]
    seen = {url for url in [*pages, *map(address_of, api_routes)] if SECRET in Client().get(url).content.decode()}
    assert len(seen) >= 3
    assert seen <= {page.url for page in looked_at()} | set(interfaces())
    assert len(looked_at()) < len(pages) / 2 and len(interfaces()) < len(list(api_routes)) / 2


class TestWhatWasApprovedIsWhatIsPublic:
    @pytest.fixture
    def page(self, office) -> ArticlePage:
        return writing.through_the_gate(office.draft)

    def closed(self, office, page) -> None:
        nothing_leaks(SECRET, files=(office.file,))
        assert Client().get(page.url).status_code == 404

    def test_a_draft_changes_nothing_and_shows_nothing(self, page):
        writing.change(page, title="尚未审查的新标题")
        nothing_leaks("尚未审查的新标题")
        assert SECRET in Client().get(page.url).text

    def test_the_new_version_replaces_the_old_once_it_passed(self, page):
        writing.through_the_gate(writing.change(page, title="审查过的新标题"))
        assert "审查过的新标题" in Client().get(page.url).text
        nothing_leaks(SECRET)

    @pytest.mark.parametrize(
        "change",
        [
            {"title": "改过"},
            {"summary": "改过"},
            {"body": "<p>改过</p>"},
            {"source": "改过"},
            {"slug": "changed"},
            {"published_on": "2020-01-01"},
            {"expire_at": "2999-01-01T00:00:00+08:00"},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_what_is_written_past_the_drafts_is_refused_or_closes(self, office, page, change):
        for name, value in change.items():
            setattr(page, name, value)
        with pytest.raises(NotOpen):
            page.save()
        ArticlePage.objects.filter(pk=page.pk).update(**change)
        assert Client().get(ArticlePage.objects.get(pk=page.pk).url).status_code == 404
        assert Client().get(office.file.url).status_code == 404
        assert SECRET not in Client().get(office.column.url).text

    def test_housekeeping_of_a_closed_page_is_not_refused(self, page):
        """Otherwise nobody could mend it."""
        ArticlePage.objects.filter(pk=page.pk).update(title="改过")
        writing.through_the_gate(writing.change(page, title="重新审查"))
        assert "重新审查" in Client().get(page.url).text

    def test_moved_to_another_column(self, office, page):
        other = writing.through_the_gate(writing.column(office.section, "政策文件"))
        page.move(other, pos="last-child")
        self.closed(office, ArticlePage.objects.get(pk=page.pk))

    def test_moved_with_its_column_to_another_body(self, office, page):
        office.column.move(writing.section(office.county.czj), pos="last-child")
        self.closed(office, ArticlePage.objects.get(pk=page.pk))

    def test_a_page_that_is_public_is_not_moved_by_hand(self, office, page):
        other = writing.through_the_gate(writing.column(office.section, "政策文件"))
        admin(office).post(f"/admin/pages/{page.pk}/move/{other.pk}/confirm/", {})
        assert ArticlePage.objects.get(pk=page.pk).get_parent().pk == office.column.pk

    def test_below_a_column_that_is_withdrawn(self, office, page):
        release = Release.objects.get(kind="portal.column", object_id=office.column.pk, state=State.APPROVED)
        withdraw(holder(office.county.fgj, Role.LEADER), release, "停用")
        self.closed(office, page)

    def test_the_file_replaced_on_disk(self, office, page):
        Path(office.file.file.path).write_bytes("另一份文件".encode())
        self.closed(office, page)

    def test_the_file_gone(self, office, page):
        Path(office.file.file.path).unlink()
        self.closed(office, page)

    def test_another_file_under_the_same_document(self, office, page):
        office.file.file.save("new.txt", ContentFile("另一份文件".encode()))
        self.closed(office, page)

    def test_renaming_the_document_where_its_title_is_shown(self, office, page):
        AttachmentFile.objects.filter(pk=office.file.pk).update(title="改过")
        self.closed(office, page)

    def test_one_more_file(self, office, page):
        more = writing.file(office.county.fgj, "more.txt", "又一份".encode())
        Attachment.objects.create(page=page, document=more)
        nothing_leaks(SECRET, files=(office.file, more))

    def test_one_file_fewer(self, office, page):
        Attachment.objects.filter(page=page).delete()
        self.closed(office, page)

    def test_changed_while_it_waits(self, office):
        """A signature is for what was read: another draft in between must be put forward anew."""
        release = request(holder(office.county.fgj, Role.CLERK), "portal.article", office.draft.pk)
        writing.change(office.draft, title="趁审查时改的")
        with pytest.raises(ValidationError, match="报送后内容有改动"):
            sign(holder(office.county.fgj, Role.LEADER), release)
        nothing_leaks(SECRET, "趁审查时改的")


def two_hours_later(settings, monkeypatch) -> None:
    """For the product and for Wagtail, which looks at the machine's clock itself."""
    later = timezone.now() + timedelta(hours=2)
    settings.GONGKAI_NOW = later.isoformat()
    monkeypatch.setattr(timezone, "now", lambda: later)


class TestTimes:
    def test_public_at_its_time_and_not_before(self, office):
        soon = timezone.now() + timedelta(hours=1)
        page = writing.through_the_gate(writing.change(office.draft, go_live_at=soon))
        nothing_leaks(SECRET, files=(office.file,))
        assert publish_due() == 0
        past = timezone.now() - timedelta(minutes=1)
        assert gate.is_open("portal.article", page.get_latest_revision_as_object())
        self._time_passes(page, past)
        nothing_leaks(SECRET)

    def _time_passes(self, page, past):
        """Changing the day that was signed is a change: the choke refuses, and the job goes on to the others."""
        revision = page.get_latest_revision()
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        Revision.objects.filter(pk=revision.pk).update(content=revision.content, approved_go_live_at=past)
        assert publish_due() == 0
        assert not page.revisions.exclude(approved_go_live_at=None).exists()

    def test_published_by_the_job(self, office, settings, monkeypatch):
        soon = timezone.now() + timedelta(hours=1)
        page = writing.through_the_gate(writing.change(office.draft, go_live_at=soon))
        published = Entry.objects.filter(
            release__object_id=page.pk, release__kind="portal.article", what=What.PUBLISHED
        )
        assert not published.exists()  # signed, but not public yet
        two_hours_later(settings, monkeypatch)
        call_command("publish_scheduled")
        assert SECRET in Client().get(page.url).text
        assert [one.actor for one in published] == [None]

    def test_withdrawn_before_its_time(self, office, settings, monkeypatch):
        soon = timezone.now() + timedelta(hours=1)
        page = writing.through_the_gate(writing.change(office.draft, go_live_at=soon))
        release = Release.objects.get(object_id=page.pk, kind="portal.article")
        withdraw(holder(office.county.fgj, Role.LEADER), release, "不发了")
        two_hours_later(settings, monkeypatch)
        assert publish_due() == 0
        nothing_leaks(SECRET, files=(office.file,))

    def test_the_posting_ends_by_itself(self, office, settings, monkeypatch):
        until = timezone.now() + timedelta(hours=1)
        page = writing.through_the_gate(writing.change(office.draft, expire_at=until))
        assert SECRET in Client().get(page.url).text
        two_hours_later(settings, monkeypatch)
        self.ended(page, office)  # even before the job has come
        assert end_due() == 1
        self.ended(ArticlePage.objects.get(pk=page.pk), office)
        assert ArticlePage.objects.get(pk=page.pk).expired

    def ended(self, page, office):
        answer = Client().get(page.url)
        assert answer.status_code == 410
        assert "公示期已满" in answer.text and SECRET not in answer.text
        nothing_leaks(SECRET, files=(office.file,))


def drafted_models():
    return [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]


class TestEveryModel:
    """A new kind of page or snippet is safe before anybody has thought of it, and this says what it still needs."""

    @pytest.mark.parametrize("model", drafted_models(), ids=lambda model: model._meta.label)
    def test_passes_the_gate_or_has_no_words(self, model):
        known = kind_of(model) is not None or is_exempt(model)
        assert known or model in (Page, Handbill), f"{model} is not reviewable: nothing of it can ever be public"

    @pytest.mark.parametrize("model", [one for one in get_page_models() if kind_of(one)], ids=lambda one: one.__name__)
    def test_a_page_that_is_reviewed_is_locked_while_it_waits_and_nobody_publishes_it(self, model, office):
        assert issubclass(model, Reviewed)
        permissions = model(depth=5, path="x", live=True).permissions_for_user(office.root)
        assert not (permissions.can_publish() or permissions.can_publish_subpage() or permissions.can_unpublish())

    def test_what_has_no_words_is_named_here(self):
        exempt = {model._meta.label for model in drafted_models() if is_exempt(model)}
        assert exempt == {"portal.HomePage", "portal.SectionPage", "portal.BlockPage"}

    def test_an_exemption_is_not_inherited(self):
        class Child(SectionPage):
            class Meta:
                abstract = True

        assert is_exempt(SectionPage) and not is_exempt(Child)


class TestSnippets:
    """The choke knows drafts, not pages."""

    @pytest.fixture
    def leaflet(self, office) -> Leaflet:
        leaflet = Leaflet.objects.create(title=SECRET, body=office.county.fgj)
        leaflet.save_revision()
        return leaflet

    def test_made_as_a_draft_whatever_it_says(self, leaflet):
        assert not Leaflet.objects.get().live

    def test_published_by_nobody(self, leaflet):
        for attempt in (lambda: leaflet.get_latest_revision().publish(), lambda: self._live(leaflet)):
            with pytest.raises(NotOpen):
                attempt()
        assert not is_public(Leaflet.objects.get())

    def _live(self, leaflet):
        leaflet.live = True
        leaflet.save()

    @pytest.mark.parametrize("write", ["update", "bulk_create"])
    def test_written_without_a_save(self, office, write):
        if write == "update":
            Leaflet.objects.create(title=SECRET, body=office.county.fgj)
            Leaflet.objects.update(live=True)
        else:
            Leaflet.objects.bulk_create([Leaflet(title=SECRET, body=office.county.fgj, live=True)])
        assert Leaflet.objects.get().live
        assert not is_public(Leaflet.objects.get())

    def test_through_the_gate(self, leaflet, office):
        release = request(holder(office.county.fgj, Role.CLERK), "dummy.leaflet", leaflet.pk)
        sign(holder(office.county.fgj, Role.LEADER), release)
        leaflet = Leaflet.objects.get()
        assert is_public(leaflet)
        leaflet.title = "改过"
        with pytest.raises(NotOpen):
            leaflet.save()

    def test_posted_by_a_superuser(self, leaflet, office):
        address = f"/admin/snippets/dummy_room/leaflet/edit/{leaflet.pk}/"
        page = admin(office).get(address)
        assert page.status_code == 200 and "action-publish" not in page.text
        data = {"title": SECRET, "body": office.county.fgj.pk, "action-publish": "1"}
        admin(office).post(address, data)
        assert not Leaflet.objects.get().live

    def test_a_kind_that_nobody_made_reviewable(self, db):
        handbill = Handbill.objects.create(title=SECRET)
        handbill.live = True
        with pytest.raises(NotOpen):
            handbill.save()
        Handbill.objects.update(live=True)
        assert not is_public(Handbill.objects.get())
