"""Old Word files through the real LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess

import docx
import pytest

from gongkai.core.documents import DocumentError, office, read_bytes
from gongkai.core.documents.kinds import carries_macros
from gongkai.core.documents.word97 import with_last_paragraph

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
OLD = bytes.fromhex("d0cf11e0a1b11ae1") + "WordDocument\0".encode("utf-16-le")


@pytest.fixture(scope="module")
def source() -> bytes:
    file = docx.Document()
    file.add_paragraph("关于印发要点的通知")
    table = file.add_table(3, 3, style="Table Grid")
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "任务名称"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "一、主动公开"
    file.add_paragraph("落款")
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


@pytest.mark.office
@needs_office
@pytest.mark.parametrize("suffix", ["doc", "rtf", "odt"])
def test_old_and_foreign_files_read_like_the_docx(tmp_path, source, suffix, whole):
    (tmp_path / "a.docx").write_bytes(source)
    profile = f"-env:UserInstallation={(tmp_path / 'p').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", suffix, "a.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    document = whole(read_bytes((tmp_path / f"a.{suffix}").read_bytes(), "通知.txt"))
    assert document.kind == "doc"
    expected = read_bytes(source)

    def cells(one):
        return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in next(one.tables()).cells]

    assert cells(document) == cells(expected)
    assert [one.text for one in document.paragraphs()] == ["关于印发要点的通知", "落款"]


@pytest.mark.office
@needs_office
@pytest.mark.parametrize("rows", [3, 60])
def test_a_table_at_the_very_end(tmp_path, source, whole, rows):
    """LibreOffice writes such a doc without the paragraph behind the table; small files keep it in small sectors."""
    file = docx.Document(io.BytesIO(source))
    file.element.body.remove(file.paragraphs[-1]._element)
    for row in range(3, rows):
        file.tables[0].add_row().cells[1].text = f"（{row}）公开预算" * 5
    file.save(tmp_path / "a.docx")
    document = whole(read_bytes(_as_doc(tmp_path)))
    expected = read_bytes((tmp_path / "a.docx").read_bytes())
    assert [cell.text for cell in next(document.tables()).cells] == [
        cell.text for cell in next(expected.tables()).cells
    ]
    assert not document.not_examined


def _as_doc(folder):
    profile = f"-env:UserInstallation={(folder / 'p').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "doc", "a.docx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return (folder / "a.doc").read_bytes()


@pytest.mark.office
@needs_office
def test_a_table_that_the_conversion_loses_is_named(tmp_path, source):
    file = docx.Document(io.BytesIO(source))
    file.element.body.remove(file.paragraphs[-1]._element)
    file.sections[0].footer.paragraphs[0].text = "页脚"  # its text stands where the missing mark would have room
    file.save(tmp_path / "a.docx")
    document = read_bytes(_as_doc(tmp_path))
    assert any(document.tables()) != any("表格" in note for note in document.not_examined)


@pytest.mark.parametrize("cut", [*range(20, 80, 3), 512, 700, 2000])
def test_what_is_no_compound_file_is_left_as_it_is(cut):
    damaged = OLD[:8] + bytes(range(256)) * 20
    assert with_last_paragraph(damaged[:cut]) == damaged[:cut]


def test_macros_in_old_files_are_told():
    assert carries_macros(OLD + "_VBA_PROJECT\0".encode("utf-16-le"))
    assert not carries_macros(OLD)


@pytest.mark.office
@needs_office
def test_a_damaged_old_file_gets_one_line():
    with pytest.raises(DocumentError) as caught:
        read_bytes(OLD + bytes(4096), "坏.doc")
    assert "\n" not in str(caught.value)


def test_without_libreoffice_the_message_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DocumentError, match="需要安装 LibreOffice"):
        read_bytes(OLD, "旧.doc")


def test_a_conversion_that_hangs_is_stopped(monkeypatch, tmp_path):
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\n/bin/sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "TIMEOUT", 0.5)
    with pytest.raises(DocumentError, match="已停止"):
        read_bytes(OLD, "慢.doc")
