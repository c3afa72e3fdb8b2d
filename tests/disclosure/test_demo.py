"""The example content: every kind, several bodies, two years, honestly through the gate."""

from __future__ import annotations

import random
from datetime import date

from gongkai.disclosure.declaring import kinds
from gongkai.disclosure.demo.making import make, makings


def test_every_kind_is_made_over_several_bodies():
    made = {record["kind"] for making in makings() for record in making.records}
    assert made == set(kinds())
    assert len({body for making in makings() for body in making.bodies}) >= 15


def test_the_same_seed_makes_the_same_content():
    def everything():
        words = random.Random(7)
        return [make(making, words, date(2026, 3, 2), "清河县某局") for making in makings()]

    titles = [[(one.title, one.fields) for one in made] for made in everything()]
    assert titles == [[(one.title, one.fields) for one in made] for made in everything()]
