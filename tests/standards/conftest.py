import pytest
from tests.portal.writing import ensure_portal
from tests.review.county import county, people, person, standing_still  # noqa: F401


@pytest.fixture(autouse=True)
def portal(request) -> None:
    """Every body has its section."""
    if "county" in request.fixturenames:
        request.getfixturevalue("county")
        ensure_portal()
