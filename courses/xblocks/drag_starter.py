"""What a fresh drag-and-drop block asks. Its package brings a triangle of layers, with English words."""

from typing import Any

# uid, name, what it is, x, y, width, height: where the layers are on the package's own picture
LAYERS = (
    ("top", "Tầng trên", "Tầng nhỏ nhất, ở trên cùng.", 160, 30, 196, 178),
    ("middle", "Tầng giữa", "Tầng ở giữa.", 86, 210, 340, 138),
    ("bottom", "Tầng dưới", "Tầng rộng nhất, ở dưới cùng.", 15, 350, 485, 135),
)
ITEMS = (
    ("Việc cần biết ngay", "top"),
    ("Việc cần biết thêm", "middle"),
    ("Tài liệu để tra cứu", "bottom"),
)
AGAIN = "Chưa đúng. Anh/chị thử lại."


def drag_starter() -> dict[str, Any]:
    """The block's `data` field."""
    return {
        "targetImgDescription": "Hình tam giác chia ba tầng: trên cùng nhỏ nhất, dưới cùng rộng nhất.",
        "displayLabels": True,
        "zones": [
            {
                "uid": uid,
                "title": title,
                "description": description,
                "x": x,
                "y": y,
                "width": width,
                "height": height,
                "align": "center",
            }
            for uid, title, description, x, y, width, height in LAYERS
        ],
        "items": [
            {
                "id": number,
                "displayName": name,
                "zones": [layer],
                "imageURL": "",
                "feedback": {"correct": f"Đúng: {name.lower()}.", "incorrect": AGAIN},
            }
            for number, (name, layer) in enumerate(ITEMS)
        ],
        "feedback": {
            "start": "Kéo từng thẻ vào đúng tầng của hình.",
            "finish": "Anh/chị đã xếp xong.",
        },
    }
