"""The fixed words of the certificate, and how dates and numbers are written in both languages."""

from datetime import date
from decimal import Decimal

from certificates.pdf.facts import CertificateFacts

_DASH = "\N{EN DASH}"

COUNTRY_VI = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO_VI = f"Độc lập {_DASH} Tự do {_DASH} Hạnh phúc"
HEADING_EN = f"SOCIALIST REPUBLIC OF VIET NAM  ·  Independence {_DASH} Freedom {_DASH} Happiness"
# Not CHỨNG CHỈ, which the law keeps for other papers: this one claims completion and no more.
TITLE_VI = "GIẤY CHỨNG NHẬN"
TITLE_EN = "CERTIFICATE OF COMPLETION"
CERTIFIES_VI, CERTIFIES_EN = "chứng nhận Ông/Bà", "certifies that"
COMPLETED_VI, COMPLETED_EN = "đã hoàn thành chương trình", "has completed the programme"
SERIAL = "Số hiệu · Serial no."
CODE = "Mã xác minh · Verification code"
ISSUED = "Ngày cấp · Date of issue"
VALID_UNTIL = "Có giá trị đến · Valid until"
NO_EXPIRY = "Không thời hạn · No expiry"
SCAN = "Quét mã để xác minh · Scan to verify"
SIGNATURE_PENDING = "Chờ ký số · Signature pending"
SAMPLE = "DỮ LIỆU MẪU · SAMPLE DATA"
# Says what the code is not, rather than what the file lacks: it stays true once an agency signs.
LIMITS_VI = (
    "Giấy này xác nhận việc hoàn thành chương trình trên nền tảng; tính toàn vẹn được kiểm tra "
    "bằng mã xác minh. Đây không phải chứng chỉ theo luật định; mã xác minh không phải chữ ký số "
    "được cấp phép."
)
LIMITS_EN = (
    "This paper shows completion on the platform; its integrity is checked by the code. "
    "It is not a statutory certificate (chứng chỉ), and the code is not a licensed digital "
    "signature."
)


def short_date(day: date) -> str:
    return f"{day:%d/%m}/{day.year:04d}"


def long_date(day: date) -> str:
    """As official papers write it: days below 10 and months 1 and 2 get a leading zero."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def valid_until(day: date | None) -> str:
    return NO_EXPIRY if day is None else short_date(day)


def number_en(value: Decimal) -> str:
    """All digits that count and no others: 92.50 gives 92.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_vi(value: Decimal) -> str:
    return number_en(value).replace(".", ",")


def achievement_vi(facts: CertificateFacts) -> str:
    return "  ·  ".join(
        (
            f"Thời lượng {number_vi(facts.hours)} giờ",
            f"{facts.number_of_modules} mô-đun",
            f"Kết quả {number_vi(facts.result_percent)}%",
            f"Phiên bản chương trình {facts.programme_version}",
        )
    )


def achievement_en(facts: CertificateFacts) -> str:
    return "  ·  ".join(
        (
            f"{number_en(facts.hours)} {'hour' if facts.hours == 1 else 'hours'}",
            f"{facts.number_of_modules} {'module' if facts.number_of_modules == 1 else 'modules'}",
            f"Result {number_en(facts.result_percent)}%",
            f"Programme version {facts.programme_version}",
        )
    )


def readable_url(url: str) -> str:
    """The address without its scheme, for people who type it.

    Only the host is put in lower case: a path may tell capitals apart.
    """
    host, slash, path = url.partition("://")[2].partition("/")
    return f"{host.lower()}{slash}{path}" if host else url
