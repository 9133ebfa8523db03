"""Pages of courses."""

from django.urls import path

from courses.api.views import OwnProgress, TrackDetail, Tracks
from courses.web import (
    assets,
    frames,
    handlers,
    learn,
    progress,
    standing,
    studio,
    studio_block,
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
    path("learn/<str:module_code>/<str:unit_key>/standing/", standing.standing, name="standing"),
    path("learn/<str:module_code>/<str:unit_key>/done/", learn.finish_unit, name="finish_unit"),
    path("parts/<str:module_code>/<str:usage_key>/", frames.frame, name="frame"),
    path("x/<str:usage_key>/<str:handler>/", handlers.handler, name="handler"),
    path("x/<str:usage_key>/<str:handler>/<path:suffix>", handlers.handler, name="handler"),
    path("block-files/<str:block_type>/<path:uri>", handlers.resource, name="resource"),
    path("assets/<str:module_code>/<str:digest>/<path:path>", assets.asset, name="asset"),
    path("api/v1/tracks/", Tracks.as_view(), name="api_tracks"),
    path("api/v1/tracks/<str:code>/", TrackDetail.as_view(), name="api_track"),
    path("api/v1/progress/", OwnProgress.as_view(), name="api_progress"),
    path("studio/", studio.modules, name="studio"),
    path("studio/<str:module_code>/", studio.module, name="studio_module"),
    path("studio/<str:module_code>/publish/", studio_publish.publish, name="publish"),
    path("studio/<str:module_code>/versions/<int:number>/restore/", studio_publish.restore, name="restore"),
    path("studio/<str:module_code>/units/<str:unit_key>/", studio_preview.preview, name="preview"),
    path("studio/<str:module_code>/blocks/<str:usage_key>/", studio_block.block, name="studio_block"),
]
