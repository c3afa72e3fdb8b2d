"""Every model that people change is audited, and the record of events is closed."""

from django.apps import apps
from django.db import models

from gongkai.foundation.events.models import Audited

# Why a model of ours needs no audit of its own.
EXEMPT = {
    "events.Event": "is the record",
    "accounts.User": "changed by bodies' verbs, which record the person",
    "review.Entry": "is the register: added to, never changed",
    "review.Verification": "written once, with its event",
    "review.FingerprintKey": "one row, made once; nobody changes it",
    "ledger.Group": "written once, with its plan",
    "ledger.Task": "written once, with its plan",
    "ledger.Target": "written once, with its item",
    "ledger.EvidenceUse": "a relation; recorded with the evidence",
    "ledger.Comment": "never changes; its writing is an event",
    "ledger.Urge": "never changes but for what followed; its sending is an event",
    "ledger.Batch": "a list of events",
    "bodies.FormerName": "recorded with the renaming of its body",
    "snapshots.Snapshot": "content-addressed: another content is another snapshot",
    "snapshots.Blob": "content-addressed: another content is another blob",
    "notifications.Notification": "a message; its reading is not a change of state",
    "notifications.Delivery": "a message's way out",
    "notifications.Preference": "a person's own setting",
    "schedules.JobRun": "is itself a log",
    "rectification.SourceRun": "is itself a log",
    "portal.HomePage": "follows the register of bodies; has no text of its own",
    "portal.SectionPage": "follows the register of bodies; has no text of its own",
    "portal.BlockPage": "made with its section; its words are the table's",
    "portal.GuidePage": "drafts are Wagtail's revisions, with their authors; what becomes public is a release",
    "portal.ColumnPage": "drafts are Wagtail's revisions, with their authors; what becomes public is a release",
    "portal.ArticlePage": "drafts are Wagtail's revisions, with their authors; what becomes public is a release",
    "portal.TopicPage": "drafts are Wagtail's revisions, with their authors; what becomes public is a release",
    "portal.TopicItem": "belongs to the revisions of its topic",
    "portal.Profile": "the copy of the register that was signed; the register is audited",
    "portal.Attachment": "belongs to the revisions of its article",
    "portal.AttachmentFile": "public as part of a release; Wagtail keeps who uploaded and replaced it",
    "portal.Illustration": "where to look for a file; follows the texts, whose versions are kept",
    "portal.Rendition": "made by the machine of a picture, and known by the SM3 of both",
    "standards.Check": "the newest verdict of the machine, computed anew every night",
    "standards.Stray": "what the machine finds, computed anew every night",
    "standards.Fault": "what the machine finds, computed anew every night",
    "importing.Row": "written once, with its batch; what is public of it is a release",
    "disclosure.ImportedRow": "written once, with its run; what is public of it is a record",
    "importing.RowFinding": "written once, with its row; the decision is an event of its batch",
    "pagecache.Change": "counts changes that are recorded elsewhere",
    "disclosure.RecordPage": "drafts are Wagtail's revisions, with their authors; what becomes public is a release",
    "disclosure.RecordFile": "belongs to the revisions of its record",
    "disclosure.Serial": "a counter that only grows",
    "portal.Address": "what other sites answered when they were asked last",
    "portal.BrokenLink": "what a check found; it goes when the check finds it no more",
    "publicforms.Attempt": "a counter that expires",
    "publicforms.SpentChallenge": "a counter that expires",
}


def ours():
    return [model for model in apps.get_models() if model.__module__.startswith("gongkai.")]


def test_every_model_is_audited_or_says_why_not():
    missing = [m._meta.label for m in ours() if not issubclass(m, Audited) and m._meta.label not in EXEMPT]
    assert missing == []


def test_audited_fields_exist():
    for model in ours():
        if issubclass(model, Audited):
            names = {field.name for field in model._meta.concrete_fields}
            assert model.audited, model
            assert set(model.audited) <= names, model


def test_no_field_takes_the_time_from_elsewhere():
    for model in ours():
        for field in model._meta.get_fields():
            if isinstance(field, models.DateField):
                assert not field.auto_now and not field.auto_now_add, (model, field)


def test_every_model_is_named_in_chinese():
    for model in ours():
        assert any("\u4e00" <= character <= "\u9fff" for character in str(model._meta.verbose_name)) or (
            model._meta.label in EXEMPT
        ), model
