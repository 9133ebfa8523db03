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
    studio_history,
    studio_library,
    studio_outline,
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
    path("studio/new/", studio.new_module, name="studio_new"),
    path("studio/<str:module_code>/", studio.module, name="studio_module"),
    path("studio/<str:module_code>/publish/", studio_publish.publish, name="publish"),
    path("studio/<str:module_code>/versions/<int:number>/restore/", studio_publish.restore, name="restore"),
    path("studio/<str:module_code>/units/<str:unit_key>/", studio_preview.preview, name="preview"),
    path("studio/<str:module_code>/blocks/<str:usage_key>/", studio_block.block, name="studio_block"),
    # The outline: each changes the draft
    path("studio/<str:module_code>/outline/title/", studio_outline.change_module, name="studio_title"),
    path("studio/<str:module_code>/outline/sections/", studio_outline.add_section, name="studio_add_section"),
    path("studio/<str:module_code>/outline/units/", studio_outline.add_unit, name="studio_add_unit"),
    path("studio/<str:module_code>/outline/blocks/", studio_library.library, name="studio_library"),
    path("studio/<str:module_code>/outline/change/", studio_outline.change, name="studio_change"),
    path("studio/<str:module_code>/outline/move/", studio_outline.move, name="studio_move"),
    path("studio/<str:module_code>/outline/remove/", studio_outline.remove, name="studio_remove"),
    path("studio/<str:module_code>/outline/duplicate/", studio_outline.duplicate, name="studio_duplicate"),
    path("studio/<str:module_code>/outline/undo/", studio_history.undo, name="studio_undo"),
    path("studio/<str:module_code>/outline/redo/", studio_history.redo, name="studio_redo"),
    # Versions and drafts
    path("studio/<str:module_code>/versions/", studio_history.versions, name="studio_versions"),
    path("studio/<str:module_code>/versions/<int:number>/", studio_history.version, name="studio_version"),
    path(
        "studio/<str:module_code>/versions/<int:number>/draft/",
        studio_history.restore_draft,
        name="studio_restore_draft",
    ),
    path(
        "studio/<str:module_code>/units/<str:unit_key>/start-over/",
        studio_preview.start_over,
        name="preview_start_over",
    ),
]
