"""Every page, each app its own part."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from lms.people.web import account

handler400 = "lms.home.web.status.bad_request"
handler403 = "lms.home.web.status.forbidden"
handler404 = "lms.home.web.status.not_found"
handler500 = "lms.home.web.status.server_error"

urlpatterns = [
    path("", include("lms.home.urls")),
    path("", include("lms.people.urls")),
    path("accounts/", include("allauth.urls")),
    path("language/", account.language, name="set_language"),
    path("", include("assessments.urls")),
    path("", include("courses.urls")),
    path("h5p/", include("courses.h5p.urls")),
    path("", include("certificates.urls")),
    path("", include("lms.indicator.urls")),
    path("", include("lms.hr.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("admin/", admin.site.urls),
]
