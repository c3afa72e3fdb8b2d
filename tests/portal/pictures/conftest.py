"""A body that writes, with an open column."""

import pytest
from tests.portal import writing
from tests.portal.writing import ensure_portal
from tests.review.county import county, people, person, standing_still  # noqa: F401


@pytest.fixture
def column(county):  # noqa: F811
    ensure_portal()
    return writing.through_the_gate(writing.column(writing.section(county.fgj), "图片新闻"))
