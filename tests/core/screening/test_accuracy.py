"""Recall and precision on our own labelled corpus, whose surface forms are written apart from the rules."""

import random

import pytest
from tests.core.screening.corpus import ON, WHITELIST, negatives, texts, write

from gongkai.core.documents import read
from gongkai.core.screening import Screener, screen_document
from gongkai.core.screening.evaluation import evaluate, read_labels

NUMBERED = "personal"  # all of them are held to the stricter limits of numbers


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    return write(folder)


@pytest.mark.slow
def test_recall_and_precision(corpus):
    screener = Screener.standard(on=ON, whitelist=WHITELIST)

    def find(sample):
        if sample.text is not None:
            return screener.screen(sample.text)
        return screen_document(screener, read(sample.path, whole=True)).findings

    result = evaluate(read_labels(corpus), find)
    assert result.total.labels >= 2000
    for name, score in result.scores.items():
        recall, precision = (0.995, 0.99) if name == NUMBERED else (0.97, 0.95)
        assert score.recall is not None and score.recall >= recall, name
        assert score.precision is not None and score.precision >= precision, name


def test_the_corpus_plants_every_rule_among_enough_that_is_right():
    screener = Screener.standard(on=ON, whitelist=WHITELIST)
    made = list(texts())
    found = {finding.rule for text in made for finding in screener.screen(text.text)}
    assert {rule.id for rule in screener.rules} | {lexicon.rule for lexicon in screener.lexicons} <= found
    assert sum(len(text.spans) for text in made) >= 2000
    assert sum(1 for _ in negatives(random.Random(1))) >= 5000
