"""The addresses of imports below /admin/ledger/import/."""

from django.urls import path

from gongkai.ledger.views.importing.review import ReviewView
from gongkai.ledger.views.importing.start import ImportView, PlanActView, SourceView

urlpatterns = [
    path("", ImportView.as_view(), name="ledger_import"),
    path("<int:pk>/", ReviewView.as_view(), name="ledger_import_review"),
    path("<int:pk>/file/", SourceView.as_view(), name="ledger_import_file"),
    path("plans/<int:pk>/<slug:do>/", PlanActView.as_view(), name="ledger_import_plan"),
]
