"""A directory of one's own: who holds which role where."""

import pytest

from gongkai.foundation.access import Grant, Role, rights, use_directory


class Roles:
    def __init__(self) -> None:
        self.held: list[tuple[str, Grant]] = []

    def give(self, user, role: Role, body_id: int | None = None, covers: set[int] | None = None) -> None:
        reached = frozenset(covers) if covers is not None else frozenset({body_id}) if body_id else None
        self.held.append((user.username, Grant(role, body_id, reached)))

    def grants(self, user, on):
        return [grant for username, grant in self.held if username == user.username]


@pytest.fixture
def roles():
    kept = list(rights._directory)
    made = Roles()
    use_directory(made)
    yield made
    rights._directory[:] = kept
