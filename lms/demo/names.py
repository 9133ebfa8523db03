"""Names for synthetic people. Plain Python.

Family and middle names are common ones. Given names are words for plants, weather and places: real
enough for lists, sorting and search, and unlike the names of people in office.
"""

from random import Random

FAMILY = (
    ["Nguyễn"] * 16
    + ["Trần"] * 6
    + ["Lê"] * 6
    + ["Phạm"] * 4
    + ["Hoàng"] * 3
    + ["Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ"] * 2
    + ["Hồ", "Ngô", "Dương", "Lý", "Lò", "Quàng", "Cà", "Vì", "Tòng", "Nông", "Hà", "Đinh", "Lương"]
)
MIDDLE = ["Thị", "Văn", "Thị Ngọc", "Thanh", "Thu", "Thị Thanh", "Đức", "Bích", "Kim", "Hoài", "Thị Kim"]
GIVEN = [
    *("Lúa", "Sen", "Cúc", "Đào", "Mận", "Mơ", "Bưởi", "Quế", "Trúc", "Tre", "Ngô", "Chè", "Ổi", "Nhãn"),
    *("Sương", "Mây", "Nắng", "Gió", "Sao", "Bình Minh", "Mưa", "Tuyết", "Rạng", "Ánh"),
    *("Suối", "Đồi", "Ngàn", "Khê", "Rẫy", "Nương", "Bãi", "Đầm", "Vịnh", "Sông", "Đảo", "Ghềnh"),
    *("Én", "Yến", "Oanh", "Hạc", "Nhạn", "Vàng Anh", "Lụa", "Thắm", "Mực", "Giấy"),
]


def full_name(random: Random) -> str:
    """A family, a middle and a given name, in this order."""
    return f"{random.choice(FAMILY)} {random.choice(MIDDLE)} {random.choice(GIVEN)}"
