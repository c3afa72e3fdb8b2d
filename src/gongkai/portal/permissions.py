"""What may be done by hand with pages. Publishing is nobody's right, superusers included: it is what the gate does."""

from __future__ import annotations

from wagtail.models import Page, PagePermissionTester


class Gated(PagePermissionTester):
    """Drafting, and nothing that changes what the public sees: that goes through 报送审查 and 撤稿."""

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """What is public is withdrawn first. A page without pages below costs no query: lists ask for every row."""
        if self.page.live:
            return False
        if self.page.is_leaf():
            return bool(self.user.is_active and (self.user.is_superuser or "change" in self.permissions))
        if self.page.get_descendants().live().exists():
            return False
        return bool(super().can_delete(ignore_bulk))

    def can_move_to(self, destination: Page) -> bool:
        """Where it stands is part of what was signed; Wagtail would let superusers move it."""
        return not self.page.live and bool(super().can_move_to(destination))


class Standing(Gated):
    """A page that stands and falls with a body of the register: nothing but looking at it and adding pages below.

    Wagtail would ask the database for each row of its explorer whether the page may go; here the answer is known.
    """

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_copy(self) -> bool:
        return False
