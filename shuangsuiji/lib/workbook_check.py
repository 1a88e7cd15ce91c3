"""Looking at an uploaded table before anything parses it: what it is, and whether it is a trap.

The zip directory is read, never the contents as a whole: a bomb stays folded.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath

from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.workbook_child import MOST_ROWS

MEGABYTE = 1024 * 1024
LARGEST_FILE = 30 * MEGABYTE
LARGEST_UNPACKED = 240 * MEGABYTE
LARGEST_DIRECTORY = MEGABYTE
MOST_ENTRIES = 500
BIG_ENOUGH_FOR_A_BOMB, MOST_UNFOLDING = 10 * MEGABYTE, 150
MOST_CELLS_IN_RANGE = 30_000_000
BIG_SHEET = 20 * MEGABYTE
"""Below this a sheet said to have a million rows is only formatted down to the bottom."""
HEAD = 64 * 1024

XLSX, XLS, ODS, CSV = "xlsx", "xls", "ods", "csv"
TEXT_SUFFIXES = (".csv", ".txt", ".tsv")
SAVE_AS = "请在 Excel 或 WPS 中另存为 .xlsx 工作簿再上传"

_SIGNATURES = (
    (b"%PDF", "PDF 文件"),
    (b"\xff\xd8\xff", "图片"),
    (b"\x89PNG", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "GZ 压缩包"),
    (b"MZ", "程序"),
    (b"\x7fELF", "程序"),
    (b"{\\rtf", "写字板文档"),
)
_OTHER_PACKAGES = {"word/document.xml": "Word 文档", "ppt/presentation.xml": "演示文稿"}
# What zipfile raises on bytes that are not what their directory says.
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END_OF_DIRECTORY = b"PK\x05\x06"
_DIMENSION = re.compile(rb'<dimension ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


def check_workbook_file(content: bytes, *, name: str) -> str:
    """What the file is by its content: "xlsx", "xls", "ods" or "csv"; anything else is refused with what to do."""
    if not content:
        raise Refusal("这个文件是空的：请检查后重新选择文件。")
    if len(content) > LARGEST_FILE:
        raise Refusal(f"文件超过 {LARGEST_FILE // MEGABYTE} MB：请拆成几份，或删去图片和多余的工作表后再上传。")
    if content.startswith(b"PK"):
        return _check_package(content)
    if content.startswith(_OLE2):
        return _check_ole2(content)
    for signature, words in _SIGNATURES:
        if content.startswith(signature):
            raise Refusal(f"这不是工作簿：内容是{words}。{SAVE_AS}。")
    return _check_text(content, name=name)


def _check_package(content: bytes) -> str:
    _check_directory(content)
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        entries = package.infolist()
        _check_entries(entries)
        kind = _package_kind(package, {entry.filename for entry in entries})
        for entry in entries:
            _check_part(package, entry)
    except _FAULTS as fault:
        raise _damaged() from fault
    return kind


def _check_directory(content: bytes) -> None:
    """The directory's own size, from its end record: a directory of a million entries is never read."""
    at = content.rfind(_END_OF_DIRECTORY, max(0, len(content) - 65_557))
    if at < 0 or len(content) < at + 22:
        raise _damaged()
    count = int.from_bytes(content[at + 10 : at + 12], "little")
    size = int.from_bytes(content[at + 12 : at + 16], "little")
    if count > MOST_ENTRIES or size > LARGEST_DIRECTORY:
        raise _bomb()


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise _bomb()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise _encrypted()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > LARGEST_UNPACKED:
        raise _bomb()
    if unpacked > BIG_ENOUGH_FOR_A_BOMB and unpacked > packed * MOST_UNFOLDING:
        raise _bomb()


def _package_kind(package: zipfile.ZipFile, names: set[str]) -> str:
    if any(PurePosixPath(name).name == "vbaProject.bin" for name in names):
        raise _macro()
    if "xl/workbook.xml" in names:
        if b"macroEnabled" in _head(package, "[Content_Types].xml"):
            raise _macro()
        return XLSX
    if "xl/workbook.bin" in names:
        raise Refusal(f"二进制工作簿（.xlsb）不能读取：{SAVE_AS}。")
    if "mimetype" in names and b"opendocument.spreadsheet" in _head(package, "mimetype"):
        if "META-INF/manifest.xml" in names and b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise _encrypted()
        return ODS
    for part, words in _OTHER_PACKAGES.items():
        if part in names:
            raise Refusal(f"这不是工作簿：内容是{words}。请选择 Excel 或 WPS 表格文件。")
    raise Refusal("这不是工作簿：内容是压缩包。请先解压，再上传其中的表格文件。")


