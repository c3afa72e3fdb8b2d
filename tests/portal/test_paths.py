"""Pages below a page by the index of paths, and the same pages as before."""

import pytest
from django.db import connection
from tests.portal import writing
from tests.portal.many import below
from tests.portal.writing import ensure_portal
from wagtail.models import Page

from gongkai.portal.models import ColumnPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(county):
    ensure_portal()
    section = writing.section(county.fgj)
    below(section, ColumnPage, [f"栏目{number}" for number in range(40)])
    return type(section).objects.get(pk=section.pk)


def test_the_same_pages_are_found(section):
    paths = list(Page.objects.values_list("path", flat=True))
    assert set(Page.objects.filter(path__startswith=section.path).values_list("path", flat=True)) == {
        path for path in paths if path.startswith(section.path)
    }
    assert not Page.objects.filter(path__startswith="").exclude(pk__in=Page.objects.all()).exists()


def test_the_tree_that_was_written_at_once_is_sound(section):
    assert Page.find_problems() == ([], [], [], [], [])
    assert section.get_children().count() == section.numchild >= 40


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has an index of its own for LIKE")
def test_the_index_is_used(section):
    plan = Page.objects.filter(path__startswith=section.path).explain()
    assert "USING INDEX" in plan and "SCAN" not in plan


def test_kinds_of_page_with_a_table_of_their_own(section):
    below = ColumnPage.objects.filter(path__startswith=section.path)
    assert below.filter(title__startswith="栏目").count() == 40
    assert not ColumnPage.objects.exclude(path__startswith=section.path).filter(title__startswith="栏目").exists()
