"""A room that exists in tests only: it hangs something into every registry, and no other room knows it."""

from django.apps import AppConfig


class DummyRoomConfig(AppConfig):
    name = "tests.foundation.dummy_room"
    label = "dummy_room"
    verbose_name = "试验室"
