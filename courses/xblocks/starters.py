"""The OLX of a fresh block of other people's types: small, in Vietnamese, and good to change at once."""

import json
from typing import Any

from lxml import etree

from courses.xblocks.drag_starter import drag_starter

IMAGE_EXPLORER = """<image_explorer schema_version='2'>
  <background src=""/>
  <description><p>Bấm vào từng điểm trên ảnh để xem giải thích.</p></description>
  <hotspots>
    <hotspot x='50%' y='50%' item-id='diem-1'>
      <feedback width='300' max-height='240'>
        <header><p>Điểm thứ nhất</p></header>
        <body><p>Giải thích ngắn về điểm này.</p></body>
      </feedback>
    </hotspot>
  </hotspots>
</image_explorer>"""
COMPARE = """<submit_and_compare schema_version='1'>
  <body><p>Anh/chị sẽ viết lời mở đầu bản tin như thế nào?</p></body>
  <explanation><p>Một lời mở đầu tốt nói ngay việc gì, ở đâu, khi nào và ai cần biết.</p></explanation>
  <demandhint><hint>Người nghe cần biết điều gì trước tiên?</hint></demandhint>
</submit_and_compare>"""
ANNOTATABLE = (
    "<instructions><p>Đọc đoạn văn và bấm vào phần được tô màu để xem lời bình.</p></instructions>"
    '<p>Chiều nay, <annotation title="Nguồn tin" body="Nói rõ ai thông báo và vào lúc nào." '
    'highlight="yellow">theo thông báo của Ủy ban nhân dân xã</annotation>, '
    "nước bắt đầu rút ở thôn Đông.</p>"
)
PROBLEM = (
    "<multiplechoiceresponse><label>Khi có tin đồn lan trên mạng, việc nào làm trước?</label>"
    '<choicegroup type="MultipleChoice">'
    '<choice correct="false">Chia sẻ để mọi người cùng biết</choice>'
    '<choice correct="true">Kiểm tra nguồn tin với cơ quan có trách nhiệm</choice>'
    '<choice correct="false">Xóa bài và im lặng</choice>'
    "</choicegroup></multiplechoiceresponse>"
)
MARKDOWN = "## Tiêu đề\n\nĐoạn văn đầu tiên, có chữ **đậm**.\n\n* Ý thứ nhất\n* Ý thứ hai\n"
START = "mo-dau"
STORY: dict[str, tuple[str, list[tuple[str, str]]]] = {
    START: (
        "Tin đồn về vỡ đập lan trong nhóm của thôn. Anh/chị làm gì?",
        [("Gọi hỏi xã", "goi"), ("Chờ thêm", "cho")],
    ),
    "goi": ("Xã xác nhận đập an toàn. Anh/chị phát tin đính chính trên loa.", []),
    "cho": ("Tin đồn lan sang thôn bên. Bà con lo lắng.", []),
}


