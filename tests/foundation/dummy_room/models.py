from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import DraftStateMixin, RevisionMixin
from wagtail.snippets.models import register_snippet

from gongkai.foundation.events.models import Audited
from gongkai.foundation.vault import BlindIndexField, EncryptedTextField


class Parcel(Audited):
    """A thing with a state, a date, a number and something personal."""

    class State(models.TextChoices):
        PACKED = "packed", "已封装"
        SENT = "sent", "已寄出"
        LOST = "lost", "已丢失"

    audited = ("title", "state", "due", "weight", "recipient_id_number")

    body_id = models.BigIntegerField(null=True)
    title = models.CharField("名称", max_length=80)
    state = models.CharField(max_length=10, choices=State, default=State.PACKED)
    due = models.DateField(null=True)
    weight = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    recipient_id_number = EncryptedTextField("收件人身份证号", blank=True)
    recipient_index = BlindIndexField("recipient_id_number")

    class Meta:
        verbose_name = "包裹"

    def __str__(self):
        return self.title


class Leaflet(DraftStateMixin, RevisionMixin, models.Model):
    """A snippet with drafts, reviewed; it knows nothing of the choke."""

    body = models.ForeignKey("bodies.Body", on_delete=models.CASCADE)
    title = models.CharField("标题", max_length=80)
    panels = [FieldPanel("title"), FieldPanel("body")]

    class Meta:
        verbose_name = "折页"

    def __str__(self):
        return self.title


class Handbill(DraftStateMixin, RevisionMixin, models.Model):
    """One that nobody made reviewable: it can never be public."""

    title = models.CharField("标题", max_length=80)

    class Meta:
        verbose_name = "传单"

    def __str__(self):
        return self.title


register_snippet(Leaflet)
