"""The customary form as a Word file, read back by our own reader and printed by LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from tests.review.conftest import KIND
from tests.review.passing import GROUND, holder, sign

from gongkai.core.documents import read_bytes
from gongkai.foundation.access import Role
from gongkai.review.models import Carrier, OtherWay, Release
from gongkai.review.services import archive, request, send_back

MOBILE = "13812345678"


@pytest.fixture
def signed(site, people) -> Release:
    return sign(people.leader, request(people.clerk, KIND, site.pk, "首次公开"), "同意公开")


def read_back(data: bytes) -> dict[str, str]:
    """Label -> value of the form's table."""
    [table] = read_bytes(data, "form.docx").tables()
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.text.strip())
    flat = [text for row in rows.values() for text in row]
    return dict(zip(flat[::2], flat[1::2], strict=True))


def test_says_what_the_register_says(client, signed, people):
    client.force_login(people.clerk)
    answer = client.get(f"/admin/review/{signed.pk}/form/")
    assert answer["Content-Disposition"].startswith("attachment") and ".docx" in answer["Content-Disposition"]
    document = read_bytes(answer.content, "form.docx")
    assert "政府信息公开保密审查表" in document.text and f"保审〔2026〕{signed.pk}号" in document.text
    assert signed.digest in document.text
    form = read_back(answer.content)
    assert form["拟公开单位"] == "清河县发展和改革局" and form["信息名称"] == "清河发改"
    assert form["公开属性"] == "☑主动公开  ☐依申请公开  ☐不予公开" and form["公开依据"] == GROUND
    assert form["条例第14—16条核对"] == "各项均答“否”"
    assert form["领导审批意见"].startswith("leader.fgj；通过；同意公开")
    assert form["拟公开方式"].startswith("☑政府网站  ☐新媒体")


def test_the_boxes_are_ticked_as_the_sheet_says(client, site, people):
    ways = [OtherWay.NEW_MEDIA, OtherWay.BOARD]
    release = sign(people.leader, request(people.clerk, KIND, site.pk, carrier=Carrier.PAPER, other_ways=ways))
    archive(people.clerk, release, "2026-政务-15")
    client.force_login(people.clerk)
    form = read_back(client.get(f"/admin/review/{release.pk}/form/").content)
    assert form["载体形式"] == "☑公文类  ☐非公文类\n网站"
    assert form["拟公开方式"] == "☑政府网站  ☑新媒体  ☐报刊  ☐广播  ☐电视  ☑公开栏  ☐其他"
    assert form["归档号（登记簿条目）"].startswith("2026-政务-15；登记簿第")


def test_what_people_wrote_is_masked(client, site, people, county):
    release = request(people.clerk, KIND, site.pk)
    send_back(holder(county.fgj, Role.REVIEWER), release, f"请删去{MOBILE}")
    client.force_login(people.clerk)
    text = read_bytes(client.get(f"/admin/review/{release.pk}/form/").content, "form.docx").text
    assert MOBILE not in text and "138****5678" in text and "未答 6 项" in text


def test_only_for_who_reaches_the_body(client, signed, people):
    client.force_login(people.other_clerk)
    assert client.get(f"/admin/review/{signed.pk}/form/").status_code == 404


def test_the_release_page_offers_it(client, signed, people):
    client.force_login(people.leader)
    assert f'href="/admin/review/{signed.pk}/form/"' in client.get(f"/admin/review/{signed.pk}/").text


@pytest.mark.office
@pytest.mark.slow
def test_is_one_page_of_a4(client, signed, people, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    client.force_login(people.clerk)
    source = tmp_path / "form.docx"
    source.write_bytes(client.get(f"/admin/review/{signed.pk}/form/").content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    with pypdfium2.PdfDocument(tmp_path / "form.pdf") as printed:
        assert len(printed) == 1
        width, height = printed[0].get_size()
        assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)
        if folder := os.environ.get("SCREENSHOTS"):
            printed[0].render(scale=2).to_pil().save(Path(folder) / "review-form.png")
