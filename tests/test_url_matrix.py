"""Who gets what at every address: role × route. A route that is not listed here fails the build.

One world, twelve people. Each route is asked for with things that belong to the learner of Sơn La; the
table says what each person gets. `302` of the anonymous leads to sign-in (asserted), `404` hides that
a thing exists, `403` is a page that says which role is needed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from assessments.actions.attempt import start_attempt
from assessments.models import Attempt, Quiz
from certificates.models import Certificate
from courses.actions.import_olx import import_module
from courses.actions.publish import save_block_draft
from courses.actions.review import request_review
from courses.h5p.models import Library
from courses.models import MediaItem, Module, ReviewRequest
from lms.people.models import Organisation, Person, Role
from lms.shared.actors import SYSTEM
from tests import make, make_certificates, make_courses, make_h5p_here, make_media, make_people
from tests.make_frames import PlayerHost

ROLES = (
    "anonymous",
    "learner",  # whose attempt and certificate it is
    "colleague",  # enrolled in the same programme
    "stranger",  # enrolled in nothing
    "trainer",
    "reviewer",
    "hr",  # of the learner's province
    "hr_other",  # of another province
    "office",
    "auditor",
    "librarian",  # of H5P libraries
    "administrator",
)
TEXT_BLOCK = "block-v1:LanToa+C1+2026+type@text+block@c1-u1-text"
QUIZ_BLOCK = "block-v1:LanToa+C1+2026+type@quiz+block@c1-quiz"


@dataclass(frozen=True)
class World:
    province: Organisation
    track: str
    module: Module
    attempt: Attempt
    certificate: Certificate
    people: dict[str, Person | None]
    review: ReviewRequest
    media: MediaItem


@pytest.fixture
def world(settings: Any) -> World:
    settings.VITE_MANIFEST_PATH = None
    sonla, laichau = make_people.province(), make_people.province("Tỉnh Lai Châu")
    commune = make_people.commune(of=sonla)
    module = import_module(django_settings.CONTENT_DIR / "c1", by=SYSTEM).module
    programme = make_courses.programme(module)
    people: dict[str, Person | None] = {"anonymous": None}
    for role in ROLES[1:]:
        person = make.person(f"Lò Thị {role.title()}", username=role, is_staff=role == "administrator")
        people[role] = person
        make.assignment(person, commune)
        if role != "stranger":
            make_courses.enrolment(person, programme)
    grants = {"trainer": Role.TRAINER, "reviewer": Role.REVIEWER, "office": Role.OFFICE}
    grants |= {"auditor": Role.AUDITOR, "administrator": Role.ADMINISTRATOR}
    grants |= {"librarian": Role.LIBRARY_MANAGER}
    for role, granted in grants.items():
        make.grant(person_of(people, role), granted)
    make.grant(person_of(people, "hr"), Role.HR, sonla)
    make.grant(person_of(people, "hr_other"), Role.HR, laichau)
    learner = person_of(people, "learner")
    attempt = start_attempt(quiz=Quiz.objects.get(usage_key=QUIZ_BLOCK), by=learner)
    trainer = person_of(people, "trainer")
    body = '<text url_name="c1-u1-text"><body lang="vi"><![CDATA[<p>Mới</p>]]></body></text>'
    save_block_draft(module=module, usage_key=TEXT_BLOCK, olx=body, by=trainer)
    review = request_review(module=module, change_class="content", note="Sửa", by=trainer)
    certificate = make_certificates.certificate(learner)
    media = make_media.item()
    make_h5p_here.package()
    return World(sonla, programme.track.code, module, attempt, certificate, people, review, media)


def person_of(people: dict[str, Person | None], role: str) -> Person:
    person = people[role]
    assert person is not None
    return person


def everybody(status: int) -> dict[str, int]:
    return dict.fromkeys(ROLES, status)


def signed_in(status: int = 200, **others: int) -> dict[str, int]:
    return everybody(status) | {"anonymous": 302} | others


def only(*roles: str, status: int = 200, otherwise: int = 403) -> dict[str, int]:
    return signed_in(otherwise) | dict.fromkeys(roles, status)


@dataclass(frozen=True)
class Row:
    expected: dict[str, int]
    arguments: Callable[[World], list[Any]] = lambda _: []
    method: str = "get"


@dataclass(frozen=True)
class Outside:
    """A route of a library, with the test or the reason that covers it."""

    why: str


MATRIX: dict[str, Row | Outside] = {}


def module(world: World) -> list[Any]:
    return [world.module.code]


def unit(world: World) -> list[Any]:
    return [world.module.code, "c1-u1"]


def quiz(_: World) -> list[Any]:
    return [QUIZ_BLOCK]


def attempt(world: World) -> list[Any]:
    return [world.attempt.pk]


def question(world: World) -> list[Any]:
    return [world.attempt.pk, 1]


def serial(world: World) -> list[Any]:
    return [world.certificate.serial]


def code(world: World) -> list[Any]:
    return [world.certificate.code]


def province(world: World) -> list[Any]:
    return [world.province.code]


def review(world: World) -> list[Any]:
    return [world.review.pk]


def track(world: World) -> list[Any]:
    return [world.track]


def media_item(world: World) -> list[Any]:
    return [world.media.pk]


def nothing(_: World) -> list[Any]:
    """A number that nothing has."""
    return [0]


def h5p_library(_: World) -> list[Any]:
    return [Library.objects.all()[0].pk]


def text_block(world: World) -> list[Any]:
    return [world.module.code, TEXT_BLOCK]


PUBLIC = everybody(200)
LIBRARY = Outside(
    "django-allauth's own page; tests/people/test_sign_in.py and test_account.py visit those we use"
)
WRITERS = ("trainer", "administrator")
SUPERVISORS = ("trainer", "office", "administrator")
READERS_OF_DRAFTS = (*WRITERS, "reviewer", "office")
MEDIA_READERS = ("trainer", "reviewer", "office", "administrator")
NO_H5P = only(*WRITERS, status=404)
NO_UPLOAD = "00000000-0000-0000-0000-000000000000"
READERS_OF_ALL = ("office", "auditor", "administrator")

# 403 for those who see the certificate but may not revoke it, 404 for all others
REVOKING = only("learner", "hr", "auditor", status=403, otherwise=404) | {"office": 200, "administrator": 200}

MATRIX |= {
    # Everybody
    "home:start": Row(PUBLIC),
    "home:help": Row(PUBLIC),
    "home:accessibility": Row(PUBLIC),
    "home:manifest": Row(PUBLIC),
    "home:icon": Row(PUBLIC),
    "home:healthz": Row(PUBLIC),
    "home:readyz": Row(PUBLIC),
    "home:signed_out": Row(PUBLIC),
    "home:offline": Row(PUBLIC),
    "home:service_worker": Outside("a built file; 404 without a build"),
    "courses:tracks": Row(PUBLIC),
    "courses:api_tracks": Row(PUBLIC),
    "courses:api_track": Row(PUBLIC, track),
    "indicator:public": Row(PUBLIC),
    "indicator:table_csv": Row(PUBLIC),
    "indicator:definition": Row(PUBLIC),
    "indicator:api": Row(PUBLIC),
    "certificates:verify_form": Row(PUBLIC),
    "certificates:verify": Row(PUBLIC, code),
    "certificates:compare_name": Row(PUBLIC, code, "post"),
    "certificates:compare_file": Row(PUBLIC, code, "post"),
    "certificates:scan": Row(PUBLIC, code),
    "certificates:V/<str:code>/": Outside("the same view as certificates:scan, with a slash"),
    "certificates:api_verify": Row(PUBLIC, code),
    "api_schema": Row(PUBLIC),
    "set_language": Row(everybody(302), method="post"),
    "people:language": Row(everybody(302), method="post"),
    # Whoever is signed in, about herself
    "home:begin": Row(signed_in(302), method="post"),
    "people:account": Row(signed_in()),
    "people:token_create": Row(signed_in(), method="post"),
    "people:token_revoke": Row(signed_in(302), method="post"),
    "people:api_me": Row(signed_in(anonymous=401)),
    "courses:track": Row(signed_in(), track),
    "courses:enrol": Row(signed_in(302), track, "post"),
    "courses:api_progress": Row(signed_in(anonymous=401)),
    "assessments:api_attempts": Row(signed_in(anonymous=401)),
    "certificates:mine": Row(signed_in()),
    "certificates:claim": Row(signed_in(302), method="post"),
    "certificates:api_mine": Row(signed_in(anonymous=401)),
    "indicator:mine": Row(signed_in()),
    # Who is enrolled
    "courses:module": Row(signed_in(302, stranger=403), module),
    "courses:unit": Row(signed_in(stranger=403), unit),
    "courses:top_ups": Row(signed_in(stranger=403), module),
    "courses:top_up_read": Row(
        signed_in(404, stranger=403), lambda world: [world.module.code, 1, "c1-u1"], "post"
    ),
    "courses:print_pack": Row(signed_in(stranger=403), module),
    "courses:print_pdf": Row(signed_in(stranger=403), lambda world: [world.module.code, "handout", "vi"]),
    # who sends comes first, then the token: tests/courses/h5p/player/test_record.py tries that
    "h5p:record": Row(everybody(403) | {"anonymous": 401}, lambda _: ["no-token"], "post"),
    "courses:place": Row(signed_in(400, stranger=403), unit, "post"),
    "courses:finish_unit": Row(signed_in(302, stranger=403), unit, "post"),
    "courses:handler": Row(signed_in(415), lambda _: [TEXT_BLOCK, "none"], "post"),
    "courses:standing": Row(signed_in(stranger=403), unit),
    "courses:frame": Row(signed_in(404, stranger=403), lambda world: [world.module.code, TEXT_BLOCK]),
    "courses:resource": Row(signed_in(404), lambda _: ["text", "none.css"]),
    "courses:asset": Row(signed_in(404), lambda world: [world.module.code, "0" * 16, "none.mp3"]),
    "assessments:quiz": Row(signed_in(), quiz),
    "assessments:start": Row(signed_in(302), quiz, "post"),
    "assessments:practice": Row(signed_in(), quiz),
    "assessments:recap": Row(signed_in()),
    # The learner's own attempt; for all others it does not exist
    "assessments:question": Row(only("learner", otherwise=404), question),
    "assessments:save": Row(only("learner", status=400, otherwise=400) | {"anonymous": 401}, attempt, "post"),
    "assessments:review": Row(only("learner", otherwise=404), attempt),
    "assessments:submit": Row(only("learner", status=302, otherwise=404), attempt, "post"),
    "assessments:result": Row(only("learner", status=302, otherwise=404), attempt),
    "assessments:api_attempt": Row(only("learner", otherwise=404) | {"anonymous": 401}, attempt),
    # Files of answers are found by a key nobody guesses; without one there is nothing
    "assessments:upload": Row(only("learner", status=302, otherwise=404), question, "post"),
    "assessments:file": Row(signed_in(404), lambda _: [NO_UPLOAD]),
    "assessments:file_delete": Row(signed_in(404), lambda _: [NO_UPLOAD], "post"),
    # Marking by people, without names: tests/assessments/test_marking_web.py
    "assessments:marking": Row(only(*READERS_OF_DRAFTS)),
    "assessments:mark": Row(only(*READERS_OF_DRAFTS, status=404), nothing),
    "assessments:marking_claim": Row(only(*READERS_OF_DRAFTS, status=404), nothing, "post"),
    "assessments:marking_release": Row(only(*READERS_OF_DRAFTS, status=404), nothing, "post"),
    "assessments:marking_reveal": Row(only(*READERS_OF_DRAFTS, status=404), nothing, "post"),
    "assessments:appeals": Row(only(*READERS_OF_DRAFTS)),
    "assessments:appeal": Row(only(*READERS_OF_DRAFTS, status=404), nothing),
    "assessments:appeal_new": Row(signed_in(404), nothing),
    "assessments:regrades": Row(only(*READERS_OF_DRAFTS)),
    "assessments:regrade": Row(only(*READERS_OF_DRAFTS), lambda _: ["c1-q01"]),
    "assessments:regrade_reveal": Row(only(*READERS_OF_DRAFTS), lambda _: ["c1-q01"], "post"),
    "assessments:regrade_resume": Row(only(*READERS_OF_DRAFTS, status=404), nothing, "post"),
    # The learner's certificate
    "certificates:pdf": Row(only("learner", "hr", *READERS_OF_ALL, otherwise=404), serial),
    "certificates:revoke": Row(REVOKING, serial),
    "certificates:reissue": Row(REVOKING | {"office": 302, "administrator": 302}, serial, "post"),
    # The studio
    "courses:studio": Row(only(*WRITERS)),
    "courses:imports": Row(only(*WRITERS)),
    "courses:import": Row(only(*WRITERS, status=404), lambda _: [1]),
    "courses:confirm_import": Row(only(*WRITERS, status=404), lambda _: [1], "post"),
    "courses:cancel_import": Row(only(*WRITERS, status=404), lambda _: [1], "post"),
    "courses:export_module": Row(only(*WRITERS), module, "post"),
    "courses:studio_module": Row(only(*WRITERS), module),
    "courses:preview": Row(only(*READERS_OF_DRAFTS), unit),
    # H5P libraries: an administrator looks like a trainer; bringing in programs takes the role itself
    "courses:h5p_libraries": Row(only(*WRITERS, "librarian")),
    "courses:h5p_library": Row(only(*WRITERS, "librarian"), h5p_library),
    "courses:h5p_add": Row(only("librarian")),
    "courses:h5p_offer": Row(only("librarian", status=302), lambda _: ["no-token"]),
    "courses:h5p_decline": Row(only("librarian", status=302), lambda _: ["no-token"], "post"),
    "courses:h5p_withdraw": Row(only("librarian"), h5p_library),
    "courses:h5p_bring_back": Row(only("librarian", status=302), h5p_library, "post"),
    "courses:h5p_download": Row(only(*WRITERS, status=404), lambda world: [world.module.code, TEXT_BLOCK]),
    # Review: a request of the trainer; who may not decide gets the page with the refusal
    "courses:submit": Row(only(*WRITERS, status=400), module, "post"),
    "courses:reviews": Row(only(*READERS_OF_DRAFTS)),
    "courses:review": Row(only(*READERS_OF_DRAFTS), review),
    "courses:review_decide": Row(only(*READERS_OF_DRAFTS, status=400), review, "post"),
    "courses:review_publish": Row(only(*READERS_OF_DRAFTS, status=400), review, "post"),
    "courses:review_withdraw": Row(only(*READERS_OF_DRAFTS, status=302), review, "post"),
    "courses:draft_pack": Row(only(*READERS_OF_DRAFTS), module),
    "courses:draft_pdf": Row(only(*READERS_OF_DRAFTS), lambda world: [world.module.code, "script", "vi"]),
    "courses:studio_sources": Row(only(*READERS_OF_DRAFTS)),
    "courses:source_checked": Row(only(*WRITERS, status=400), unit, "post"),
    "courses:studio_languages": Row(only(*READERS_OF_DRAFTS), module),
    "courses:published_versions": Row(only(*READERS_OF_DRAFTS), module),
    "courses:restore": Row(only("office"), lambda world: [world.module.code, 1]),
    "courses:studio_block": Row(only(*WRITERS), lambda world: [world.module.code, TEXT_BLOCK]),
    # Writing H5P contents: a text block has none, so those who may write are told that it is not there
    "courses:h5p_author": Row(NO_H5P, text_block),
    "courses:h5p_new": Row(NO_H5P, text_block),
    "courses:h5p_preview": Row(NO_H5P, text_block, "post"),
    "courses:h5p_files": Row(NO_H5P, text_block, "post"),
    "courses:h5p_picture": Row(NO_H5P, lambda world: [*text_block(world), f"{'0' * 64}.png"]),
    "courses:h5p_compare": Row(NO_H5P, lambda world: [*text_block(world), 1, 1]),
    # The editors
    "courses:keep_typing": Row(
        only(*WRITERS, status=400), lambda world: [world.module.code, TEXT_BLOCK], "post"
    ),
    "courses:discard_typing": Row(
        only(*WRITERS, status=302), lambda world: [world.module.code, TEXT_BLOCK], "post"
    ),
    "assessments:quiz_editor": Row(only(*WRITERS), lambda world: [world.module.code, QUIZ_BLOCK]),
    "assessments:question_editor": Row(only(*WRITERS), lambda world: [world.module.code, QUIZ_BLOCK]),
    "assessments:quiz_arrange": Row(
        only(*WRITERS, status=302), lambda world: [world.module.code, QUIZ_BLOCK], "post"
    ),
    "assessments:h5p_export": Row(only(*WRITERS), lambda world: [world.module.code, QUIZ_BLOCK]),
    "assessments:analyses": Row(only(*WRITERS), module),
    "assessments:analysis": Row(only(*WRITERS), lambda world: [world.module.code, QUIZ_BLOCK]),
    "assessments:analysis_item": Row(
        only(*WRITERS, status=404), lambda world: [world.module.code, QUIZ_BLOCK, "c1-q01"]
    ),
    "assessments:analysis_export": Row(
        only(*WRITERS, status=404), lambda world: [world.module.code, QUIZ_BLOCK], "post"
    ),
    "assessments:situation": Row(only(*WRITERS), lambda world: [world.module.code, QUIZ_BLOCK]),
    "assessments:question_bank": Row(only(*WRITERS)),
    "assessments:question_change": Row(only(*WRITERS, status=302), method="post"),
    "assessments:question_page": Row(only(*WRITERS), lambda _: ["c1-q01"]),
    "assessments:convert": Row(only(*WRITERS), module),
    "assessments:questions_import": Row(only(*WRITERS), module),
    "assessments:questions_template": Row(only(*WRITERS), module),
    "assessments:questions_export": Row(only(*WRITERS), module),
    # An upload is its owner's alone: for everybody else who writes there is none of that number
    "assessments:questions_look": Row(only(*WRITERS, status=404), lambda world: [world.module.code, 999]),
    "assessments:questions_fix": Row(only(*WRITERS, status=404), lambda world: [world.module.code, 999, 0]),
    # Those who run sittings
    "assessments:sittings": Row(only(*SUPERVISORS)),
    "assessments:sign_off": Row(only(*SUPERVISORS, status=302), method="post"),
    "assessments:sitting": Row(only(*SUPERVISORS), lambda world: [world.module.code, QUIZ_BLOCK]),
    "assessments:pace": Row(only(*SUPERVISORS)),
    "assessments:pace_decide": Row(only(*SUPERVISORS, status=404), lambda _: [1], "post"),
    # The outline: without a form 409 says what is missing, 404 that nothing was named
    "courses:studio_new": Row(only(*WRITERS)),
    "courses:studio_title": Row(only(*WRITERS, status=409), module, "post"),
    "courses:studio_add_section": Row(only(*WRITERS, status=409), module, "post"),
    "courses:studio_add_unit": Row(only(*WRITERS, status=409), module, "post"),
    "courses:studio_library": Row(only(*WRITERS, status=404), module),
    "courses:studio_change": Row(only(*WRITERS, status=409), module, "post"),
    "courses:studio_move": Row(only(*WRITERS, status=404), module, "post"),
    "courses:studio_remove": Row(only(*WRITERS, status=404), module, "post"),
    "courses:studio_duplicate": Row(only(*WRITERS, status=404), module, "post"),
    "courses:studio_undo": Row(only(*WRITERS, status=404), module, "post"),
    "courses:studio_redo": Row(only(*WRITERS, status=404), module, "post"),
    "courses:studio_versions": Row(only(*WRITERS), module),
    "courses:studio_version": Row(only(*WRITERS), lambda world: [world.module.code, 1]),
    "courses:studio_restore_draft": Row(
        only(*WRITERS, status=302), lambda world: [world.module.code, 1], "post"
    ),
    "courses:preview_start_over": Row(only(*WRITERS, status=302), unit, "post"),
    # The media library
    "courses:media": Row(only(*MEDIA_READERS)),
    "courses:media_item": Row(only(*MEDIA_READERS), media_item),
    "courses:media_file": Row(only(*MEDIA_READERS), media_item),
    "courses:media_thumbnail": Row(only(*MEDIA_READERS), media_item),
    "courses:media_new": Row(only(*WRITERS)),
    "courses:media_edit": Row(only(*WRITERS), media_item),
    "courses:media_replace": Row(only(*WRITERS), media_item),
    "courses:media_pick": Row(only(*WRITERS), module),
    "courses:media_place": Row(only(*WRITERS, status=404), module, "post"),
    "courses:media_withdraw": Row(only("office", "administrator"), media_item),
    "courses:media_bring_back": Row(only("office", "administrator", status=302), media_item, "post"),
    "courses:media_uploads": Row(signed_in(412), method="post"),
    "courses:media_upload": Row(signed_in(412), lambda _: [NO_UPLOAD], "head"),
    "courses:media_filing": Row(signed_in(404), lambda _: [NO_UPLOAD]),
    "courses:oai": Row(PUBLIC),
    "courses:media_public_file": Row(everybody(404), lambda _: ["0" * 64]),
    # Human resources
    "hr:records": Row(only("hr", "hr_other", *READERS_OF_ALL)),
    "hr:export": Row(only("hr", "hr_other", *READERS_OF_ALL, status=302)),
    "hr:exports": Row(only("hr", "hr_other", *READERS_OF_ALL)),
    "hr:export_file": Row(signed_in(404), lambda _: [1]),
    "hr:roster": Row(only("hr", "hr_other")),
    "hr:sign_off": Row(only("hr", status=302) | {"hr_other": 404}, province),
    # The indicator's details
    "indicator:organisation": Row(only("hr", *READERS_OF_ALL), province),
    "indicator:snapshots": Row(only(*READERS_OF_ALL)),
    "indicator:take_snapshot": Row(only("office", "administrator")),
    "indicator:snapshot": Row(only(*READERS_OF_ALL, status=404), lambda _: [1]),
    "home:audit": Row(only("auditor", "administrator")),
}
for name in [
    "people:email",
    "people:email_sent",
    "people:email_confirm",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reauthenticate",
    "account_email",
    "account_email_verification_sent",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_confirm_login_code",
    "account_confirm_email",
    "account_reset_password_from_key_done",
    "account_reset_password_from_key",
    "account_reset_password_done",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "mfa_login_webauthn",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "socialaccount_signup",
    "socialaccount_connections",
    "social/login/cancelled/",
    "social/login/error/",
    "social/signup/",
    "social/connections/",
    "openid_connect_login",
    "openid_connect_callback",
]:
    MATRIX[name] = LIBRARY


# The player host knows nobody: there the address itself is the right. tests/courses/frames/ tries
# each with whoever may and may not; here stands what comes without one.
PLAYER: dict[str, tuple[str, list[Any], int]] = {
    "healthz": ("get", [], 200),
    "frame": ("get", ["no-token"], 403),
    "frame_handler": ("post", ["no-token", "vote"], 403),
    "block_file": ("get", ["poll", "0.0.0", "public/none.js"], 404),
    "frame_asset": ("get", ["0" * 64, "none.mp3"], 404),
    "h5p_play": ("get", ["no-token"], 403),
    "h5p_bundle": ("get", ["0" * 64, "js"], 404),
    "h5p_core_file": ("get", ["000000000000", "fonts/none.woff2"], 404),
    "h5p_library_file": ("get", ["LanToa.None-1.0/1-000000000000/js/none.js"], 404),
    "h5p_content_file": ("get", ["0" * 64, "images/none.png"], 404),
    "unpacked": ("get", ["scorm/none/index.html"], 404),
}


def routes(patterns: Any = None, prefix: str = "") -> Iterator[str]:
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            namespace = f"{entry.namespace}:" if entry.namespace else ""
            yield from routes(entry.url_patterns, prefix + namespace)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name or entry.pattern}"


def test_every_route_is_listed() -> None:
    listed = set(MATRIX)
    found = {name for name in routes() if not name.startswith("admin:")}
    assert found - listed == set()
    assert listed - found == set()


@pytest.mark.django_db
def test_every_route_of_the_player_host_is_listed_and_opens_by_token_only() -> None:
    found = set(routes(get_resolver(django_settings.PLAYER_URLCONF).url_patterns))
    assert found == set(PLAYER)
    host = PlayerHost()
    for name, (method, arguments, status) in PLAYER.items():
        path = reverse(name, urlconf=django_settings.PLAYER_URLCONF, args=arguments)
        response = host.ask(method, path)
        assert (name, response.status_code) == (name, status)
        assert "Set-Cookie" not in response


@pytest.mark.slow
@pytest.mark.django_db
def test_each_role_gets_what_the_table_says(world: World, subtests: pytest.Subtests) -> None:
    """One world for all: what a role's request writes is rolled back. Each role is a result of its own."""
    for role in ROLES:
        cache.clear()  # limits of calls count there
        with subtests.test(role=role):
            asked = {name: row for name, row in MATRIX.items() if isinstance(row, Row)}
            assert what_gets(role, world, asked) == {name: row.expected[role] for name, row in asked.items()}


def what_gets(role: str, world: World, asked: dict[str, Row]) -> dict[str, int]:
    """The status of each route for a role."""
    client = Client(raise_request_exception=False)
    got: dict[str, int] = {}
    with transaction.atomic():
        if (person := world.people[role]) is not None:
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        for name, row in asked.items():
            with transaction.atomic():
                response = getattr(client, row.method)(reverse(name, args=row.arguments(world)))
                transaction.set_rollback(True)
            if response.streaming:
                response.getvalue()  # read to its end, a file that is served is closed
            got[name] = response.status_code
            if role == "anonymous" and response.status_code == 302 and "language" not in name:
                assert response["Location"].startswith(reverse(django_settings.LOGIN_URL)), name
        transaction.set_rollback(True)
    return got
