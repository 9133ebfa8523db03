"""Pages of courses."""

from django.urls import path

from courses.api.views import OwnProgress, TrackDetail, Tracks
from courses.web import (
    assets,
    handlers,
    learn,
    progress,
    studio,
    studio_block,
    studio_import,
    studio_preview,
    studio_publish,
)

app_name = "courses"
urlpatterns = [
    path("tracks/", learn.tracks, name="tracks"),
    path("tracks/<str:code>/", learn.track, name="track"),
    path("tracks/<str:code>/enrol/", learn.enrol, name="enrol"),
    path("learn/<str:module_code>/", learn.module, name="module"),
    path("learn/<str:module_code>/<str:unit_key>/", learn.unit, name="unit"),
    path("learn/<str:module_code>/<str:unit_key>/place/", progress.place, name="place"),
    path("learn/<str:module_code>/<str:unit_key>/done/", learn.finish_unit, name="finish_unit"),
    path("x/<str:usage_key>/<str:handler>/", handlers.handler, name="handler"),
    path("x/<str:usage_key>/<str:handler>/<path:suffix>", handlers.handler, name="handler"),
    path("block-files/<str:block_type>/<path:uri>", handlers.resource, name="resource"),
    path("assets/<str:module_code>/<str:digest>/<path:path>", assets.asset, name="asset"),
    path("api/v1/tracks/", Tracks.as_view(), name="api_tracks"),
    path("api/v1/tracks/<str:code>/", TrackDetail.as_view(), name="api_track"),
    path("api/v1/progress/", OwnProgress.as_view(), name="api_progress"),
    path("studio/", studio.modules, name="studio"),
    # Courses in and out; before the modules, whose codes could be any word.
    path("studio/import/", studio_import.imports, name="imports"),
    path("studio/import/<int:pk>/", studio_import.course_import, name="import"),
    path("studio/import/<int:pk>/confirm/", studio_import.confirm, name="confirm_import"),
    path("studio/import/<int:pk>/cancel/", studio_import.cancel, name="cancel_import"),
    path("studio/<str:module_code>/export/", studio_import.export, name="export_module"),
    path("studio/<str:module_code>/", studio.module, name="studio_module"),
    path("studio/<str:module_code>/publish/", studio_publish.publish, name="publish"),
    path("studio/<str:module_code>/versions/<int:number>/restore/", studio_publish.restore, name="restore"),
    path("studio/<str:module_code>/units/<str:unit_key>/", studio_preview.preview, name="preview"),
    path("studio/<str:module_code>/blocks/<str:usage_key>/", studio_block.block, name="studio_block"),
]
