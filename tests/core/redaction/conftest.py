"""The rules that come with the product."""

import pytest

from gongkai.core.screening import Screener


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener.standard()
