"""The addresses of daily work below /admin/ledger/."""

from django.urls import path

from gongkai.ledger.views.assignment import AssignmentView, EvidenceActView, EvidenceFileView
from gongkai.ledger.views.bulk import BulkView, UndoView
from gongkai.ledger.views.export import ExportView
from gongkai.ledger.views.item import ItemView
from gongkai.ledger.views.overview import BoardView, ByBodyView, ByItemView, TimelineView
from gongkai.ledger.views.tasks import MyTasksView, TasksView

urlpatterns = [
    path("", BoardView.as_view(), name="ledger_board"),
    path("mine/", MyTasksView.as_view(), name="ledger_my_tasks"),
    path("tasks/", TasksView.as_view(), name="ledger_tasks"),
    path("items/", ByItemView.as_view(), name="ledger_by_item"),
    path("bodies/", ByBodyView.as_view(), name="ledger_by_body"),
    path("timeline/", TimelineView.as_view(), name="ledger_timeline"),
    path("export/<int:plan>/", ExportView.as_view(), name="ledger_export"),
    path("items/<int:pk>/", ItemView.as_view(), name="ledger_item"),
    path("items/<int:pk>/<slug:key>/", ItemView.as_view(http_method_names=["post"]), name="ledger_item_act"),
    path("assignments/<int:pk>/", AssignmentView.as_view(http_method_names=["get"]), name="ledger_assignment"),
    path("assignments/<int:pk>/<slug:key>/", AssignmentView.as_view(http_method_names=["post"]), name="ledger_act"),
    path(
        "assignments/<int:pk>/evidence/<int:evidence>/<slug:key>/",
        EvidenceActView.as_view(),
        name="ledger_evidence_act",
    ),
    path("evidence/<int:pk>/file/", EvidenceFileView.as_view(), name="ledger_evidence_file"),
    path("bulk/", BulkView.as_view(), name="ledger_bulk"),
    path("undo/<int:pk>/", UndoView.as_view(), name="ledger_undo"),
]
