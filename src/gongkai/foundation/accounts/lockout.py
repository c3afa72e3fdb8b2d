"""What somebody sees who failed to sign in too often."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refuse(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """429 with the waiting time; the wait starts anew with every further try."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    return render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)
