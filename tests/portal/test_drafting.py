"""Writing pages in the back office: who may, what the screen offers, what is locked, what has no door at all."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.portal import writing
from tests.portal.writing import ensure_portal
from tests.review.passing import GROUND, holder, no_to_all, sign
from wagtail.images import get_image_model
from wagtail.models import Page

from gongkai.foundation.access import Role
from gongkai.foundation.accounts.models import User
from gongkai.portal.models import ArticlePage, AttachmentFile, ColumnPage
from gongkai.review.models import Release
from gongkai.review.services import request, withdraw

TEXT = {"blocks": [{"key": "a", "text": "正文", "type": "unstyled", "depth": 0}], "entityMap": {}}


@pytest.fixture
def column(county) -> ColumnPage:
    ensure_portal()
    return writing.through_the_gate(writing.column(writing.section(county.fgj)))


@pytest.fixture
def draft(column) -> ArticlePage:
    return writing.article(column)


@pytest.fixture
def root(person) -> User:
    return person("root", is_superuser=True)


def form(**more) -> dict[str, str]:
    fields = {"title": "起草的文章", "slug": "qicao", "summary": "", "body": json.dumps(TEXT), "source": ""}
    counts = {f"attachments-{name}_FORMS": value for name, value in (("TOTAL", "0"), ("INITIAL", "0"))}
    return fields | counts | {"published_on": "2026-06-15", "action-save-draft": "1"} | more


class TestEditing:
    def test_a_clerk_writes_saves_and_goes_on_to_the_sheet(self, client, people, column):
        client.force_login(people.clerk)
        address = f"/admin/pages/add/portal/articlepage/{column.pk}/"
        assert client.get(address).status_code == 200
        answer = client.post(address, form() | {"action-put-forward": "1"})
        article = ArticlePage.objects.get(slug="qicao")
        assert not article.live
        assert answer.headers["Location"] == f"/admin/review/put-forward/portal.article/{article.pk}/"
        sheet = client.get(answer.headers["Location"])
        assert "起草的文章" in sheet.text and "正文" in sheet.text

    def test_the_end_of_the_posting_goes_along(self, client, people, draft):
        client.force_login(people.clerk)
        until = {"expire_at": "2999-03-01 00:00", "slug": draft.slug, "action-put-forward": "1"}
        answer = client.post(f"/admin/pages/{draft.pk}/edit/", form(**until))
        sheet = client.get(answer.headers["Location"]).text
        assert "2999-03-01 00:00" in sheet and "公示截止日期" not in sheet  # said once, by the text itself
        client.post(answer.headers["Location"], {"attribute": "proactive", "ground": GROUND, **no_to_all()})
        assert Release.objects.get(object_id=draft.pk, kind="portal.article").show_until == date(2999, 3, 1)

    def test_the_sheet_says_no_other_end(self, people, draft):
        with pytest.raises(ValidationError, match="请在稿件的“公示截止”中填写"):
            request(people.clerk, "portal.article", draft.pk, show_until=date(2999, 3, 1))

    def test_what_has_ended_is_not_put_forward(self, people, draft):
        writing.change(draft, expire_at=datetime(2026, 6, 15, 0, 30, tzinfo=UTC))
        with pytest.raises(ValidationError, match="公示截止日期已经过去"):
            request(people.clerk, "portal.article", draft.pk)

    def test_what_is_missing_is_named_and_the_draft_is_kept(self, client, people, column):
        client.force_login(people.clerk)
        empty = json.dumps({"blocks": [], "entityMap": {}})
        data = form(body=empty) | {"action-put-forward": "1"}
        answer = client.post(f"/admin/pages/add/portal/articlepage/{column.pk}/", data, follow=True)
        assert "还不能报送审查：正文" in answer.text
        assert ArticlePage.objects.filter(slug="qicao", live=False).exists()
        assert not Release.objects.filter(kind="portal.article").exists()

    def test_an_article_that_is_public_is_not_scheduled(self, client, people, draft):
        page = writing.through_the_gate(draft)
        client.force_login(people.clerk)
        data = form(slug=page.slug, go_live_at="2999-01-01 00:00")
        assert "不能定时" in client.post(f"/admin/pages/{page.pk}/edit/", data).text

    def test_in_the_own_section_only(self, client, people, draft, column):
        client.force_login(people.other_clerk)
        for address in (f"/admin/pages/{draft.pk}/edit/", f"/admin/pages/add/portal/articlepage/{column.pk}/"):
            assert client.get(address).status_code == 302
        assert not draft.permissions_for_user(people.other_clerk).can_edit()

    def test_nobody_sees_publish_and_only_who_may_put_forward_is_offered_it(self, client, people, draft, root):
        for user, offered in ((people.clerk, True), (people.office, True), (people.leader, False), (root, False)):
            client.force_login(user)
            page = client.get(f"/admin/pages/{draft.pk}/edit/")
            assert page.status_code == 200
            assert ("action-put-forward" in page.text) is offered, user
            for word in ("action-publish", "action-unpublish", "action-submit", "/unpublish/"):
                assert word not in page.text, (user, word)

    def test_nobody_is_offered_publishing_in_lists(self, client, draft, root, column):
        writing.through_the_gate(draft)
        client.force_login(root)
        page = client.get(f"/admin/pages/{column.pk}/")
        assert page.status_code == 200
        assert "/publish/" not in page.text and f"/pages/{draft.pk}/unpublish/" not in page.text

    def test_the_explorer_asks_no_more_for_more_articles(self, client, people, column, django_assert_max_num_queries):
        client.force_login(people.clerk)
        for _ in range(12):
            writing.article(column)
        address = f"/admin/pages/{column.pk}/"
        client.get(address)
        with django_assert_max_num_queries(45):
            client.get(address)


class TestLock:
    @pytest.fixture
    def waiting(self, people, draft) -> Release:
        return request(people.clerk, "portal.article", draft.pk)

    def test_nobody_edits_what_waits_and_the_way_to_take_it_back_is_shown(self, client, waiting, draft, people, root):
        for user in (people.clerk, root):
            client.force_login(user)
            page = client.get(f"/admin/pages/{draft.pk}/edit/")
            assert "正在审查，暂不能修改" in page.text
            assert f'href="/admin/review/{waiting.pk}/"' in page.text
            assert "action-save-draft" not in page.text and "action-put-forward" not in page.text
            client.post(f"/admin/pages/{draft.pk}/edit/", form(title="趁机修改"))
            assert ArticlePage.objects.get(pk=draft.pk).get_latest_revision_as_object().title == writing.WORDS

    def test_taken_back_it_is_edited_again(self, client, waiting, draft, people):
        withdraw(people.clerk, waiting, "还要改")
        client.force_login(people.clerk)
        client.post(f"/admin/pages/{draft.pk}/edit/", form(title="修改稿", slug=draft.slug))
        assert ArticlePage.objects.get(pk=draft.pk).get_latest_revision_as_object().title == "修改稿"

    def test_what_is_public_is_neither_deleted_nor_moved(self, client, draft, root, column):
        page = writing.through_the_gate(draft)
        client.force_login(root)
        for verb in ("delete", "move"):
            client.post(f"/admin/pages/{page.pk}/{verb}/", {})
            assert Page.objects.filter(pk=page.pk).exists()
            assert client.get(f"/admin/pages/{page.pk}/{verb}/").status_code == 302
        assert not column.permissions_for_user(root).can_delete()


class TestFiles:
    def test_a_clerk_uploads_into_the_own_folder(self, client, people, county, column):
        client.force_login(people.clerk)
        upload = SimpleUploadedFile("名单.txt", "名单".encode(), "text/plain")
        answer = client.post("/admin/documents/add/", {"title": "名单", "file": upload})
        assert answer.status_code == 302
        document = AttachmentFile.objects.get()
        assert document.collection == writing.section(county.fgj).collection
        assert not document.file.path.startswith(str(document.file.storage.location).replace("private", "media"))
        assert client.get(document.url).status_code == 200
        client.logout()
        assert client.get(document.url).status_code == 404

    def test_who_has_the_file_before_it_is_public(self, client, people, county, column, root, person):
        document = writing.file(county.fgj)
        pool = person("pool", (county.czj, Role.SECRECY_REVIEWER))
        expected = {people.clerk: 200, people.leader: 200, people.office: 200}
        expected |= {people.other_clerk: 404, people.other_leader: 404, root: 404, pool: 404}
        for user, status in expected.items():
            client.force_login(user)
            assert client.get(document.url).status_code == status, user

    def test_a_secrecy_reviewer_of_another_body_has_it_while_the_review_waits(self, client, county, column, person):
        from gongkai.review.models import StepRule

        StepRule.objects.create(body=county.fgj, reviewer=False, secrecy_pool=county.czj)
        pool = person("pool", (county.czj, Role.SECRECY_REVIEWER))
        document = writing.file(county.fgj)
        article = writing.article(column, files=(document,))
        request(holder(county.fgj, Role.CLERK), "portal.article", article.pk)
        client.force_login(pool)
        assert client.get(document.url).status_code == 200

    def test_folders_of_other_bodies_are_closed(self, client, people, county, column):
        document = writing.file(county.czj)
        client.force_login(people.clerk)
        assert client.get(f"/admin/documents/edit/{document.pk}/").status_code == 302
        assert "项目进度表" not in client.get("/admin/documents/").text

    def test_a_signed_file_is_neither_replaced_nor_renamed_nor_deleted(self, client, people, county, column):
        document = writing.file(county.fgj)
        article = writing.through_the_gate(writing.article(column, files=(document,)))
        client.force_login(people.clerk)
        for data in (
            {"title": "项目进度表", "file": SimpleUploadedFile("x.txt", "另一份".encode())},
            {"title": "改名"},
        ):
            answer = client.post(f"/admin/documents/edit/{document.pk}/", data)
            assert "不能替换或改名" in answer.text
        assert client.post(f"/admin/documents/delete/{document.pk}/", {}).status_code == 302
        client.post(f"/admin/bulk/portal/attachmentfile/delete/?id={document.pk}", {})
        with pytest.raises(PermissionDenied):
            AttachmentFile.objects.all().delete()
        client.logout()
        assert client.get(article.url).status_code == 200
        answer = client.get(document.url)
        assert b"".join(answer) == "项目进度表".encode()
        assert answer.headers["Cache-Control"] == "no-cache"  # it may be withdrawn

    def test_the_name_in_the_address_must_be_the_files_own(self, client, county, column):
        document = writing.file(county.fgj)
        writing.through_the_gate(writing.article(column, files=(document,)))
        assert client.get(document.url).status_code == 200
        assert client.get(f"/documents/{document.pk}/other.txt").status_code == 404
        assert client.get("/documents/999999/jindu.txt").status_code == 404

    def test_no_file_has_an_address_of_its_own(self, client, county, column):
        document = writing.file(county.fgj)
        for address in (f"/media/{document.file.name}", f"/private/{document.file.name}"):
            assert client.get(address).status_code == 404
        with pytest.raises(NotImplementedError):
            document.file.url  # noqa: B018


class TestWhatHasNoDoor:
    """Whatever would reach the public without being a page, a file or a registered record."""

    @pytest.mark.parametrize(
        "address",
        [
            "/admin/images/",
            "/admin/images/add/",
            "/admin/images/chooser/",
            "/admin/redirects/",
            "/admin/redirects/add/",
            "/admin/searchpicks/",
            "/admin/searchpicks/add/",
        ],
    )
    def test_closed_for_everybody(self, client, root, county, address):
        for permission in ("add_image", "add_redirect"):
            root.user_permissions.add(Permission.objects.get(codename=permission))
        client.force_login(root)
        assert client.get(address).status_code == 403
        assert client.post(address, {}).status_code == 403
        menu = client.get("/admin/").text
        assert f'"{address}"' not in menu

    def test_a_picture_that_somebody_stored_has_no_address(self, client, county):
        ensure_portal()
        image = get_image_model()
        name = image._meta.get_field("file").upload_to(image(title="x"), "x.png")
        assert client.get(f"/media/{name}").status_code == 404

    def test_no_picture_of_oneself(self, client, people):
        client.force_login(people.clerk)
        assert "avatar" not in client.get("/admin/account/").text.replace("avatar square", "").split("<main")[1]

    def test_the_words_of_front_page_and_section_are_those_of_the_register(self, client, county, column, root):
        """Even when somebody wrote others over them."""
        Page.objects.filter(depth__in=(2, 3)).update(title="改过的标题", seo_title="改过", search_description="改过")
        for address in ("/", "/qinghe-fgj/", column.url):
            assert "改过" not in client.get(address).text


def test_an_address_left_empty_is_made_of_the_title(client, county, people):
    """The script that fills it in may not have run yet, or not at all."""
    ensure_portal()
    section = writing.section(county.fgj)
    client.force_login(people.clerk)
    data = {"title": "人事招聘", "slug": "", "summary": "", "action-put-forward": "1"}
    answer = client.post(f"/admin/pages/add/portal/columnpage/{section.pk}/", data)
    made = ColumnPage.objects.get(title="人事招聘")
    assert answer.headers["Location"].startswith(f"/admin/review/put-forward/portal.column/{made.pk}/")
    assert made.slug == "人事招聘"


class TestWritingOverTheLastVersion:
    """As the editor does that saves by itself."""

    def saved(self, page, user, title: str, over=None):
        draft = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
        draft.title = title
        return draft.save_revision(user=user, overwrite_revision=over)

    def test_while_nobody_was_asked_to_read_it(self, draft, people):
        first = self.saved(draft, people.clerk, "初稿")
        assert self.saved(draft, people.clerk, "改稿", over=first) == first

    def test_what_was_put_forward_stays_as_it_was_read(self, draft, people):
        signed = self.saved(draft, people.leader, "签发的题目")
        page = writing.through_the_gate(draft)
        assert page.live_revision == signed
        newer = self.saved(page, people.leader, "另一个题目", over=signed)
        signed.refresh_from_db()
        assert newer != signed and signed.content["title"] == "签发的题目"
        release = request(people.clerk, "portal.article", page.pk)
        assert set(release.authors.all()) == {people.leader}  # who so reviews none of it


def test_who_brought_a_file_reviews_nothing_it_comes_with(column, people, county):
    file = writing.file(county.fgj)
    AttachmentFile.objects.filter(pk=file.pk).update(uploaded_by_user=people.leader)
    page = writing.article(column, files=(file,))
    release = request(people.clerk, "portal.article", page.pk)
    assert set(release.authors.all()) == {people.leader}
    sign(holder(county.fgj, Role.LEADER), release)  # another leader
    writing.change(page, title="另一个题目")  # with the same file, which is public
    assert not request(people.clerk, "portal.article", page.pk).authors.exists()
