"""Style sheets that are joined still find their files."""

import pytest

from courses.h5p.player.style_sheets import absolute, without_fonts

BASE = "/h5p/l/LanToa.Card-1.2/3-0123456789ab"
FILES = {"css/other.css": "i { background: url(b.png) }", "css/self.css": '@import "self.css"; b { top: 0 }'}


def joined(css: str, path: str = "css/main.css") -> str:
    return absolute(css, path=path, base=BASE, read=FILES.get)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("url(a.png)", f'url("{BASE}/css/a.png")'),
        ("url('../images/a b.png')", f'url("{BASE}/images/a b.png")'),
        ('url( "../fonts/f.eot?#iefix" )', f'url("{BASE}/fonts/f.eot?#iefix")'),
        ("URL(../fonts/f.woff?v=4.5)", f'url("{BASE}/fonts/f.woff?v=4.5")'),
        ("url(data:image/png;base64,AAAA)", "url(data:image/png;base64,AAAA)"),
        ("url(#drawing)", "url(#drawing)"),
        ("url(https://example.org/a.png)", "url(https://example.org/a.png)"),
        ("url(../../../secret.png)", 'url("data:,")'),
        ("url(../a%22.png)", f'url("{BASE}/a%22.png")'),
    ],
)
def test_addresses_hold_from_anywhere(given: str, wanted: str) -> None:
    assert joined(f"a {{ background: {given} }}") == f"a {{ background: {wanted} }}"


def test_imports_of_the_library_are_put_in_place_and_others_dropped() -> None:
    css = '@charset "utf-8";\n@import "other.css";\n@import url(https://fonts.example/a.css);\nb { top: 0 }'
    text = joined(css)
    assert f'i {{ background: url("{BASE}/css/b.png") }}' in text
    assert "@import" not in text
    assert "@charset" not in text
    assert "b { top: 0 }" in text


def test_an_import_with_a_condition_keeps_it() -> None:
    assert joined('@import url("other.css") print;').startswith("@media print {")


def test_a_sheet_that_imports_itself_ends() -> None:
    assert joined('@import "self.css";').count("b { top: 0 }") == 5


def test_fonts_that_are_not_here_leave_no_rule() -> None:
    css = "@font-face { src: url(a.woff2) } p { top: 0 } @font-face { src: url('b.woff2') format('woff2') }"
    kept = without_fonts(css, lambda source: source == "b.woff2")
    assert "a.woff2" not in kept
    assert "b.woff2" in kept
    assert "p { top: 0 }" in kept
