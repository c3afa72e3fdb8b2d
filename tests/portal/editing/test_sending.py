"""What the editor sends as a file: refused in words where it is none, or too large."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.portal.models import AttachmentFile

ADDRESSES = ("/admin/portal/import-text/", "/admin/portal/picture/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_a_file_the_request_is_wrong(client, people, address):
    client.force_login(people.clerk)
    assert client.post(address, {"place": "/"}).status_code == 400
    assert client.get(address).status_code == 405


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_too_large_is_told_and_not_kept(client, people, address, settings):
    settings.GONGKAI_UPLOAD_BYTES = 10
    client.force_login(people.clerk)
    file = SimpleUploadedFile("大.txt", b"x" * 11)
    answer = client.post(address, {"file": file, "place": "/"}, headers={"accept": "application/json"})
    assert answer.status_code == 413 and "没有收下" in answer.json()["error"], "as the editor's scripts ask"
    file.seek(0)
    assert "<html" in client.post(address, {"file": file, "place": "/"}).text
    assert not AttachmentFile.objects.exists()
