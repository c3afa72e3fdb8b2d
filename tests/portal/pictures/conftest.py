"""A body that writes, with an open column."""

import pytest
from tests.portal import writing
from tests.portal.conftest import nothing_kept  # noqa: F401
from tests.portal.writing import ensure_portal
from tests.review.county import county, people, person, standing_still  # noqa: F401


@pytest.fixture
def column(county):
    ensure_portal()
    return writing.through_the_gate(writing.column(writing.section(county.fgj), "图片新闻"))
