"""Pages that belong to no single app."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from lms.home.web import status


def start(request: HttpRequest) -> HttpResponse:
    return redirect("home:offline")


app_name = "home"
urlpatterns = [
    path("", start, name="start"),
    path("healthz", status.healthz, name="healthz"),
    path("readyz", status.readyz, name="readyz"),
    path("signed-out/", status.signed_out, name="signed_out"),
    path("offline/", status.offline, name="offline"),
    path("service-worker.js", status.service_worker, name="service_worker"),
]
