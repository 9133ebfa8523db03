from courses.olx.compare import Piece, changed_paragraphs, paragraphs


def test_paragraphs_takes_each_block_without_its_markup() -> None:
    markup = "<p>Một <strong>câu</strong>.</p><ul><li>A</li><li>B &amp; C</li></ul>"
    assert paragraphs(markup) == ["Một câu.", "A", "B & C"]


def test_changed_paragraphs_is_empty_for_the_same_words() -> None:
    assert changed_paragraphs("<p>Một câu.</p>", "<p>Một\n <em>câu</em>.</p>") == []


def test_changed_paragraphs_names_what_went_and_what_came() -> None:
    before = "<p>Câu một.</p><p>Mỗi đoạn hai con số.</p>"
    after = "<p>Câu một.</p><p>Mỗi đoạn một con số.</p>"
    assert changed_paragraphs(before, after) == [
        [
            Piece("same", "Mỗi đoạn "),
            Piece("gone", "hai "),
            Piece("new", "một "),
            Piece("same", "con số."),
        ]
    ]


def test_changed_paragraphs_shows_a_new_paragraph_whole() -> None:
    assert changed_paragraphs("<p>A.</p>", "<p>A.</p><p>B.</p>") == [[Piece("new", "B.")]]
