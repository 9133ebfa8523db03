"""The site with our error pages, and views that fail."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import path

from lms.urls import urlpatterns as pages

handler400 = "lms.home.web.status.bad_request"
handler403 = "lms.home.web.status.forbidden"
handler404 = "lms.home.web.status.not_found"
handler500 = "lms.home.web.status.server_error"


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken")


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def closed(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


urlpatterns = [*pages, path("broken", broken), path("suspicious", suspicious), path("closed", closed)]
