"""Recall and precision on our own labelled corpus, whose surface forms are written apart from the rules."""

import pytest
from tests.core.screening.corpus import write

from gongkai.core.documents import read
from gongkai.core.screening import Screener, screen_document
from gongkai.core.screening.evaluation import evaluate, read_labels

NUMBERED = "personal"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    return write(folder), (folder / "whitelist.txt").read_text("utf-8").split()


def test_recall_and_precision(corpus):
    labels, whitelist = corpus
    screener = Screener.standard(whitelist=whitelist)

    def find(sample):
        if sample.text is not None:
            return screener.screen(sample.text)
        return screen_document(screener, read(sample.path, whole=True)).findings

    result = evaluate(read_labels(labels), find)
    assert result.total.labels >= 2000
    for name, score in result.scores.items():
        recall, precision = (0.995, 0.99) if name == NUMBERED else (0.97, 0.95)
        assert score.recall is not None and score.recall >= recall, name
        assert score.precision is not None and score.precision >= precision, name
