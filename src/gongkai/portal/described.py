"""Topics and what bodies say of themselves: the exact words the public would see of them, registered as reviewable."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.events.models import Event
from gongkai.foundation.registries import Reviewable, reviewables
from gongkai.portal.models import Profile, TopicPage
from gongkai.portal.reviewables import OWNER, SLUG, SUMMARY, TITLE, common_text, register_pages
from gongkai.portal.standing import with_place
from gongkai.review.digests import as_text
from gongkai.review.models import Release, State

TOPIC, PROFILE = "portal.topic", "portal.profile"

# Labels of signed text: never translated, see `portal.reviewables`.
DUTIES, ADDRESS, HOURS, PHONE, LEADER = "机关职能", "办公地址", "办公时间", "办公电话", "负责人 {}"
ITEM = "内容来源 {}"


def _sources(topic: TopicPage) -> list[tuple[int, Any]]:
    items = sorted(topic.items.all(), key=lambda one: (one.sort_order is None, one.sort_order or 0))
    return list(enumerate(items, 1))


def topic_words(topic: TopicPage) -> list[tuple[str, str]]:
    """Its own words, and what it draws from."""
    own = [(TITLE, topic.title), (SUMMARY, topic.summary), (SLUG, topic.slug)]
    return [*own, *[(ITEM.format(n), item.source.title) for n, item in _sources(topic)]]


def topic_text(topic: TopicPage) -> str:
    return as_text([*common_text(topic), *[(ITEM.format(n), str(item.source_id)) for n, item in _sources(topic)]])


def prepare_topics(topics: QuerySet[TopicPage]) -> QuerySet[TopicPage]:
    return with_place(topics).prefetch_related("items")


def profile_words(profile: Profile) -> list[tuple[str, str]]:
    """What the public reads of a body: duties, place, time, telephone; of people name, post and field of work."""
    facts = [
        (DUTIES, profile.duties),
        (ADDRESS, profile.contact_address),
        (HOURS, profile.office_hours),
        (PHONE, profile.contact_phone),
    ]
    leaders = [(LEADER.format(n), "｜".join(row)) for n, row in enumerate(profile.leaders, 1)]
    return [*[fact for fact in facts if fact[1]], *leaders]


def profile_authors(profile: Profile) -> set[int]:
    """Who entered it since it was signed last."""
    entered = Event.objects.about(profile.body).filter(verb="bodies.describe").exclude(actor=None)
    signed = Release.objects.filter(kind=PROFILE, object_id=profile.pk, state=State.APPROVED).first()
    if signed is not None and signed.decided_at is not None:
        entered = entered.filter(recorded_at__gt=signed.decided_at)
    return set(entered.values_list("actor_id", flat=True))


def publish_profile(profile: Profile) -> None:
    """Signed: the public's copy takes what the register says, which is what was signed."""
    Profile.objects.get(pk=profile.pk).as_registered().save()


register_pages(TOPIC, _("专题"), TopicPage, digest=topic_text, texts=topic_words, prepare=prepare_topics)
reviewables.register(
    Reviewable(
        key=PROFILE,
        label=_("机构信息"),
        model=Profile,
        title=lambda profile: gettext("%s机构信息") % profile.body.name,
        digest=lambda profile: as_text([*profile_words(profile), (OWNER, str(profile.body_id))]),
        body_id=lambda profile: profile.body_id,
        address=lambda profile: reverse("bodies_detail", args=[profile.body_id]),
        opened=publish_profile,
        prepare=lambda profiles: profiles.select_related("body"),
        candidate=lambda profile: profile.as_registered(),
        texts=profile_words,
        authors=profile_authors,
    )
)
