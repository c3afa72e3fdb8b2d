"""Pages and their attachments that are public already, gone over again: found, held, changed."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from tests.portal import writing
from tests.portal.writing import ensure_portal

from gongkai.foundation.schedules.declaring import periodic_jobs
from gongkai.portal.models import Attachment
from gongkai.review import gate
from gongkai.review.models import Recall, State
from gongkai.review.services import add_word_list, begin_rescreening, change_recall
from gongkai.review.services.rescreening import go_over


@pytest.fixture
def article(county, people):
    ensure_portal()
    column = writing.through_the_gate(writing.column(writing.section(county.fgj)))
    files = (writing.file(county.fgj, "liebiao.csv", "事项,地点\n缴费,旧称局\n领证,旧称局\n".encode()),)
    return writing.through_the_gate(writing.article(column, files=files))


@pytest.fixture
def rescreen(people, county, article):
    add_word_list(
        people.office, county.body, "县自建", ContentFile("词语,建议\n旧称局,新称局\n".encode(), "县自建.csv")
    )

    def run():
        started = begin_rescreening(people.office, county.body)
        while go_over(started.pk):
            pass
        started.refresh_from_db()
        return started

    return run


def test_a_word_in_an_attachment_is_found(rescreen, article):
    done = rescreen()
    recall = Recall.objects.get()
    assert done.total == 2 and done.missed == 0
    assert (recall.part, recall.in_file, recall.times) == ("附件 1 文件", True, 2)
    assert recall.where == "第2段"


def test_undecided_neither_page_nor_file_is_given_to_the_public(rescreen, article, client, settings):
    document = article.attachments.first().document
    assert client.get(article.url).status_code == 200 and client.get(document.url).status_code == 200
    rescreen()
    settings.GONGKAI_NOW = "2026-06-19T01:00:00+08:00"
    assert periodic_jobs.get("review.recalls").function(None) == 1
    assert client.get(article.url).status_code != 200
    assert client.get(document.url).status_code == 404


def test_changed_it_is_over_with_the_new_version(rescreen, article, people, county):
    rescreen()
    recall = change_recall(people.clerk, Recall.objects.get())
    draft = type(article).objects.get(pk=article.pk).get_latest_revision_as_object()
    mended = writing.file(county.fgj, "gai.csv", "事项,地点\n缴费,新称局\n".encode())
    draft.attachments = [Attachment(document=mended, sort_order=0)]
    draft.save_revision()
    fresh = writing.through_the_gate(type(article).objects.get(pk=article.pk))
    recall.release.refresh_from_db()
    assert recall.release.state == State.SUPERSEDED and gate.is_open("portal.article", fresh)
    assert rescreen().found == 0
