"""Pages of certificates. `V/` and `v/` are short because they are printed and scanned."""

from django.urls import path

from certificates.api.views import OwnCertificates, Verify
from certificates.web import mine, office, verify

app_name = "certificates"
urlpatterns = [
    path("certificates/", mine.mine, name="mine"),
    path("certificates/claim/", mine.claim, name="claim"),
    path("certificates/<str:serial>/pdf/", mine.pdf, name="pdf"),
    path("certificates/<str:serial>/revoke/", office.revoke, name="revoke"),
    path("certificates/<str:serial>/reissue/", office.reissue, name="reissue"),
    path("v/", verify.form, name="verify_form"),
    path("v/<str:code>/", verify.verify, name="verify"),
    path("v/<str:code>/name/", verify.compare_name, name="compare_name"),
    path("v/<str:code>/file/", verify.compare_file, name="compare_file"),
    # QR codes hold the address in upper case and without a slash at the end.
    path("V/<str:code>", verify.verify, name="scan"),
    path("V/<str:code>/", verify.verify),
    path("api/v1/certificates/", OwnCertificates.as_view(), name="api_mine"),
    path("api/v1/verify/<str:code>/", Verify.as_view(), name="api_verify"),
]
