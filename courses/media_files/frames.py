"""MPEG audio frames: two in a row make an MP3 file, one may be chance."""

V1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)  # kbit/s, MPEG-1 layer III
V2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)  # MPEG-2 and 2.5
RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


def begins_with_frames(head: bytes) -> bool:
    """Does a second frame begin where the first one ends?"""
    length = _length(head)
    return bool(length) and bool(_length(head[length:]))


def _length(head: bytes) -> int:
    """Bytes of the frame that begins here; 0 when none of layer III does."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, bits, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version not in RATES or rate == 3 or bits in {0, 15}:
        return 0
    speed, slots = (V1[bits], 144) if version == 3 else (V2[bits], 72)
    return slots * speed * 1000 // RATES[version][rate] + (head[2] >> 1 & 1)
