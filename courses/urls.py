"""Pages of courses."""

from django.urls import path

from courses.api.views import OwnProgress, TrackDetail, Tracks
from courses.web import (
    assets,
    handlers,
    learn,
    print_pages,
    progress,
    reviews,
    studio,
    studio_block,
    studio_preview,
    studio_publish,
    studio_sources,
    top_ups,
)

app_name = "courses"
urlpatterns = [
    path("tracks/", learn.tracks, name="tracks"),
    path("tracks/<str:code>/", learn.track, name="track"),
    path("tracks/<str:code>/enrol/", learn.enrol, name="enrol"),
    path("learn/<str:module_code>/", learn.module, name="module"),
    # These names are no unit keys, so they stand before the units
    path("learn/<str:module_code>/changes/", top_ups.top_ups, name="top_ups"),
    path("learn/<str:module_code>/changes/<int:pk>/<str:unit_key>/", top_ups.confirm, name="top_up_read"),
    path("learn/<str:module_code>/print/", print_pages.print_pack, name="print_pack"),
    path(
        "learn/<str:module_code>/print/<str:kind>.<str:language>.pdf", print_pages.print_pdf, name="print_pdf"
    ),
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
    # Review: these names are no module codes, so they stand before the modules
    path("studio/reviews/", reviews.reviews, name="reviews"),
    path("studio/reviews/<int:pk>/", reviews.review, name="review"),
    path("studio/reviews/<int:pk>/decide/", reviews.decide, name="review_decide"),
    path("studio/reviews/<int:pk>/publish/", reviews.publish, name="review_publish"),
    path("studio/reviews/<int:pk>/withdraw/", reviews.take_back, name="review_withdraw"),
    path("studio/sources/", studio_sources.overview, name="studio_sources"),
    path("studio/<str:module_code>/", studio.module, name="studio_module"),
    path("studio/<str:module_code>/languages/", studio_sources.languages, name="studio_languages"),
    path(
        "studio/<str:module_code>/units/<str:unit_key>/checked/",
        studio_sources.checked,
        name="source_checked",
    ),
    path("studio/<str:module_code>/print/", print_pages.draft_pack, name="draft_pack"),
    path(
        "studio/<str:module_code>/print/<str:kind>.<str:language>.pdf",
        print_pages.draft_pdf,
        name="draft_pdf",
    ),
    path("studio/<str:module_code>/submit/", studio_publish.submit, name="submit"),
    path("studio/<str:module_code>/versions/", studio_publish.published_versions, name="published_versions"),
    path("studio/<str:module_code>/versions/<int:number>/restore/", studio_publish.restore, name="restore"),
    path("studio/<str:module_code>/units/<str:unit_key>/", studio_preview.preview, name="preview"),
    path("studio/<str:module_code>/blocks/<str:usage_key>/", studio_block.block, name="studio_block"),
]
