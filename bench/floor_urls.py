"""Two views no page can undercut: a constant, and one row by its primary key."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from lms.people.models import Organisation


def static(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def one_read(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse(Organisation.objects.get(pk=pk).name)


urlpatterns = [path("static-view", static), path("one-read/<int:pk>", one_read)]
