"""Old Word files through the real LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess

import docx
import pytest

from gongkai.core.documents import DocumentError, office, read_bytes

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
def test_a_table_that_the_conversion_loses_is_named(tmp_path, source):
    file = docx.Document(io.BytesIO(source))
    file.element.body.remove(file.paragraphs[-1]._element)  # LibreOffice writes a broken doc when a table stands last
    file.save(tmp_path / "a.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'p').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "doc", "a.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    document = read_bytes((tmp_path / "a.doc").read_bytes())
    assert any(document.tables()) != any("表格" in note for note in document.not_examined)


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
