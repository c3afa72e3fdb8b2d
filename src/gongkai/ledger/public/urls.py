"""Public addresses of the ledger, below /ledger/."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from gongkai.ledger.public.views import evidence_file, item_page, plan_page, years_page


class CodeConverter(StringConverter):
    """The code of a county: it begins with a letter, so it is never taken for a year."""

    regex = r"[a-z][a-z0-9.-]*"


register_converter(CodeConverter, "code")

urlpatterns = [
    path("", years_page, name="ledger_public_years"),
    path("files/<int:pk>/", evidence_file, name="ledger_public_file"),
    path("<int:year>/", plan_page, name="ledger_public_plan"),
    path("<int:year>/<str:key>/", item_page, name="ledger_public_item"),
    path("<code:county>/", years_page, name="ledger_public_years"),
    path("<code:county>/<int:year>/", plan_page, name="ledger_public_plan"),
    path("<code:county>/<int:year>/<str:key>/", item_page, name="ledger_public_item"),
]
