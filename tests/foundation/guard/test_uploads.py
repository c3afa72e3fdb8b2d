"""Uploads stay in memory, whatever their size, up to the limit."""

import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import RequestFactory

from gongkai.foundation.guard import UploadTooLarge


def files_of(size: int):
    data = {"file": SimpleUploadedFile("大.txt", b"x" * size), "note": "一"}
    request = RequestFactory().post("/", data)
    return request.FILES["file"], request.POST


def test_no_file_is_spooled(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    file, fields = files_of(4 * 2**20)  # Django would spool it
    assert isinstance(file, InMemoryUploadedFile)
    assert (file.size, file.name, fields["note"]) == (4 * 2**20, "大.txt", "一")
    assert len(file.read()) == 4 * 2**20
    assert list(Path(tmp_path).iterdir()) == []


def test_beyond_the_limit(settings):
    settings.GONGKAI_UPLOAD_BYTES = 100_000
    assert files_of(100_000)[0].size == 100_000
    with pytest.raises(UploadTooLarge):
        files_of(100_001)


def test_the_visitor_reads_what_is_taken(client, settings, db):
    settings.GONGKAI_UPLOAD_BYTES = 2**20
    answer = client.post("/admin/login/", {"file": SimpleUploadedFile("大.txt", b"x" * (2**20 + 1))})
    assert answer.status_code == 413
    assert "文件超过 1 MB" in answer.text