def olx(tag: str, inside: str = "", **attributes: Any) -> str:
    """One element; what is not text becomes JSON, as XBlock writes it."""
    element = etree.Element(tag)
    for name, value in attributes.items():
        element.set(name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    if inside:
        element.extend(etree.fromstring(f"<x>{inside}</x>"))
    return etree.tostring(element, encoding="unicode")


def answer(key: str, label: str) -> list[Any]:
    """An answer of a poll, and a question of a survey, as their package keeps them."""
    return [key, {"label": label, "img": "", "img_alt": ""}]


def scenario() -> dict[str, Any]:
    """A branching story as its block keeps it."""
    nodes = {
        name: {
            "id": name,
            "content": f"<p>{text}</p>",
            "media": {"type": "", "url": "", "alt": ""},
            "choices": [{"text": label, "target_node_id": to, "score": 0} for label, to in choices],
            "hint": "",
            "left_image_url": "",
            "right_image_url": "",
            "left_image_alt_text": "",
            "right_image_alt_text": "",
            "overlay_text": False,
            "transcript_url": "",
        }
        for name, (text, choices) in STORY.items()
    }
    return {"nodes": nodes, "start_node_id": START}


STARTERS = {
    "feedback": olx(
        "feedback",
        display_name="Ý kiến của anh/chị",
        voting_message="Cảm ơn anh/chị đã đánh giá.",
        feedback_message="Cảm ơn anh/chị đã góp ý.",
        prompts=[
            {
                "freeform": "Anh/chị học được gì? Còn thiếu gì?",
                "default_text": "",
                "likert": "Anh/chị đánh giá bài này thế nào?",
                "placeholder": "Viết vài dòng góp ý.",
                "scale_text": ["Rất tốt", "Tốt", "Trung bình", "Chưa tốt", "Kém"],
                "icon_set": "face",
            }
        ],
    ),
    "freetextresponse": olx(
        "freetextresponse",
        display_name="Trả lời bằng lời của anh/chị",
        prompt="Viết ba câu thông báo lịch tiêm chủng cho bà con trong thôn.",
        submitted_message="Đã nhận bài làm của anh/chị.",
        saved_message="Đã lưu bản nháp. Bấm “Nộp bài” khi anh/chị viết xong.",
        min_word_count=5,
        max_word_count=300,
    ),
    "submit-and-compare": olx(
        "submit-and-compare",
        display_name="Viết rồi so sánh",
        your_answer_label="Bài của anh/chị:",
        our_answer_label="Bài mẫu:",
        submit_button_label="Nộp và so sánh",
        question_string=COMPARE,
    ),
    "image-explorer": olx("image-explorer", display_name="Khám phá ảnh", data=IMAGE_EXPLORER),
    "imagemodal": olx("imagemodal", display_name="Ảnh phóng to", image_url="", alt_text=""),
    "flashcards": olx(
        "flashcards",
        '<flashcard front="Tin giả" back="Tin sai, được đưa ra để gây hiểu lầm"/>'
        '<flashcard front="Nguồn tin" back="Nơi đầu tiên đưa ra thông tin"/>',
        display_name="Thẻ ghi nhớ",
    ),
    "accordion": olx(
        "accordion",
        display_name="Hỏi và đáp",
        panels=[{"title": "Câu hỏi thứ nhất", "contents": "<p>Câu trả lời ngắn.</p>"}],
    ),
    "markdown": olx(
        "markdown",
        display_name="Văn bản Markdown",
        filename="moi",
    ).replace("/>", f'><olx-file path="markdown/moi.md">{MARKDOWN}</olx-file></markdown>'),
    "branching_xblock": olx(
        "branching_xblock", display_name="Tình huống rẽ nhánh", scenario_data=scenario(), enable_undo=True
    ),
    "problem": olx("problem", PROBLEM, display_name="Câu hỏi", max_attempts=3, showanswer="finished"),
    "word_cloud": olx(
        "word_cloud",
        display_name="Đám mây từ",
        instructions="Nghĩ đến truyền thông cơ sở, anh/chị nhớ đến những từ nào?",
        num_inputs=3,
    ),
    "annotatable": olx("annotatable", ANNOTATABLE, display_name="Bài đọc có lời bình"),
    "pdf": olx("pdf", display_name="Tài liệu PDF", url=""),
    "scorm": olx("scorm", display_name="Gói SCORM"),
    "h5pxblock": olx("h5pxblock", display_name="Nội dung H5P"),
    "drag-and-drop-v2": olx("drag-and-drop-v2", display_name="Kéo thả", data=drag_starter()),
    "poll": olx(
        "poll",
        display_name="Thăm dò",
        question="Anh/chị thường nghe loa truyền thanh vào lúc nào?",
        answers=[answer("sang", "Buổi sáng"), answer("chieu", "Buổi chiều"), answer("it", "Ít khi nghe")],
        feedback="Cảm ơn anh/chị đã trả lời.",
    ),
    "survey": olx(
        "survey",
        display_name="Khảo sát",
        block_name="Khảo sát",
        questions=[
            answer("hieu", "Bài có dễ hiểu không?"),
            answer("dung", "Bài có dùng được vào việc không?"),
        ],
        answers=[["co", "Có"], ["mot-phan", "Một phần"], ["khong", "Không"]],
        feedback="Cảm ơn anh/chị đã trả lời.",
    ),
    "done": olx("done", display_name="Đánh dấu đã xong", align="left"),
}
