from tests.review.conftest import reviewable, site, told  # noqa: F401
from tests.review.county import county, people, person, standing_still  # noqa: F401
