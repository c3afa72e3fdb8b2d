"""Tests never write where the product keeps its data."""

import os
from pathlib import Path

from django.conf import settings


def test_a_process_of_tests_has_a_folder_of_its_own():
    assert settings.DATA.name.startswith("gongkai-test-")
    assert Path(os.environ["GONGKAI_DATA"]).resolve() == settings.DATA
    assert Path(settings.STORAGES["private"]["OPTIONS"]["location"]).is_relative_to(settings.DATA)
