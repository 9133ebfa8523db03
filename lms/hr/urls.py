"""Pages of hr."""

from django.urls import path

from lms.hr.web import exports, records, rosters

app_name = "hr"
urlpatterns = [
    path("hr/records/", records.records, name="records"),
    path("hr/records/export/", records.export, name="export"),
    path("hr/exports/", exports.exports, name="exports"),
    path("hr/exports/<int:pk>/file/", exports.export_file, name="export_file"),
    path("hr/roster/", rosters.roster, name="roster"),
    path("hr/roster/<str:code>/sign/", rosters.sign_off, name="sign_off"),
]
