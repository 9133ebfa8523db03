"""Every page, each app its own part."""

from django.contrib import admin
from django.urls import include, path

from lms.people.web import account

urlpatterns = [
    path("", include("lms.home.urls")),
    path("", include("lms.people.urls")),
    path("accounts/", include("allauth.urls")),
    path("language/", account.language, name="set_language"),
    path("", include("courses.urls")),
    path("", include("assessments.urls")),
    path("", include("certificates.urls")),
    path("", include("lms.indicator.urls")),
    path("", include("lms.hr.urls")),
    path("admin/", admin.site.urls),
]
