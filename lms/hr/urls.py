"""Pages of hr."""

from django.urls import path

from lms.hr.web import records

app_name = "hr"
urlpatterns = [
    path("hr/records/", records.records, name="records"),
]
