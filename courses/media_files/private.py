"""Pictures without what cameras write into them: place, time, device, owner. Nothing is drawn anew."""

import struct

from courses.media_files.problems import NotAccepted

# What a PNG needs to look the same; texts, times and Exif are not among it.
PNG_KEPT = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP"),
    *(b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT"),
}
WEBP_DROPPED = {b"EXIF", b"XMP "}
ORIENTATION = 0x0112


def without_private_data(content: bytes, media_type: str) -> bytes:
    """The same picture; the same input always gives the same bytes."""
    try:
        if media_type == "image/jpeg":
            return _jpeg(content)
        if media_type == "image/png":
            return _png(content)
        if media_type == "image/webp":
            return _webp(content)
    except (IndexError, struct.error) as error:
        raise NotAccepted("broken-file", media_type) from error
    return content


def cleaned_picture(content: bytes, media_type: str) -> bytes:
    """The same for an app that does not know our problems: ValueError for a broken picture."""
    try:
        return without_private_data(content, media_type)
    except NotAccepted as problem:
        raise ValueError(problem.code) from problem


def _jpeg(content: bytes) -> bytes:
    kept = [content[:2]]
    position = 2
    while position < len(content):
        if content[position] != 0xFF:
            raise NotAccepted("broken-file", "image/jpeg")
        marker = content[position + 1]
        if marker == 0xFF:  # fill byte
            position += 1
            continue
        if marker == 0xD9:
            kept.append(b"\xff\xd9")
            return b"".join(kept)  # what follows the end is a phone's film or worse
        (length,) = struct.unpack(">H", content[position + 2 : position + 4])
        segment = content[position : position + 2 + length]
        kept.append(_segment(marker, segment))
        position += 2 + length
        if marker == 0xDA:
            end = _end_of_scan(content, position)
            kept.append(content[position:end])
            position = end
    raise NotAccepted("broken-file", "image/jpeg")


def _segment(marker: int, segment: bytes) -> bytes:
    """Application data and comments go; JFIF, colour profile and Adobe's colour transform stay."""
    if marker == 0xE1 and segment[4:10] == b"Exif\0\0":
        return _upright(segment[10:])
    if marker == 0xE2:
        return segment if segment[4:16] == b"ICC_PROFILE\0" else b""
    if 0xE1 <= marker <= 0xEF and marker != 0xEE:
        return b""
    return b"" if marker == 0xFE else segment


def _end_of_scan(content: bytes, position: int) -> int:
    while True:
        position = content.index(b"\xff", position)
        following = content[position + 1]
        if following and not 0xD0 <= following <= 0xD7 and following != 0xFF:
            return position
        position += 1 if following == 0xFF else 2


def _upright(tiff: bytes) -> bytes:
    """An Exif segment that says which side is up and nothing else; empty when that is the usual one."""
    order = "<" if tiff[:2] == b"II" else ">"
    try:
        (start,) = struct.unpack(order + "I", tiff[4:8])
        (number,) = struct.unpack(order + "H", tiff[start : start + 2])
        for place in range(min(number, 200)):
            entry = tiff[start + 2 + 12 * place : start + 14 + 12 * place]
            tag, _kind, _count, value = struct.unpack(order + "HHIH", entry[:10])
            if tag == ORIENTATION and 2 <= value <= 8:
                body = b"MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHIHH", tag, 3, 1, value, 0) + b"\0" * 4
                return b"\xff\xe1" + struct.pack(">H", len(body) + 8) + b"Exif\0\0" + body
    except struct.error:
        pass
    return b""


def _png(content: bytes) -> bytes:
    kept = [content[:8]]
    position = 8
    while position + 12 <= len(content):
        (length,) = struct.unpack(">I", content[position : position + 4])
        kind, end = content[position + 4 : position + 8], position + 12 + length
        if kind in PNG_KEPT:
            kept.append(content[position:end])
        if kind == b"IEND":
            return b"".join(kept)
        position = end
    raise NotAccepted("broken-file", "image/png")


def _webp(content: bytes) -> bytes:
    kept: list[bytes] = []
    position = 12
    while position + 8 <= len(content):
        kind = content[position : position + 4]
        (length,) = struct.unpack("<I", content[position + 4 : position + 8])
        end = position + 8 + length + length % 2
        chunk = content[position:end]
        if kind == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~0x0C]) + chunk[9:]  # no Exif, no XMP
        if kind not in WEBP_DROPPED:
            kept.append(chunk)
        position = end
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body
