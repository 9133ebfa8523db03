"""The player host's addresses. Their names need no namespace: a project may include them anywhere."""

from django.urls import path, re_path

from courses.h5p.web import files, play

urlpatterns = [
    re_path(r"^b/(?P<key>[0-9a-f]{64})\.(?P<kind>js|css)$", files.bundle, name="h5p_bundle"),
    path("core/<str:version>/<path:path>", files.core_file, name="h5p_core_file"),
    path("l/<path:path>", files.library_file, name="h5p_library_file"),
    path("c/<str:key>/<path:path>", files.content_file, name="h5p_content_file"),
    path("<str:token>/", play.play, name="h5p_play"),
]
