"""OLX courses in every form that exports of other platforms have, for tests."""

import json
from collections.abc import Mapping
from pathlib import Path

# Path in the course → content. A course as Open edX writes it, with everything an importer must keep.
EDX_COURSE: Mapping[str, str] = {
    "course.xml": '<course url_name="run" org="Edx" course="TC1"/>',
    "course/run.xml": (
        '<course display_name="Test  course" language="en" start="2020-01-01T00:00:00Z" '
        'advanced_modules="[&quot;poll&quot;]"><!-- a remark --><chapter url_name="ch1"/>'
        '<chapter url_name="empty"/><chapter url_name="ch2" display_name="Inline" start="2021-01-01">'
        '<sequential url_name="s2" display_name="Second"><vertical url_name="v3"><html url_name="h3">plain'
        '</html></vertical><problem url_name="loose"/></sequential><vertical url_name="v4">'
        '<html url_name="h4"><p>inline <b>markup</b></p></html></vertical></chapter>'
        '<wiki slug="Edx.TC1.run"/><textbook title="Book" book_url="https://example.org/"/></course>'
    ),
    "chapter/ch1.xml": (
        '<chapter display_name="First" hide_from_toc="true"><sequential url_name="s1"/></chapter>'
    ),
    "chapter/empty.xml": '<chapter display_name="Nothing yet" visible_to_staff_only="true"/>',
    "sequential/s1.xml": (
        '<sequential display_name="One" graded="true" format="Homework" due="2022-02-02T00:00:00Z">'
        '<vertical url_name="v1"/><vertical url_name="v2"/></sequential>'
    ),
    "vertical/v1.xml": (
        '<vertical display_name="Reading"><html url_name="h1"/><html url_name="a:b"/>'
        '<video url_name="film"/><discussion url_name="talk"/>'
        '<poll url_name="poll" xblock-family="xblock.v1" question="?" answers="[]"/>'
        '<survey url_name="bare"/><google-document url_name="doc"><embed src="x"/></google-document>'
        "</vertical>"
    ),
    "vertical/v2.xml": (
        '<vertical display_name="Choices"><split_test url_name="split"/><library_content url_name="lib"/>'
        '<conditional url_name="if"><show sources="x"/><html url_name="hc">then</html></conditional>'
        '<vertical url_name="void" display_name="Empty"/><vertical url_name="inner"/>'
        '<problem url_name="script"/></vertical>'
    ),
    "vertical/inner.xml": '<vertical display_name="In a unit"><html url_name="hi">inner</html></vertical>',
    "vertical/groupa.xml": '<vertical display_name="A"><html url_name="ha">for A</html></vertical>',
    "vertical/groupb.xml": '<vertical display_name="B"><html url_name="hb"/></vertical>',
    "split_test/split.xml": (
        '<split_test user_partition_id="7" group_id_to_child="{&quot;0&quot;: &quot;a&quot;}">'
        '<vertical url_name="groupa"/><vertical url_name="groupb"/></split_test>'
    ),
    "library_content/lib.xml": (
        '<library_content max_count="1" source_library_id="library-v1:Edx+L"><problem url_name="p1"/>'
        '<problem url_name="p2"/></library_content>'
    ),
    "html/h1.xml": '<html filename="h1" display_name="Page" editor="raw"/>',
    "html/h1.html": (
        '<h1>Title</h1><p>See <a href="/jump_to_id/v2">the next unit</a>, <a href="/jump_to_id/p1">a task'
        '</a> or <img src="/static/pic.png"> &amp; more ]]> here.</p>'
        '<iframe src="https://www.youtube.com/embed/abc"></iframe><script>alert(1)</script>'
    ),
    "html/a/b.xml": '<html filename="a:b" display_name="With a folder"/>',
    "html/a/b.html": "<p>b</p>",
    "html/hb.xml": '<html filename="hb" display_name="B"/>',
    "html/hb.html": "<p>for B</p>",
    "video/film.xml": (
        '<video url_name="film" display_name="Film" youtube="1.00:AbCdEfGhIjK" youtube_id_1_0="AbCdEfGhIjK" '
        'html5_sources="[&quot;/static/film.mp4&quot;]" sub="SUB" '
        'transcripts="{&quot;en&quot;: &quot;film-en.srt&quot;}"><source src="/static/film.mp4"/>'
        '<transcript language="en" src="film-en.srt"/></video>'
    ),
    "discussion/talk.xml": '<discussion discussion_category="Week 1" discussion_target="Talk"/>',
    "problem/p1.xml": (
        '<problem display_name="Task" markdown="null"><multiplechoiceresponse><label>Which?</label>'
        '<choicegroup><choice correct="true">This</choice><choice correct="false">That</choice>'
        "</choicegroup></multiplechoiceresponse></problem>"
    ),
    "problem/p2.xml": "<problem>\n  <p>text with <b>mixed</b> content</p>\n</problem>",
    "problem/loose.xml": '<problem display_name="Alone"><p>?</p></problem>',
    "problem/script.xml": (
        '<problem><script type="loncapa/python">x = 1</script><customresponse cfn="f"><textline/>'
        "</customresponse></problem>"
    ),
    "policies/run/policy.json": json.dumps(
        {
            "course/run": {"display_name": "Test course", "tabs": [{"type": "courseware", "name": "Course"}]},
            "video/film": {"display_name": "Film"},
        }
    ),
    "policies/run/grading_policy.json": json.dumps({"GRADER": [{"type": "Homework", "weight": 1.0}]}),
    "policies/assets.json": json.dumps({"pic.png": {"contentType": "image/png"}}),
    "assets/assets.xml": "<assets/>",
    "about/overview.html": "<section>About</section>",
    "about/short_description.html": "Short",
    "info/updates.html": "<ol></ol>",
    "info/updates.items.json": "[]",
    "tabs/syllabus.html": "<p>Syllabus</p>",
    "drafts/vertical/new.xml": '<vertical display_name="Not yet shown"><html url_name="hn"/></vertical>',
    "drafts/html/hn.xml": '<html filename="hn"/>',
    "drafts/html/hn.html": "<p>draft</p>",
    "vertical/void.xml": "<vertical>Nobody reads this</vertical>",
    "html/orphan.xml": '<html filename="orphan" display_name="Nobody points here"/>',
    "html/orphan.html": "<p>orphan</p>",
    "static/pic.png": "png",
    "static/film.mp4": "mp4",
    "static/film-en.srt": "1\n00:00:01,000 --> 00:00:02,000\nHello there\n",
    "static/subs_SUB.srt.sjson": json.dumps({"start": [1000], "end": [2000], "text": ["Hello from sjson"]}),
}

