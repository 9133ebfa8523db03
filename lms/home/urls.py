"""Pages that belong to no single app."""

from django.urls import path

from lms.home.web import audit, manifest, start, status, texts

app_name = "home"
urlpatterns = [
    path("", start.start, name="start"),
    path("begin/", start.begin, name="begin"),
    path("help/", texts.help_page, name="help"),
    path("accessibility/", texts.accessibility, name="accessibility"),
    path("audit/", audit.audit, name="audit"),
    path("manifest.webmanifest", manifest.manifest, name="manifest"),
    path("icon.svg", manifest.icon, name="icon"),
    path("healthz", status.healthz, name="healthz"),
    path("readyz", status.readyz, name="readyz"),
    path("signed-out/", status.signed_out, name="signed_out"),
    path("offline/", status.offline, name="offline"),
    path("service-worker.js", status.service_worker, name="service_worker"),
]
