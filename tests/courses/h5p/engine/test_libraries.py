"""Libraries by name, in order, and by whose word they are installed."""

import io

import pytest

from courses.h5p.engine.examine import Examined, MemoryInstalled, examine
from courses.h5p.engine.libraries import LibraryFacts, LibraryName, closure
from courses.h5p.engine.policy import Policy, allow_list, allowed
from courses.h5p.engine.problems import Problem, Rejected
from courses.h5p.engine.scores import max_score
from tests.make_h5p import CARD, PARAMS, make_h5p, make_libraries

CARD_NAME, BASE_NAME = LibraryName("LanToa.Card", 1, 2), LibraryName("LanToa.Base", 1, 0)
STRANGERS = Policy(allow=frozenset(), may_install_unknown=True)


def _library(name: LibraryName, *needs: LibraryName) -> LibraryFacts:
    return LibraryFacts(name, 0, "", False, None, "", "", (), (), (), needs, (), (), (), None, "", ())


def _name(text: str) -> LibraryName:
    return LibraryName(text, 1, 0)


def _closed(graph: dict[str, str], *main: str) -> tuple[list[str], list[str]]:
    """`graph` is "A": "B C" for a library A that needs B and C."""
    here = {_name(name): _library(_name(name), *map(_name, needs.split())) for name, needs in graph.items()}
    order, missing = closure(map(_name, main), here.get)
    return [facts.name.machine_name for facts in order], [name.machine_name for name in missing]


def _examined(content: bytes, *here: LibraryFacts, policy: Policy = STRANGERS) -> Examined:
    return examine(io.BytesIO(content), installed=MemoryInstalled(here), policy=policy)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("H5P.MultiChoice 1.16", LibraryName("H5P.MultiChoice", 1, 16)),
        ("H5P.MultiChoice-1.16", None),
        ("H5P.MultiChoice 1", None),
        ("a b 1.1", None),
        ("x" * 300 + " 1.1", None),
        (5, None),
    ],
)
def test_name_is_read_as_content_writes_it(text: object, name: LibraryName | None) -> None:
    assert LibraryName.spoken(text) == name
    assert name is None or (str(name), name.folder) == (text, "H5P.MultiChoice-1.16")


def test_library_comes_after_what_it_needs() -> None:
    graph = {"A": "B C", "B": "D", "C": "D", "D": ""}
    assert _closed(graph, "A") == (["D", "B", "C", "A"], [])


def test_circle_of_libraries_ends() -> None:
    assert _closed({"A": "B", "B": "A"}, "A") == (["B", "A"], [])


def test_missing_libraries_are_all_named_and_editors_are_left_out() -> None:
    assert _closed({"A": "B H5PEditor.X C"}, "A", "H5PEditor.Y", "Z") == (["A"], ["B", "C", "Z"])


def test_long_chain_of_libraries_is_followed() -> None:
    graph = {f"L{n}": f"L{n + 1}" for n in range(3000)}
    order, missing = _closed(graph, "L0")
    assert (len(order), missing) == (3000, ["L3000"])


def test_facts_survive_json() -> None:
    for facts in make_libraries():
        assert LibraryFacts.from_json(facts.as_json()) == facts


def test_facts_are_what_library_json_says() -> None:
    card = next(facts for facts in make_libraries() if facts.name == CARD_NAME)
    assert (str(card), card.title, card.runnable, card.core_api) == (
        "LanToa.Card 1.2.3",
        "Card",
        True,
        (1, 19),
    )
    assert (card.preloaded_js, card.preloaded_css) == (("js/main.js",), ("css/main.css",))
    assert (card.preloaded, card.editor) == ((BASE_NAME,), (LibraryName("H5PEditor.ShowWhen", 1, 0),))
    assert (card.languages, card.licence, card.author) == (("vi",), "MIT", "Lan Tỏa")
    assert [file.path for file in card.files] == sorted(file.path for file in card.files)


def test_only_new_libraries_are_to_be_installed() -> None:
    base = next(facts for facts in make_libraries() if facts.name == BASE_NAME)
    found = _examined(make_h5p(), base)
    assert [facts.name.machine_name for facts in found.libraries] == [
        "LanToa.Note",
        "LanToa.Base",
        "LanToa.Card",
    ]
    assert [facts.name.machine_name for facts in found.new_libraries] == ["LanToa.Note", "LanToa.Card"]


def test_ours_is_used_when_theirs_differs() -> None:
    found = _examined(make_h5p(files={f"{CARD}/js/main.js": b"steal()"}), *make_libraries())
    assert found.libraries[-1] in make_libraries()
    assert found.new_libraries == ()
    (warning,) = found.warnings
    assert (warning.code, warning.path) == ("library-differs", "LanToa.Card 1.2.3")


