"""The template tags: what they print, and what they refuse."""

import json
import os
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from lms.shared import script_messages
from lms.shared.icons import ICONS
from lms.shared.script_messages import MESSAGES
from lms.shared.templatetags.vietnamese import percent1
from lms.shared.vite import NotBuilt


def render(source: str, **context: Any) -> str:
    html = Template("{% load ui vite vietnamese %}" + source).render(Context(context))
    return " ".join(html.split())


class DutyForm(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Như trong giấy tờ")
    kind = forms.ChoiceField(
        label="Loại", choices=[("full", "Chuyên trách"), ("part", "Kiêm nhiệm")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Ghi chú", required=False)
    checked = forms.BooleanField(label="Tôi đã đối chiếu")


# Numbers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "language", "printed"),
    [
        (Decimal("63.46"), "vi", "63,4"),
        (Decimal("69.999"), "vi", "69,9"),
        (Decimal("70"), "de", "70,0"),
        (Decimal("63.46"), "en", "63.4"),
        (Decimal("-0.01"), "vi", "-0,1"),
        (0.1 + 0.2, "en", "0.3"),
    ],
)
def test_percent1_never_rounds_up(value: Decimal | float, language: str, printed: str) -> None:
    with translation.override(language):
        assert percent1(value) == printed


@pytest.mark.parametrize("value", [None, "", "viele", Decimal("NaN"), float("inf")])
def test_percent1_prints_nothing_for_what_is_no_number(value: Any) -> None:
    assert percent1(value) == ""


# Small parts ------------------------------------------------------------------------------------


def test_icon_is_hidden_from_screen_readers_without_a_label() -> None:
    assert 'aria-hidden="true"' in render('{% icon "check" %}')
    labelled = render('{% icon "check" label=words %}', words="Đạt <b>")
    assert 'role="img" aria-label="Đạt &lt;b&gt;"' in labelled
    assert "aria-hidden" not in labelled


def test_icon_refuses_a_name_it_does_not_know() -> None:
    with pytest.raises(KeyError):
        render('{% icon "unicorn" %}')


def test_every_icon_is_drawn_with_closed_elements_only() -> None:
    assert all(path.startswith("<") and path.endswith("/>") for path in ICONS.values())


def test_badge_says_its_status_in_a_word_beside_the_icon() -> None:
    badge = render('{% badge "err" "Đã thu hồi" icon="ban" %}')
    assert '<span class="tag bad-t">' in badge
    assert "<span>Đã thu hồi</span>" in badge
    assert "<svg" not in render('{% badge "mute" "Bản nháp" %}')


def test_panel_note_and_empty_state_escape_their_titles() -> None:
    source = (
        "{% panel title=bad %}<p>a</p>{% endpanel %}{% note 'err' %}<p>b</p>{% endnote %}"
        "{% empty_state bad %}<p>c</p>{% endempty_state %}"
    )
    html = render(source, bad="<script>")
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 2
    assert '<div class="note err-n"><p>b</p></div>' in html


def test_empty_state_may_stand_in_a_loop() -> None:
    source = (
        "{% for x in none %}{{ x }}{% empty %}"
        "{% empty_state 'Chưa có' %}<p>…</p>{% endempty_state %}{% endfor %}"
    )
    assert "Chưa có" in render(source, none=[])


def test_dialog_is_named_by_its_heading() -> None:
    html = render('{% dialog id="export" title="Xuất" %}<p>…</p>{% enddialog %}')
    assert '<dialog id="export" aria-labelledby="export-title">' in html
    assert '<h2 id="export-title">Xuất</h2>' in html


def test_scroll_table_can_be_scrolled_with_the_keyboard() -> None:
    html = render('{% scroll_table "Hồ sơ" %}<table></table>{% endscroll_table %}')
    assert html == '<div class="scroll" tabindex="0" role="region" aria-label="Hồ sơ"><table></table></div>'


def test_breadcrumb_links_all_but_this_page() -> None:
    html = render("{% breadcrumb steps %}", steps=[("Trang chủ", "/"), ("Bài 4", "")])
    assert '<a href="/">Trang chủ</a>' in html
    assert '<li aria-current="page">Bài 4</li>' in html


# Drawings ---------------------------------------------------------------------------------------


def test_meter_prints_widths_with_a_point_in_every_language() -> None:
    with translation.override("vi"):
        html = render("{% meter rate label='63,4%' %}", rate=Decimal("63.44"))
    assert 'width="63.4%"' in html
    assert 'x1="70.0%"' in html
    assert 'aria-label="63,4%"' in html


def test_meter_describes_itself_without_a_label() -> None:
    with translation.override("en"):
        assert "63.4" in render("{% meter 63.46 %}")


@pytest.mark.parametrize(
    ("value", "total", "width"), [(3, 4, "75.0%"), (5, 4, "100.0%"), (-1, 4, "0.0%"), (1, 0, "0.0%")]
)
def test_bar_stays_inside_its_track(value: int, total: int, width: str) -> None:
    assert f'class="value" width="{width}"' in render("{% bar value total %}", value=value, total=total)


def test_bar_is_hidden_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in render("{% bar 1 2 %}")
    assert 'role="img" aria-label="3/4"' in render('{% bar 3 4 label="3/4" %}')


def test_rings_draw_finished_started_and_open_modules() -> None:
    modules = [{"fraction": 1, "is_core": True}, {"fraction": Decimal("0.6")}, {"fraction": 0}]
    html = render("{% rings modules %}", modules=modules)
    assert html.count('class="tr"') == 3
    assert html.count('class="on core k0"') == 1
    assert 'stroke-dasharray="60 100"' in html
    assert ">1/3</text>" in html


def test_rings_describe_themselves() -> None:
    with translation.override("en"):
        html = render("{% rings modules %}", modules=[{"fraction": 1}, {"fraction": 0}])
    assert 'aria-label="1 of 2 modules finished"' in html


@pytest.mark.parametrize(
    ("status", "drawn", "not_drawn"),
    [
        ("valid", "<ellipse", "stroke-dasharray"),
        ("verified", "<ellipse", "stroke-dasharray"),
        ("revoked", 'stroke-dasharray="84 16.5"', "<ellipse"),
        ("unknown", 'stroke-dasharray="4 9"', "<ellipse"),
        ("anything", 'stroke-dasharray="4 9"', "<ellipse"),
    ],
)
def test_seal_is_closed_only_for_a_certificate_that_counts(status: str, drawn: str, not_drawn: str) -> None:
    html = render("{% seal status %}", status=status)
    assert drawn in html
    assert not_drawn not in html


# Forms ------------------------------------------------------------------------------------------


def test_field_ties_label_hint_and_error_to_the_input() -> None:
    html = render("{% field form.name %}", form=DutyForm({}))
    assert '<label for="id_name">Họ và tên</label>' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext">Như trong giấy tờ' in html
    assert '<div id="id_name_error">' in html
    assert 'aria-invalid="true"' in html
    assert 'class="in is-err"' in html


def test_field_without_trouble_is_plain() -> None:
    html = render("{% field form.note hint='Tối đa 200 chữ' %}", form=DutyForm())
    assert 'aria-describedby="id_note_helptext"' in html
    assert "aria-invalid" not in html
    assert "data-invalid" not in html
    assert 'class="fw-4"' not in html  # the word "optional" is muted, not only light
    assert 'class="mute fw-4"' in html


def test_field_groups_radio_buttons_under_a_legend() -> None:
    html = render("{% field form.kind %}", form=DutyForm({"kind": "x"}))
    assert "<legend>Loại</legend>" in html
    assert html.count('<label class="opt">') == 2
    assert '<fieldset class="field" data-invalid aria-describedby="id_kind_error">' in html
    assert '<div class="seg"' in render("{% field form.kind choices='segments' %}", form=DutyForm())


def test_field_puts_a_single_checkbox_into_its_label() -> None:
    html = render("{% field form.checked %}", form=DutyForm())
    assert '<label class="chk"><input type="checkbox" name="checked" required id="id_checked">' in html


def test_error_summary_links_every_error_to_its_field() -> None:
    form = DutyForm({"name": ""})
    form.is_valid()
    form.add_error(None, "Không lưu được.")
    html = render("{% error_summary form %}", form=form)
    assert 'role="alert"' in html
    assert "<li>Không lưu được.</li>" in html
    assert '<a href="#id_name">Họ và tên: ' in html
    assert '<a href="#id_kind_0">' in html  # a group is reached by its first button


def test_error_summary_is_silent_when_all_is_well() -> None:
    assert render("{% error_summary form %}", form=DutyForm()) == ""


# Pages ------------------------------------------------------------------------------------------


def test_pager_keeps_the_other_parameters() -> None:
    page = Paginator(range(412), 20).page(2)
    request = RequestFactory().get("/", {"q": "Lò & B", "page": "2"})
    html = render("{% pager page %}", page=page, request=request)
    assert '<a rel="prev" href="?q=L%C3%B2+%26+B&amp;page=1">' in html
    assert '<span aria-current="page">2</span>' in html


def test_pager_has_no_links_for_one_page_and_nothing_for_none() -> None:
    request = RequestFactory().get("/")
    one = render("{% pager page %}", page=Paginator(range(3), 20).page(1), request=request)
    assert "<a " not in one
    assert "pager" in one
    assert render("{% pager page %}", page=Paginator([], 20).page(1), request=request) == ""


def test_script_messages_are_data_and_cannot_close_their_element() -> None:
    with translation.override("en"):
        html = render('{% script_messages "main" "quiz" %}')
    assert html == '<script id="messages" type="application/json">{}</script>'


def test_scripts_and_server_know_the_same_messages() -> None:
    sources = (Path(__file__).parents[2] / "frontend" / "src").rglob("*.ts")
    scripts = [path.read_text(encoding="utf-8") for path in sources if not path.name.endswith(".test.ts")]
    known = {text for texts in MESSAGES.values() for text in texts}
    said = {text for script in scripts for text in re.findall(r'translate\(\s*"([^"]+)"', script)}
    assert said - known == set()
    # Some texts reach `translate` through a table, so look for the words alone.
    assert {text for text in known if not any(f'"{text}"' in script for script in scripts)} == set()


def test_no_area_of_messages_is_written_twice() -> None:
    """Python keeps the last of two equal keys without a word; a merge has made two before."""
    source = Path(script_messages.__file__).read_text(encoding="utf-8")
    areas = re.findall(r'^    "([\w-]+)": \{', source, re.MULTILINE)
    assert areas == list(MESSAGES)


# The build --------------------------------------------------------------------------------------


@pytest.fixture
def manifest(settings: Any, tmp_path: Path) -> Path:
    path = tmp_path / "manifest.json"
    path.write_text(
        json.dumps(
            {
                "styles/learn.css": {"file": "assets/learn-1.css"},
                "src/learn.ts": {"file": "assets/learn-1.js", "imports": ["_a.js"]},
                "_a.js": {"file": "assets/a-1.js", "imports": ["_b.js"]},
                "_b.js": {"file": "assets/b-1.js", "imports": ["_a.js"]},
                "fonts/x.woff2": {"file": "assets/x-1.woff2"},
            }
        )
    )
    settings.VITE_MANIFEST_PATH = path
    settings.STATIC_URL = "/static/"
    return path


def test_vite_links_the_built_files(manifest: Path) -> None:
    assert render('{% vite_css "learn" %}') == '<link rel="stylesheet" href="/static/assets/learn-1.css">'
    assert render('{% vite_asset "fonts/x.woff2" %}') == "/static/assets/x-1.woff2"


def test_vite_fetches_imports_of_imports_early_and_once(manifest: Path) -> None:
    assert render('{% vite_js "learn" %}') == (
        '<link rel="modulepreload" href="/static/assets/a-1.js">'
        '<link rel="modulepreload" href="/static/assets/b-1.js">'
        '<script type="module" src="/static/assets/learn-1.js"></script>'
    )


def test_vite_sees_a_new_build_without_a_restart_while_developing(manifest: Path, settings: Any) -> None:
    settings.DEBUG = True
    assert "learn-1" in render('{% vite_css "learn" %}')
    manifest.write_text(json.dumps({"styles/learn.css": {"file": "assets/learn-2.css"}}))
    os.utime(manifest, (1, 1))
    assert "learn-2" in render('{% vite_css "learn" %}')


def test_vite_says_what_to_do_without_a_build(manifest: Path) -> None:
    manifest.unlink()
    with pytest.raises(NotBuilt, match="make build"):
        render('{% vite_css "learn" %}')


def test_vite_names_the_entries_when_one_is_missing(manifest: Path) -> None:
    with pytest.raises(NotBuilt, match=r"“src/live\.ts” is not part of the built front end"):
        render('{% vite_js "live" %}')


def test_vite_can_be_switched_off(settings: Any) -> None:
    settings.VITE_MANIFEST_PATH = None
    assert render('{% vite_css "learn" %}{% vite_js "learn" %}{% vite_asset "fonts/x.woff2" %}') == ""


# Pages for bad moments --------------------------------------------------------------------------

STATUS_PAGES = [
    "400",
    "403",
    "403_csrf",
    "404",
    "405",
    "429",
    "500",
    "offline",
    "signed_out",
    "session_expired",
]


@pytest.mark.parametrize("name", STATUS_PAGES)
def test_status_pages_need_no_request_and_no_database(name: str, settings: Any) -> None:
    settings.VITE_MANIFEST_PATH = None
    html = Template(f'{{% include "{name}.html" %}}').render(Context())
    assert html.count("<h1>") == 1
    assert html.count('class="btn"') <= 1
    assert " style=" not in html
