"""Private files have no address."""

import pytest
from django.core.files.base import ContentFile

from gongkai.foundation.files import private_storage


def test_a_private_file_has_no_address():
    storage = private_storage()
    name = storage.save("somewhere/secret.txt", ContentFile(b"x"))
    with pytest.raises(ValueError):
        storage.url(name)
    assert storage.open(name).read() == b"x"
