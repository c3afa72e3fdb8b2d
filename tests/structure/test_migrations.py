"""The schema that the code expects is the one that the migrations make."""

from django.core.management import call_command


def test_no_model_change_without_a_migration(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