def _check_part(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    if not entry.filename.endswith((".xml", ".rels")):
        return
    head = _head(package, entry.filename)
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Refusal(f"这个工作簿里含有外部实体声明，可能不安全，已拒收：{SAVE_AS}。")
    if entry.filename.startswith("xl/worksheets/"):
        _check_sheet(package, entry, head=head)


def _check_sheet(package: zipfile.ZipFile, entry: zipfile.ZipInfo, *, head: bytes) -> None:
    """A range or a number of rows that the reader would choke on; rows are counted only where none are declared."""
    found = _DIMENSION.search(head)
    if not found:
        rows = _counted_rows(package, entry) if entry.file_size > BIG_SHEET else 0
    else:
        rows = int(found[4]) - int(found[2]) + 1
        columns = _column_number(found[3]) - _column_number(found[1]) + 1
        if rows * columns > MOST_CELLS_IN_RANGE:
            raise too_wide()
    if rows > MOST_ROWS and entry.file_size > BIG_SHEET:
        raise Refusal(f"工作表超过 {MOST_ROWS:,} 行：请拆成几份，或删去数据下方的空行后再上传。")


def _counted_rows(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    rows = 0
    with package.open(entry) as part:
        while rows <= MOST_ROWS and (chunk := part.read(MEGABYTE)):
            rows += chunk.count(b"<row ")
    return rows


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_ole2(content: bytes) -> str:
    _check_ole2_header(content)
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise _encrypted()
    if "WordDocument".encode("utf-16-le") in content:
        raise Refusal("这不是工作簿：内容是 Word 文档。请选择 Excel 或 WPS 表格文件。")
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise _macro()
    if "Workbook".encode("utf-16-le") not in content and "Book".encode("utf-16-le") not in content:
        raise Refusal(f"这不是工作簿：打开后找不到表格内容。{SAVE_AS}。")
    return XLS


def _check_ole2_header(content: bytes) -> None:
    """Sector sizes and table lengths that fit the file; else the reader would reserve what the header asks for."""
    shift, tables = int.from_bytes(content[30:32], "little"), int.from_bytes(content[44:48], "little")
    if shift not in (9, 12) or tables << shift > len(content) + HEAD:
        raise _damaged()


def _check_text(content: bytes, *, name: str) -> str:
    head = content[:HEAD]
    if head.lstrip()[:64].lower().startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta")):
        raise Refusal(f"这不是工作簿：内容是网页或 XML 文本。{SAVE_AS}。")
    is_utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in head and not is_utf16:
        raise Refusal(f"这不是工作簿：无法识别文件内容。{SAVE_AS}。")
    if not name.lower().endswith(TEXT_SUFFIXES):
        raise Refusal(
            "这不是工作簿：内容是纯文本，扩展名却不是 .csv。如果它是逗号分隔的表，请把扩展名改为 .csv 再上传。"
        )
    return CSV


def _head(package: zipfile.ZipFile, name: str) -> bytes:
    if name not in package.NameToInfo:
        return b""
    with package.open(name) as part:
        return part.read(HEAD)


def too_wide() -> Refusal:
    """A range so wide that it cannot be data: one cell far away in empty space is enough."""
    return Refusal("工作表的范围大得不像数据（很远的空白处有内容）：请删去数据以外的空行空列，另存后再上传。")


def _bomb() -> Refusal:
    return Refusal(f"这个文件展开后异常庞大，已拒收：请确认它确是登记表，{SAVE_AS}。")


def _damaged() -> Refusal:
    return Refusal("这个工作簿不完整或已损坏（可能没有下载完）：请重新取得文件，用 Excel 或 WPS 能打开后再上传。")


def _encrypted() -> Refusal:
    return Refusal("这个工作簿设了打开密码：请在 Excel 或 WPS 中取消密码、另存后再上传。")


def _macro() -> Refusal:
    return Refusal("这个工作簿含有宏，已拒收：请另存为不含宏的 .xlsx 工作簿再上传。")
