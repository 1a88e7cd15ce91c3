"""Where a picture ends by its own format: JPEG at EOI, PNG after IEND, WebP as long as its RIFF says.

No pixel is unfolded; the segments are walked. A cut picture has no end.
"""

from __future__ import annotations

JPEG_START, PNG_START = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_EOI, _SOS = 0xD9, 0xDA
_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD8)}


def end_of_image(content: bytes) -> int | None:
    """The offset behind the last byte of the picture; None when it is cut off."""
    if content.startswith(JPEG_START):
        return _end_of_jpeg(content)
    if content.startswith(PNG_START):
        return _end_of_png(content)
    if content.startswith(b"RIFF"):
        size = int.from_bytes(content[4:8], "little") + 8
        size += size % 2
        return size if size <= len(content) else None
    return None


def _end_of_jpeg(content: bytes) -> int | None:
    place = 2
    while place + 2 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
        elif marker == _EOI:
            return place + 2
        elif marker in _WITHOUT_LENGTH:
            place += 2
        else:
            place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
            if marker == _SOS:
                place = _next_marker(content, place)
    return None


def _next_marker(content: bytes, place: int) -> int:
    """Behind the compressed data of a scan: a 0xFF that is no stuffed byte and no restart."""
    while (place := content.find(b"\xff", place)) >= 0:
        following = content[place + 1 : place + 2]
        if following and following[0] != 0 and following[0] not in _WITHOUT_LENGTH:
            return place
        place += 2
    return len(content)


def _end_of_png(content: bytes) -> int | None:
    place = len(PNG_START)
    while place + 12 <= len(content):
        size, name = int.from_bytes(content[place : place + 4], "big"), content[place + 4 : place + 8]
        place += size + 12
        if name == b"IEND":
            return place if place <= len(content) else None
    return None
