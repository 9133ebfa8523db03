"""Pages of courses."""

from django.urls import path

from courses.api.views import OwnProgress, TrackDetail, Tracks
from courses.web import (
    assets,
    editor_drafts,
    frames,
    handlers,
    learn,
    media_edit,
    media_filing,
    media_library,
    media_pick,
    media_served,
    media_uploads,
    oai,
    print_pages,
    progress,
    reviews,
    standing,
    studio,
    studio_block,
    studio_history,
    studio_import,
    studio_library,
    studio_outline,
    studio_preview,
    studio_publish,
    studio_sources,
    top_ups,
)
from courses.web.h5p import author as h5p_author
from courses.web.h5p import compare as h5p_compare
from courses.web.h5p import export as h5p_export
from courses.web.h5p import libraries as h5p_libraries
from courses.web.h5p import look as h5p_look
from courses.web.h5p import offers as h5p_offers
from courses.web.h5p import pictures as h5p_pictures

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
    # Review: these names are no module codes, so they stand before the modules
    path("studio/reviews/", reviews.reviews, name="reviews"),
    path("studio/reviews/<int:pk>/", reviews.review, name="review"),
    path("studio/reviews/<int:pk>/decide/", reviews.decide, name="review_decide"),
    path("studio/reviews/<int:pk>/publish/", reviews.publish, name="review_publish"),
    path("studio/reviews/<int:pk>/withdraw/", reviews.take_back, name="review_withdraw"),
    # H5P libraries
    path("studio/h5p/libraries/", h5p_libraries.libraries, name="h5p_libraries"),
    path("studio/h5p/libraries/add/", h5p_offers.add, name="h5p_add"),
    path("studio/h5p/libraries/offers/<str:token>/", h5p_offers.offer, name="h5p_offer"),
    path("studio/h5p/libraries/offers/<str:token>/decline/", h5p_offers.decline, name="h5p_decline"),
    path("studio/h5p/libraries/<int:pk>/", h5p_libraries.library, name="h5p_library"),
    path("studio/h5p/libraries/<int:pk>/withdraw/", h5p_libraries.withdraw, name="h5p_withdraw"),
    path("studio/h5p/libraries/<int:pk>/bring-back/", h5p_libraries.bring_back, name="h5p_bring_back"),
    # Courses in and out; before the modules, whose codes could be any word.
    path("studio/import/", studio_import.imports, name="imports"),
    path("studio/import/<int:pk>/", studio_import.course_import, name="import"),
    path("studio/import/<int:pk>/confirm/", studio_import.confirm, name="confirm_import"),
    path("studio/import/<int:pk>/cancel/", studio_import.cancel, name="cancel_import"),
    path("studio/<str:module_code>/export/", studio_import.export, name="export_module"),
    path("studio/new/", studio.new_module, name="studio_new"),
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
    path("studio/<str:module_code>/published/", studio_publish.published_versions, name="published_versions"),
    path("studio/<str:module_code>/versions/<int:number>/restore/", studio_publish.restore, name="restore"),
    path("studio/<str:module_code>/units/<str:unit_key>/", studio_preview.preview, name="preview"),
    path("studio/<str:module_code>/blocks/<str:usage_key>/", studio_block.block, name="studio_block"),
    path("studio/<str:module_code>/blocks/<str:usage_key>/h5p/", h5p_export.download, name="h5p_download"),
    # Writing H5P contents
    path("studio/<str:module_code>/h5p/<str:usage_key>/", h5p_author.author, name="h5p_author"),
    path("studio/<str:module_code>/h5p/<str:usage_key>/new/", h5p_author.new, name="h5p_new"),
    path("studio/<str:module_code>/h5p/<str:usage_key>/preview/", h5p_look.preview, name="h5p_preview"),
    path("studio/<str:module_code>/h5p/<str:usage_key>/files/", h5p_pictures.take, name="h5p_files"),
    path(
        "studio/<str:module_code>/h5p/<str:usage_key>/files/<str:name>",
        h5p_pictures.show,
        name="h5p_picture",
    ),
    path(
        "studio/<str:module_code>/h5p/<str:usage_key>/versions/<int:older>/<int:newer>/",
        h5p_compare.compare,
        name="h5p_compare",
    ),
    # Editors: what is typed and not saved yet
    path("studio/<str:module_code>/blocks/<str:usage_key>/typing/", editor_drafts.keep, name="keep_typing"),
    path(
        "studio/<str:module_code>/blocks/<str:usage_key>/typing/discard/",
        editor_drafts.discard,
        name="discard_typing",
    ),
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
    # The media library
    path("library/", media_library.items, name="media"),
    path("library/new/", media_edit.new, name="media_new"),
    path("library/uploads/", media_uploads.uploads, name="media_uploads"),
    path("library/uploads/<uuid:pk>/", media_uploads.upload, name="media_upload"),
    path("library/uploads/<uuid:pk>/filing/", media_filing.filing, name="media_filing"),
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
