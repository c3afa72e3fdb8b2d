"""The frame of every public page: views and themes without script, error pages, open interfaces, blocks of rooms."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import JsonResponse
from django.test import RequestFactory, override_settings
from selectolax.lexbor import LexborHTMLParser
from tests.portal.writing import ensure_portal

from gongkai.foundation.registries import ApiRoute, PublicBlock, api_routes, public_blocks
from gongkai.portal import errors

STATIC = Path(errors.__file__).parent / "static" / "portal"


@pytest.fixture(autouse=True)
def portal(county):
    ensure_portal()


class TestPreferences:
    @pytest.mark.parametrize(
        ("query", "cookie", "value"),
        [
            ("view=elder", "view", "elder"),
            ("view=simple", "view", "simple"),
            ("size=larger", "size", "larger"),
            ("theme=dark", "theme", "dark"),
            ("theme=contrast", "theme", "contrast"),
        ],
    )
    def test_a_plain_link_sets_it_and_comes_back(self, client, query, cookie, value):
        answer = client.get(f"/preferences/?{query}&next=/ledger/%3Fq%3Dx")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/ledger/?q=x")
        assert client.cookies[cookie].value == value
        assert f'data-{cookie}="{value}"' in client.get("/").text

    def test_every_link_on_the_page_works(self, client):
        page = client.get("/").text
        links = re.findall(r'href="(/preferences/[^"]+)"', page)
        assert len(links) == 10
        for link in links:
            assert client.get(link.replace("&amp;", "&")).headers["Location"] == "/"

    @pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"])
    def test_never_to_another_host(self, client, back):
        assert client.get("/preferences/", {"view": "elder", "next": back}).headers["Location"] == "/"

    def test_an_unknown_answer_is_the_default(self, client):
        client.get("/preferences/?view=huge")
        client.cookies["theme"] = '"><script>'
        page = client.get("/").text
        assert 'data-view="standard"' in page
        assert 'data-theme="auto"' in page
        assert "><script>" not in page

    def test_caches_keep_the_versions_apart(self, client):
        assert "Cookie" in client.get("/").headers["Vary"]

    def test_the_choice_in_force_is_told_to_screen_readers(self, client):
        client.cookies["view"] = "elder"
        assert re.search(r'aria-current="true">长者版<', client.get("/").text)

    def test_posting_is_refused(self, client):
        assert client.post("/preferences/", {"view": "elder"}).status_code == 405


class TestErrors:
    @pytest.mark.parametrize(
        ("handler", "error", "status", "words"),
        [
            (errors.bad_request, BadRequest(), 400, "无法识别这次请求"),
            (
                errors.permission_denied,
                PermissionDenied("您的角色没有打开此页面的权限"),
                403,
                "您的角色没有打开此页面的权限",
            ),
            (errors.permission_denied, PermissionDenied(), 403, "只对部分工作人员开放"),
            (errors.csrf_failure, "reason", 403, "表单已过期"),
            (errors.not_found, None, 404, "没有找到这个页面"),
        ],
    )
    def test_says_what_happened_and_what_to_do(self, handler, error, status, words):
        answer = handler(RequestFactory().get("/x/"), error)
        text = answer.content.decode()
        assert answer.status_code == status
        assert words in text
        assert "您可以" in text
        assert 'href="/"' in text

    def test_an_unknown_address(self, client):
        assert "没有找到这个页面" in client.get("/nothing/here/").text

    def test_what_was_asked_is_not_repeated(self, client):
        assert "<script>" not in client.get("/<script>alert(1)</script>/").text

    def test_who_works_here_goes_back_to_work_and_a_visitor_to_the_front_page(self):
        for path, back in (("/admin/people/", "/admin/"), ("/ledger/1999/", "/")):
            page = LexborHTMLParser(errors.permission_denied(RequestFactory().get(path)).text)
            assert page.css_first("main a.button").attributes["href"] == back, path

    def test_what_is_too_large_is_not_even_read(self, client, settings):
        settings.GONGKAI_UPLOAD_BYTES = 200 * 2**20
        answer = client.generic("POST", "/admin/login/", b"", CONTENT_LENGTH=str(203 * 2**20))
        assert answer.status_code == 413
        assert "提交的内容过大" in answer.text and "200 MB" in answer.text and "<nav" in answer.text
        assert client.generic("POST", "/admin/login/", b"", CONTENT_LENGTH="3000000").status_code == 200
        assert client.generic("GET", "/", b"", CONTENT_LENGTH="x").status_code != 500

    def test_when_the_database_is_away(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            answer = errors.server_error(RequestFactory().get("/"))
        assert answer.status_code == 500
        assert "系统暂时出错" in answer.content.decode()

    @override_settings(ROOT_URLCONF="tests.portal.breaking_urls")
    def test_a_view_that_breaks(self, client):
        client.raise_request_exception = False
        answer = client.get("/break/")
        assert answer.status_code == 500
        assert "系统暂时出错" in answer.text
        assert "秘密的细节" not in answer.text


class TestRegistries:
    def test_a_room_hangs_its_block_on_the_front_page_and_navigation(self, client):
        block = PublicBlock("test", "某室的栏目", lambda: "/some-room/", lambda request: "一句话说明", order=1)
        public_blocks.register(block)
        try:
            page = client.get("/").text
            assert page.count('href="/some-room/"') == 2
            assert "一句话说明" in page
            assert page.index("某室的栏目") < page.index("工作台账")
            assert 'href="/some-room/"' in client.get("/no/such/").text
        finally:
            public_blocks.unregister("test")
        assert "某室的栏目" not in client.get("/").text

    def test_a_room_opens_an_interface(self, client):
        route = ApiRoute(
            "test", "some/thing", lambda request: JsonResponse({"n": request.GET["n"]}), "某接口", (("n", "数"),)
        )
        api_routes.register(route)
        try:
            assert client.get("/api/v1/some/thing?n=3").json() == {"n": "3"}
            described = client.get("/api/v1/openapi.json").json()["paths"]["/some/thing"]["get"]
            assert (described["operationId"], described["summary"]) == ("test", "某接口")
            assert described["parameters"][0]["name"] == "n"
        finally:
            api_routes.unregister("test")
        assert client.get("/api/v1/some/thing?n=3").status_code == 404

    def test_the_description_names_every_interface_and_each_answers(self, client):
        document = client.get("/api/v1/openapi.json").json()
        assert document["openapi"] == "3.1.0"
        assert len(document["paths"]) == len(api_routes)
        for address in document["paths"]:
            assert client.get("/api/v1" + address).status_code in (200, 400, 404)

    def test_interfaces_only_read(self, client):
        assert client.post("/api/v1/ledger").status_code == 405
        assert client.post("/api/v1/openapi.json").status_code == 405

    def test_an_unknown_interface_is_told_in_json(self, client):
        answer = client.get("/api/v1/nothing")
        assert answer.status_code == 404
        assert answer.json()["openapi"] == "/api/v1/openapi.json"


class TestStyle:
    def test_the_stylesheet_is_small_and_fetches_nothing(self):
        served = ("portal.css", "reading.js")
        assert sum(len((STATIC / name).read_bytes()) for name in served) <= 60 * 1024
        text = "".join((STATIC / name).read_text() for name in served)
        assert "@import" not in text
        assert "url(" not in text

    @pytest.mark.parametrize("theme", [":root {", '[data-theme="dark"]', '[data-theme="contrast"]'])
    @pytest.mark.parametrize(
        ("front", "back", "least"),
        [
            *[(name, "paper", 4.5) for name in ("ink", "quiet", "accent", "visited", "red", "amber", "green")],
            *[(name, "soft", 4.5) for name in ("ink", "quiet", "accent", "visited", "red", "amber", "green")],
            *[(name, "tint", 4.5) for name in ("ink", "quiet", "accent", "visited")],
            ("on-accent", "accent", 4.5),
            ("on-accent", "accent-strong", 4.5),
            ("on-band", "band", 4.5),
            ("edge", "paper", 3),
            ("edge", "soft", 3),
            ("edge", "tint", 3),
            ("focus", "paper", 3),
        ],
    )
    def test_every_pair_of_colours_can_be_read(self, theme, front, back, least):
        block = (STATIC / "portal.css").read_text().split(theme)[1].split("}")[0]
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
        assert contrast(colours[front], colours[back]) >= least

    def test_no_page_asks_for_script_or_another_host(self, client):
        for address in ("/", "/ledger/", "/qinghe-fgj/", "/nothing/"):
            page = client.get(address).text
            scripts = [one.attributes for one in LexborHTMLParser(page).css("script")]
            assert all(
                one.get("type") == "application/ld+json" or one["src"] == "/static/portal/reading.js" for one in scripts
            )
            assert not re.findall(r'(?:src|href)="https?://', page.replace('rel="canonical" href="http', ""))


def contrast(one: str, other: str) -> float:
    """WCAG 2.1 contrast ratio of two colours."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_contrast_knows_the_extremes():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
