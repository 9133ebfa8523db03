from courses.olx.edit import TextDraft, read_text, write_text

OLX = (
    '<text url_name="u1-text" display_name="Chữ" display_name_en="Text" required="true">'
    '<body lang="vi"><![CDATA[<p>Câu một.</p>]]></body>'
    '<body lang="en"><![CDATA[<p>One.</p>]]></body></text>'
)


def test_read_text_gives_titles_and_bodies_by_language() -> None:
    assert read_text(OLX) == TextDraft(
        {"vi": "Chữ", "en": "Text"}, {"vi": "<p>Câu một.</p>", "en": "<p>One.</p>"}
    )


def test_write_text_changes_only_what_the_author_changed() -> None:
    draft = TextDraft({"vi": "Chữ mới", "en": "Text"}, {"vi": "<p>Câu hai.</p>", "en": "<p>One.</p>"})
    written = write_text(OLX, draft)
    assert read_text(written) == draft
    assert 'required="true"' in written


def test_write_text_of_the_same_draft_is_the_same_block() -> None:
    assert write_text(OLX, read_text(OLX)) == OLX


def test_write_text_adds_a_language_that_was_written_for_the_first_time() -> None:
    written = write_text(OLX, TextDraft({}, {"de": "<p>Eins.</p>"}))
    bodies = {"vi": "<p>Câu một.</p>", "en": "<p>One.</p>", "de": "<p>Eins.</p>"}
    assert read_text(written) == TextDraft({"vi": "Chữ", "en": "Text"}, bodies)


def test_write_text_takes_an_emptied_translation_away_but_not_the_first_language() -> None:
    written = write_text(OLX, TextDraft({"vi": "", "en": ""}, {"vi": "<p></p>", "en": "<p><br></p>"}))
    assert read_text(written).title == {"vi": "Chữ"}
    assert "en" not in read_text(written).bodies
    assert "vi" in read_text(written).bodies
