"""What is signed of a batch."""

from __future__ import annotations

import pytest

from gongkai.bodies.models import Body
from gongkai.core.screening import Screener
from gongkai.portal.importing.manifest import batch_words
from gongkai.portal.importing.models import Batch


@pytest.mark.parametrize("included", [1, 100_000, 999_999])
def test_its_numbers_are_no_numbers_of_secret_papers(included):
    """Six digits alone on a first line are 份号 to the machine; the count of a large batch looked like one."""
    batch = Batch(name="旧网站", body=Body(code="qinghe.fgj", name="清河县发展和改革局"), included=included)
    assert [finding for _label, text in batch_words(batch) for finding in Screener.standard().screen(text)] == []
