"""The header of a table of questions, and what its types are called, in Vietnamese, English and German."""

import re
import unicodedata

OPTIONS = "abcdefghijkl"

# Our name of a column → what its header may say. The first is what the template says in Vietnamese.
HEADERS: dict[str, tuple[str, ...]] = {
    "name": ("Mã câu hỏi", "Mã", "Name", "ID", "Kennung"),
    "type": ("Loại", "Loại câu hỏi", "Type", "Typ", "Art"),
    "outcome": ("Chuẩn đầu ra", "Outcome", "Lernziel"),
    "difficulty": ("Độ khó", "Difficulty", "Schwierigkeit"),
    "language": ("Ngôn ngữ", "Language", "Sprache"),
    "category": ("Danh mục", "Category", "Kategorie"),
    "task": ("Yêu cầu", "Task", "Aufgabe"),
    "question": ("Câu hỏi", "Question", "Frage"),
    "answer": ("Đáp án", "Answer", "Right answer", "Antwort", "Lösung"),
    "explanation": ("Giải thích", "Explanation", "Erklärung"),
    "source": ("Nguồn", "Source", "Quelle"),
    "lines": ("Dòng", "Vị trí trong nguồn", "Lines", "Zeilen"),
    "unit": ("Đơn vị", "Unit", "Einheit"),
    "case": ("Phân biệt hoa thường", "Case matters", "Case", "Großschreibung zählt"),
    "without accents": ("Bỏ qua dấu", "Accents do not matter", "Ohne Akzente"),
    "whole": ("Chỉ chấm cả bài", "All or nothing", "Alles oder nichts"),
    "least words": ("Số từ ít nhất", "Least words", "Wörter mindestens"),
    "most words": ("Số từ nhiều nhất", "Most words", "Wörter höchstens"),
    "accepts": ("Loại tệp", "File types", "Dateitypen"),
    "most files": ("Số tệp nhiều nhất", "Most files", "Dateien höchstens"),
    **{
        f"option {letter}": (f"Phương án {letter.upper()}", f"Option {letter.upper()}", letter.upper())
        for letter in OPTIONS
    },
    **{
        f"why {letter}": (f"Vì sao {letter.upper()}", f"Why {letter.upper()}", f"Warum {letter.upper()}")
        for letter in OPTIONS
    },
}
_BY_HEADER: dict[str, str] = {}

# Our kind → its names. The first is what the template says in Vietnamese.
KIND_NAMES: dict[str, tuple[str, ...]] = {
    "single": ("một đáp án", "single", "single choice", "multichoice", "trắc nghiệm", "eine antwort"),
    "multiple": ("nhiều đáp án", "multiple", "multiple answers", "mehrere antworten"),
    "truefalse": ("đúng sai", "đúng/sai", "truefalse", "true/false", "richtig/falsch"),
    "matching": ("ghép đôi", "matching", "zuordnung"),
    "ordering": ("sắp xếp", "sắp thứ tự", "ordering", "reihenfolge"),
    "text": ("trả lời ngắn", "text", "shortanswer", "short answer", "kurzantwort"),
    "number": ("số", "number", "numerical", "zahl"),
    "cloze": ("điền vào chỗ trống", "điền chỗ trống", "cloze", "lückentext"),
    "essay": ("tự luận", "essay", "aufsatz"),
    "file": ("nộp tệp", "file", "datei"),
}
TYPES = {name: kind for kind, names in KIND_NAMES.items() for name in names}


def column_of(header: str) -> str:
    """Our name of the column with this header; "" for one we do not know."""
    return _BY_HEADER.get(_plain(header), "")


def _plain(header: str) -> str:
    return re.sub(r"[\s_*:]+", " ", unicodedata.normalize("NFC", header)).strip().casefold()


_BY_HEADER |= {_plain(said): name for name, saids in HEADERS.items() for said in (*saids, name)}
