"""Writing a table of a record in Chromium: typed by keyboard alone, pasted from a sheet, put right cell by cell."""

from __future__ import annotations

import pytest
from tests import browsing
from tests.disclosure import recording

from gongkai.disclosure.models import RecordPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTE = """text => {
    const carried = new DataTransfer();
    carried.setData('text/plain', text);
    document.activeElement.dispatchEvent(
        new ClipboardEvent('paste', {clipboardData: carried, bubbles: true, cancelable: true}));
}"""
SHEET = '职位\t名额\t报考条件\r\n文秘\t两名\t"本科\n中文专业"\r\n司机\t1\t高中\r\n'


@pytest.fixture
def session(live_server, county, people, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
    with browsing.browsing(live_server.url) as session:
        yield session


def test_a_table_is_typed_pasted_and_put_right(session, county):
    record = recording.draft(recording.column(county.fgj), "recruitment", {"stage": "招考公告"}, "招聘公告")
    window = session.signed_in("clerk.fgj")
    window.goto(f"{session.origin}/admin/pages/{record.pk}/edit/")
    cell = lambda row, column: window.get_by_label(f"第 {row} 行，{column}", exact=True)  # noqa: E731

    cell(1, "职位").focus()
    for words in ("会计", "1", "本科"):
        window.keyboard.type(words)
        window.keyboard.press("Tab")
    cell(1, "报考条件").focus()
    window.keyboard.press("Enter")  # begins a row below
    cell(2, "职位").focus()
    window.evaluate(PASTE, SHEET)
    window.get_by_text("已粘贴 2 行。").wait_for()
    assert cell(2, "报考条件").input_value() == "本科\n中文专业"
    window.get_by_role("button", name="删除第 3 行").click()
    assert cell(3, "职位").count() == 0
    window.get_by_role("button", name="撤销").click()
    assert cell(3, "职位").input_value() == "司机"

    window.get_by_role("button", name="保存草稿").click()
    window.get_by_text("第 2 行“名额”：“两名”不是数字").first.wait_for()
    assert cell(2, "名额").get_attribute("aria-invalid") == "true" and cell(2, "名额").input_value() == "两名"
    assert [one for one in browsing.violations(window) if "disclosure-grid" in str(one)] == []
    if browsing.PICTURES:
        for width, size in browsing.WIDTHS.items():
            window.set_viewport_size(size)
            window.locator(".disclosure-grid").first.screenshot(path=f"{browsing.PICTURES}/record-grid-{width}.png")
        window.set_viewport_size(browsing.WIDTHS["wide"])
    cell(2, "名额").fill("2")
    with window.expect_navigation():
        window.get_by_role("button", name="保存草稿").click()
    kept = RecordPage.objects.get(pk=record.pk).get_latest_revision_as_object().fields["positions"]
    assert [row["places"] for row in kept] == ["1", "2", "1"] and kept[1]["conditions"] == "本科\n中文专业"
    assert session.strangers == []
