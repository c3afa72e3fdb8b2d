from tests.review.county import county, people, person, standing_still  # noqa: F401
