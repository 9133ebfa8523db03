"""The example rows of the table that people fill in: one of each type."""

from assessments.exchange import table
from assessments.exchange.model import ReadQuestion
from assessments.exchange.own import settled

ROWS = """\
Mã;Loại;Câu hỏi;Yêu cầu;A;B;C;Đáp án;Giải thích;Nguồn;Vì sao B;Đơn vị
vi-du-1;một đáp án;Thủ đô của nước ta là thành phố nào?;;Hà Nội;Huế;Vinh;A;Thủ đô là Hà Nội.;;Huế là cố đô.;
vi-du-2;nhiều đáp án;Thành phố nào thuộc trung ương?;;Hà Nội;Cần Thơ;Sa Pa;A, B;;;;
vi-du-3;đúng sai;Cần Thơ nằm ở đồng bằng sông Cửu Long.;;;;;Đúng;;;;
vi-du-4;ghép đôi;Ghép nước với thủ đô.;;Việt Nam -> Hà Nội;Lào -> Viêng Chăn;-> Bangkok;;;;;
vi-du-5;sắp xếp;Sắp xếp các bước đăng một bài viết.;;Soạn bài;Duyệt bài;Đăng bài;;;;;
vi-du-6;trả lời ngắn;Thành phố nào là thủ đô của Việt Nam?;;Hà Nội;%50%Ha Noi;;;;;;
vi-du-7;số;Gia tốc trọng trường là bao nhiêu?;;9,81 ± 0,01;;;;;;;m/s²
vi-du-8;điền vào chỗ trống;Nước ta có [[#34]] tỉnh thành, thủ đô là [[*Hà Nội|Huế]].;Điền vào.;;;;;;;;
vi-du-9;tự luận;Viết một đoạn giới thiệu địa phương của bạn.;;;;;;;;;
vi-du-10;nộp tệp;Nộp bản thiết kế của bạn.;;;;;;;;;
"""


def template_questions() -> list[ReadQuestion]:
    """The example questions, as they would be read."""
    return [settled(question) for question in table.read_csv(ROWS.encode()).questions]
