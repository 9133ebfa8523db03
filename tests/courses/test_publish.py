"""Drafts, publishing, rolling back; learners in the middle lose nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from courses.actions.import_olx import import_module
from courses.actions.progress import finish_unit, settle_module
from courses.actions.publish import (
    publish_module,
    roll_back,
    save_block_draft,
    save_outline_draft,
)
from courses.models import Asset, BlockVersion, Module, ModuleCompletion, ModuleVersion, UnitCompletion
from courses.olx.outline import BlockRef
from courses.queries.outline import draft_outline, outline_of, published_outline
from lms.audit.models import AuditEvent
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_courses
from tests.make_courses import olx, text_block, usage_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer() -> Person:
    person = make.person()
    make.grant(person, "trainer")
    return person


@pytest.fixture
def module(tmp_path: Path) -> Module:
    return make_courses.module(tmp_path)


def block(module: Module, name: str = "u1-text") -> BlockRef:
    outline = draft_outline(Module.objects.get(pk=module.pk))
    assert outline is not None
    return outline.blocks[usage_key(module, name)]


def test_save_block_draft_writes_a_version_learners_do_not_see(module: Module, trainer: Person) -> None:
    key = usage_key(module, "u1-text")

    written = save_block_draft(module=module, usage_key=key, olx=text_block("u1-text", "Mới"), by=trainer)

    module.refresh_from_db()
    assert (module.draft, written.version.number) == (written.version, 2)
    assert [b.number for b in written.new_blocks] == [2]
    assert module.published is not None
    assert (module.published.number, written.version.created_by) == (1, trainer)
    assert AuditEvent.objects.latest("pk").kind == "block.saved"


def test_save_block_draft_of_the_same_text_changes_nothing(module: Module, trainer: Person) -> None:
    key = usage_key(module, "u1-text")

    written = save_block_draft(module=module, usage_key=key, olx=text_block("u1-text"), by=trainer)

    assert (written.is_new, ModuleVersion.objects.count()) == (False, 1)


def test_save_block_draft_cleans_html(module: Module, trainer: Person) -> None:
    key = usage_key(module, "u1-text")
    olx_text = text_block("u1-text", '<img src="x" onerror="alert(1)">')

    written = save_block_draft(module=module, usage_key=key, olx=olx_text, by=trainer)

    assert "onerror" not in written.new_blocks[0].olx


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("u1-text", "<text>", "broken-olx"),
        ("u1-text", '<!DOCTYPE x><text url_name="u1-text"/>', "broken-olx"),
        ("u1-text", '<quiz url_name="u1-text"/>', "other-block"),
        ("u1-text", '<text url_name="another"/>', "other-block"),
        ("gone", '<text url_name="gone"/>', "unknown-block"),
    ],
)
def test_save_block_draft_refuses(module: Module, trainer: Person, name: str, body: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        save_block_draft(module=module, usage_key=usage_key(module, name), olx=body, by=trainer)

    assert (refusal.value.code, BlockVersion.objects.count()) == (code, 2)


def test_save_block_draft_refuses_to_overwrite_a_colleague(module: Module, trainer: Person) -> None:
    key, base = usage_key(module, "u1-text"), block(module).version
    save_block_draft(
        module=module, usage_key=key, olx=text_block("u1-text", "Một"), by=trainer, base_version=base
    )

    with pytest.raises(Refused) as refusal:
        save_block_draft(
            module=module, usage_key=key, olx=text_block("u1-text", "Hai"), by=trainer, base_version=base
        )

    assert refusal.value.code == "changed-meanwhile"


def test_save_outline_draft_keeps_a_changed_tree(module: Module, trainer: Person) -> None:
    outline = draft_outline(module)
    assert outline is not None
    section = outline.sections[0]
    shorter = replace(outline, sections=(replace(section, units=section.units[:1]),))

    written = save_outline_draft(module=module, outline=shorter, by=trainer)

    assert [unit.key for unit in outline_of(written.version.pk).units] == ["u1"]


def test_save_outline_draft_refuses_blocks_without_a_version(module: Module, trainer: Person) -> None:
    outline = draft_outline(module)
    assert outline is not None

    with pytest.raises(Refused) as refusal:
        save_outline_draft(
            module=module, outline=outline.with_block(replace(block(module), version=0)), by=trainer
        )

    assert refusal.value.code == "other-block"


def test_publish_module_shows_the_draft(module: Module, trainer: Person) -> None:
    key = usage_key(module, "u1-text")
    save_block_draft(module=module, usage_key=key, olx=text_block("u1-text", "Mới"), by=trainer)

    version = publish_module(module=module, by=SYSTEM, note="Sửa câu", change_class="typo")

    module.refresh_from_db()
    assert (module.published, version.note, version.change_class) == (version, "Sửa câu", "typo")
    assert version.published_at is not None


def test_publish_module_refuses_when_nothing_changed(module: Module) -> None:
    with pytest.raises(Refused) as refusal:
        publish_module(module=module, by=SYSTEM)

    assert refusal.value.code == "nothing-to-publish"


def test_publish_module_refuses_an_unknown_kind_of_change(module: Module, trainer: Person) -> None:
    save_block_draft(
        module=module, usage_key=usage_key(module, "u1-text"), olx=text_block("u1-text", "Mới"), by=trainer
    )

    with pytest.raises(Refused) as refusal:
        publish_module(module=module, by=SYSTEM, change_class="huge")

    assert refusal.value.code == "unknown-change"


def test_import_by_a_person_is_a_draft(tmp_path: Path, trainer: Person) -> None:
    done = import_module(olx(tmp_path), by=trainer)

    done.module.refresh_from_db()
    assert (done.is_published, done.module.published, done.module.draft) == (False, None, done.version)


@pytest.fixture
def office() -> Person:
    person = make.person()
    make.grant(person, "office")
    return person


def test_roll_back_shows_the_earlier_version_and_keeps_the_draft(tmp_path: Path, office: Person) -> None:
    module = make_courses.module(tmp_path)
    first = module.published
    assert first is not None
    changed = olx(tmp_path, {"u1": text_block("u1-text", "Mới")})
    import_module(changed, by=SYSTEM)

    roll_back(module=module, version=first, by=office, reason="Sai số liệu")

    module.refresh_from_db()
    assert AuditEvent.objects.latest("pk").details["reason"] == "Sai số liệu"
    assert module.draft is not None
    assert (module.published, module.draft.number) == (first, 2)
    # The same folder once more does not undo the decision.
    assert import_module(changed, by=SYSTEM).is_published is False


def test_roll_back_wants_a_reason_and_the_office(tmp_path: Path, office: Person, trainer: Person) -> None:
    module = make_courses.module(tmp_path)
    first = module.published
    assert first is not None
    import_module(olx(tmp_path, {"u1": text_block("u1-text", "Mới")}), by=SYSTEM)
    codes = []
    for by, reason in ((office, " "), (trainer, "Sai số liệu")):
        with pytest.raises(Refused) as refusal:
            roll_back(module=module, version=first, by=by, reason=reason)
        codes.append(refusal.value.code)

    assert codes == ["no-reason", "not-allowed"]


def test_roll_back_refuses_a_version_nobody_has_seen(module: Module, trainer: Person, office: Person) -> None:
    written = save_block_draft(
        module=module, usage_key=usage_key(module, "u1-text"), olx=text_block("u1-text", "Mới"), by=trainer
    )

    with pytest.raises(Refused) as refusal:
        roll_back(module=module, version=written.version, by=office, reason="Sai")

    assert refusal.value.code == "never-published"


def test_authors_only(module: Module) -> None:
    learner, version = make.person(), module.published
    assert version is not None
    outline = published_outline(module)
    assert outline is not None
    codes = []
    for attempt in (
        lambda: save_block_draft(module=module, usage_key="x", olx="<text/>", by=learner),
        lambda: save_outline_draft(module=module, outline=outline, by=learner),
        lambda: publish_module(module=module, by=learner),
        lambda: roll_back(module=module, version=version, by=learner),
    ):
        with pytest.raises(Refused) as refusal:
            attempt()
        codes.append(refusal.value.code)

    assert codes == ["not-allowed"] * 4


def test_a_learner_in_the_middle_keeps_what_she_did(tmp_path: Path) -> None:
    module, learner = make_courses.module(tmp_path), make.person()
    finish_unit(person=learner, module=module, unit_key="u1", by=learner)

    units = {"u1": text_block("u1-text", "Mới"), "u3": text_block("u3-text"), "u2": text_block("u2-text")}
    module = import_module(olx(tmp_path, units), by=SYSTEM).module

    assert UnitCompletion.objects.get().unit_key == "u1"
    finish_unit(person=learner, module=module, unit_key="u2", by=learner)
    assert not ModuleCompletion.objects.exists()
    finish_unit(person=learner, module=module, unit_key="u3", by=learner)
    assert ModuleCompletion.objects.get().person == learner


def test_a_finished_module_stays_finished_when_units_are_added(tmp_path: Path) -> None:
    module, learner = make_courses.module(tmp_path), make.person()
    for key in ("u1", "u2"):
        finish_unit(person=learner, module=module, unit_key=key, by=learner)

    import_module(olx(tmp_path, {"u9": text_block("u9-text")}), by=SYSTEM)

    assert ModuleCompletion.objects.get().person == learner


def test_settle_module_finishes_those_whose_last_unit_is_gone(tmp_path: Path) -> None:
    module, learner, other = make_courses.module(tmp_path), make.person(), make.person()
    finish_unit(person=learner, module=module, unit_key="u1", by=learner)
    finish_unit(person=other, module=module, unit_key="u2", by=other)

    module = import_module(olx(tmp_path, {"u1": text_block("u1-text")}), by=SYSTEM).module

    assert settle_module(module=module, by=SYSTEM) == 1
    assert ModuleCompletion.objects.get().person == learner
    assert settle_module(module=module, by=SYSTEM) == 0


def test_a_block_version_is_never_changed(module: Module) -> None:
    version = BlockVersion.objects.first()
    assert version is not None
    version.olx = "<text/>"
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        version.save()


def test_constraints_on_versions_and_files(module: Module) -> None:
    version, block_version = ModuleVersion.objects.get(), BlockVersion.objects.order_by("pk")[0]
    asset = {"module": module, "path": "a", "sha256": "0", "media_type": "x", "size": 1, "file": "f"}
    Asset.objects.create(**asset)
    copies = [
        ModuleVersion(module=module, number=version.number, outline={}, created_at=clock.now()),
        BlockVersion(
            usage_key=block_version.usage_key,
            number=1,
            block_type="text",
            olx="",
            sha256="",
            created_at=clock.now(),
        ),
        Asset(**asset),
    ]
    for copy in copies:
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save()
