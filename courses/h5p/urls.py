"""The site's addresses: where people are signed in."""

from django.urls import path

from courses.h5p.web import record

app_name = "h5p"
urlpatterns = [
    path("record/<str:token>/", record.record, name="record"),
]