def test_manager_may_accept_other_bytes_by_their_hash() -> None:
    patched = make_h5p(library={"patchVersion": 99}, files={f"{CARD}/js/main.js": b"better()"})
    listed = frozenset(map(allowed, make_libraries()))
    with pytest.raises(Rejected) as rejected:
        _examined(patched, policy=Policy(allow=listed, may_install_unknown=True))
    (problem,) = rejected.value.problems
    assert (problem.code, problem.path) == ("library-not-trusted", "LanToa.Card 1.2.99")
    accepted = Policy(allow=listed, trusted_anyway=frozenset((problem.detail,)))
    found = _examined(patched, *make_libraries(), policy=accepted)
    assert [str(facts) for facts in found.new_libraries] == ["LanToa.Card 1.2.99"]


def test_allow_list_is_read_as_it_is_written() -> None:
    entry = {"name": "H5P.Image", "version": "1.1.22", "sha256": "ab"}
    assert allow_list([entry]) == {("H5P.Image 1.1", 22, "ab")}


def test_members_are_opened_by_the_name_of_their_library() -> None:
    found = _examined(make_h5p())
    card = found.libraries[-1]
    assert found.open(f"{card.name.folder}/js/main.js").read().startswith(b"var LanToa")
    with pytest.raises(KeyError):
        found.open(f"{card.name.folder}/js/other.js")


@pytest.mark.parametrize(
    ("library", "params", "points"),
    [
        ("H5P.MultiChoice", {"answers": [{"correct": True}, {"correct": True}]}, 2),
        ("H5P.MultiChoice", {"answers": [{"correct": True}] * 2, "behaviour": {"singlePoint": True}}, 1),
        ("H5P.MultiChoice", {"answers": [{"correct": False}]}, 1),
        ("H5P.TrueFalse", {}, 1),
        ("H5P.Blanks", {"questions": ["<p>*a* và *b/c:d*</p>", "*e*"]}, 3),
        ("H5P.DragText", {"textField": "*a*\n*b:c* d"}, 2),
        ("H5P.DragText", {"textField": "2 ** 3 = *8*"}, None),
        ("H5P.SingleChoiceSet", {"choices": [{}, {}]}, 2),
        ("H5P.MarkTheWords", {"textField": "*a* b *c*"}, 2),
        ("H5P.Timeline", {}, None),
        ("H5P.Blanks", {"questions": [5]}, None),
    ],
)
def test_points_are_told_where_the_parameters_say_them(
    library: str, params: dict[str, object], points: float | None
) -> None:
    assert max_score(LibraryName(library, 1, 1), params) == points


@pytest.mark.parametrize(("pool", "points"), [(0, 3), (1, None), (9, 3)])
def test_points_of_a_set_are_those_of_its_questions(pool: int, points: float | None) -> None:
    questions = [
        {"library": "H5P.TrueFalse 1.8", "params": {}},
        {"library": "H5P.Blanks 1.14", "params": {"questions": ["*a* *b*"]}},
    ]
    params = {"questions": questions, "poolSize": pool}
    assert max_score(LibraryName("H5P.QuestionSet", 1, 20), params) == points
    params["questions"] = [*questions, {"library": "H5P.DragQuestion 1.14", "params": {}}]
    assert max_score(LibraryName("H5P.QuestionSet", 1, 20), params) is None


def test_what_is_said_of_the_work_is_escaped_for_the_player() -> None:
    authors = [{"name": "<img onerror=x>", "role": "Author", "mail": "a@b.vn"}]
    manifest = {"title": "<b>2 > 1</b>", "authors": authors, "source": "a & b", "more": {"x": 1}}
    found = _examined(make_h5p(manifest=manifest)).manifest
    assert found.title == "<b>2 > 1</b>"
    assert found.rest == {
        "license": "CC BY",
        "authors": [{"name": "&lt;img onerror=x&gt;", "role": "Author"}],
        "source": "a &amp; b",
    }
    assert _examined(make_h5p(manifest=found.as_json())).manifest == found


def test_detail_of_a_problem_is_safe_to_show() -> None:
    with pytest.raises(Rejected) as rejected:
        _examined(make_h5p(params={**PARAMS, "picture": {"path": "a\u202e\n" + "x" * 500 + "\\"}}))
    (problem,) = rejected.value.problems
    assert problem == Problem("file-address", "picture", "a��" + "x" * 297)
