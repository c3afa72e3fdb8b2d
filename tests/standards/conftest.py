import pytest
from tests.review.county import county, people, person, standing_still  # noqa: F401

from gongkai.portal.structure import ensure_portal


@pytest.fixture(autouse=True)
def portal(request) -> None:
    """Every body has its section."""
    if "county" in request.fixturenames:
        request.getfixturevalue("county")
        ensure_portal()
