"""Pages of courses."""

from django.urls import path

from courses.api.views import OwnProgress, TrackDetail, Tracks
from courses.web import (
    assets,
    handlers,
    learn,
    media_edit,
    media_library,
    media_pick,
    media_served,
    media_uploads,
    oai,
    progress,
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
    path("learn/<str:module_code>/<str:unit_key>/done/", learn.finish_unit, name="finish_unit"),
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
    # The media library
    path("library/", media_library.items, name="media"),
    path("library/new/", media_edit.new, name="media_new"),
    path("library/uploads/", media_uploads.uploads, name="media_uploads"),
    path("library/uploads/<uuid:pk>/", media_uploads.upload, name="media_upload"),
    path("library/pick/<str:module_code>/", media_pick.pick, name="media_pick"),
    path("library/pick/<str:module_code>/place/", media_pick.place, name="media_place"),
    path("library/<int:pk>/", media_library.item, name="media_item"),
    path("library/<int:pk>/edit/", media_edit.edit, name="media_edit"),
    path("library/<int:pk>/replace/", media_library.replace, name="media_replace"),
    path("library/<int:pk>/withdraw/", media_library.withdraw, name="media_withdraw"),
    path("library/<int:pk>/bring-back/", media_library.bring_back, name="media_bring_back"),
    path("library/<int:pk>/file/", media_served.file, name="media_file"),
    path("library/<int:pk>/thumbnail/", media_served.thumbnail, name="media_thumbnail"),
    path("oai/", oai.oai, name="oai"),
    path("media/<str:sha256>/", media_served.public_file, name="media_public_file"),
]