# Drafts of that course: a unit with another text, a unit and a block that are new, a block of its own.
EDX_DRAFTS: Mapping[str, str] = {
    "drafts/vertical/v1.xml": (
        '<vertical display_name="Changed" parent_url="block-v1:Edx+TC1+run+type@sequential+block@s1" '
        'index_in_children_list="0"><html url_name="h1"/><video url_name="film"/>'
        '<poll url_name="poll" xblock-family="xblock.v1" question="Which?" answers="[]"/></vertical>'
    ),
    "drafts/html/h1.xml": '<html filename="h1" display_name="Page" editor="raw"/>',
    "drafts/html/h1.html": "<p>Another text</p>",
    "drafts/video/film.xml": '<video url_name="film" display_name="Film"/>',
    "drafts/vertical/fresh.xml": (
        '<vertical display_name="Fresh" parent_url="i4x://Edx/TC1/sequential/s1" index_in_children_list="1">'
        '<html url_name="hf"/><google-document url_name="doc2"/></vertical>'
    ),
    "drafts/html/hf.xml": '<html filename="hf"/>',
    "drafts/html/hf.html": "<p>fresh</p>",
    "drafts/problem/p9.xml": (
        '<problem parent_url="block-v1:Edx+TC1+run+type@vertical+block@v2" index_in_children_list="0">'
        "<p>9</p></problem>"
    ),
}

# The same kinds of things as old courses have them: everything inline, no files, no chapters.
INLINE_COURSE: Mapping[str, str] = {
    "course.xml": (
        '<course url_name="old" org="Edx" course="OLD" display_name="Old">'
        '<sequential url_name="s0" display_name="No chapter"><problemset url_name="set">'
        '<problem url_name="q1"><p>1</p></problem></problemset></sequential>'
        '<chapter url_name="c"><videosequence url_name="vs"><video url_name="v" youtube="0.75:a,1.0:b"/>'
        '</videosequence><sequential url_name="s1"><html>no name</html><wrapper><html url_name="w">in'
        '</html></wrapper><randomize url_name="r"><problem url_name="r1"><p>1</p></problem>'
        '<problem url_name="r2"><p>2</p></problem></randomize></sequential><html url_name="end">end</html>'
        '</chapter><vertical url_name="u"><html url_name="in-course">x</html></vertical></course>'
    ),
    "policies/old.json": "{}",
}


def write_course(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The files below `folder`."""
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def edx_course(folder: Path, **changed: str) -> Path:
    """The Open edX course; `changed` replaces files (`/` and `.` written as `__` and `_dot_`)."""
    files = {name.replace("__", "/").replace("_dot_", "."): content for name, content in changed.items()}
    return write_course(folder, {**EDX_COURSE, **files})


def drafted_course(folder: Path, **changed: str) -> Path:
    """The Open edX course with drafts."""
    return write_course(edx_course(folder, **changed), EDX_DRAFTS)


def inline_course(folder: Path) -> Path:
    return write_course(folder, INLINE_COURSE)
