"""Files that somebody might upload to bring the desk down, built here; and what is said to each."""

from __future__ import annotations

import io
import random
import re
import zipfile

import openpyxl

TITLES = ["企业名称", "统一社会信用代码", "地址"]


def workbook_bytes(*rows, sheet="名录", before=(), titles=TITLES):
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in [*before, titles, *rows]:
        page.append(row)
    return saved(book)


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def repacked(content, *, change=None, add=None):
    """The same package with parts changed or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, (change or {}).get(entry.filename, lambda part: part)(old.read(entry)))
        for name, part in (add or {}).items():
            new.writestr(name, part)
    return out.getvalue()


def sparse():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "甲", "乙"
    return saved(book)


def sparse_without_dimension():
    return repacked(
        sparse(), change={"xl/worksheets/sheet1.xml": lambda part: part.replace(b"<dimension", b"<dimensions")}
    )


def bomb():
    return repacked(workbook_bytes(), add={"xl/media/x.bin": b"\0" * 60_000_000})


def sheet_bomb():
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"A" * 200_000_000 + b"</t></is></c></row></sheetData>"
    return repacked(
        workbook_bytes(), change={"xl/worksheets/sheet1.xml": lambda part: part.replace(b"</sheetData>", cell)}
    )


def lying_bomb():
    """The directory says the sheet is small; unfolding it gives 200 MB."""
    content = bytearray(sheet_bomb())
    at = content.rfind(b"xl/worksheets/sheet1.xml") - 46
    content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(content)


def many_entries():
    return repacked(workbook_bytes(), add={f"xl/media/{n}.txt": b"x" for n in range(10_000)})


def with_dtd():
    doctype = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet'
    return repacked(
        workbook_bytes(), change={"xl/worksheets/sheet1.xml": lambda part: part.replace(b"<worksheet", doctype, 1)}
    )


def ole2(*streams, shift=9):
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[28:32] = b"\xfe\xff" + shift.to_bytes(2, "little")
    return bytes(header) + b"".join(name.encode("utf-16-le") for name in streams) + bytes(2048)


def many_rows(change=lambda part: part):
    """A million rows: small in the file, large in memory."""
    row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'
    rows = row * 1_000_000 + b"</sheetData>"
    sheet = {"xl/worksheets/sheet1.xml": lambda part: change(part.replace(b"</sheetData>", rows))}
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook_bytes())) as old,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            new.writestr(entry.filename, sheet.get(entry.filename, lambda part: part)(old.read(entry)))
        # Ballast that does not compress: a sheet of one repeated row would count as a bomb.
        new.writestr("docProps/ballast.bin", random.Random(1).randbytes(1_000_000))
    return content.getvalue()


def declared(part):
    return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:A1000001"', part)


def undeclared(part):
    return re.sub(rb"<dimension [^>]*>", b"", part)


def wide():
    return workbook_bytes(titles=[f"列{n}" for n in range(301)])


CORPUS = {
    "empty": (b"", "a.xlsx", "这个文件是空的"),
    "sparse": (sparse, "a.xlsx", "范围大得不像数据"),
    "sparse without dimension": (sparse_without_dimension, "a.xlsx", "范围大得不像数据"),
    "bomb": (bomb, "a.xlsx", "异常庞大"),
    "lying bomb": (lying_bomb, "a.xlsx", "不完整或已损坏|范围大得"),
    "sheet bomb": (sheet_bomb, "a.xlsx", "异常庞大"),
    "10,000 entries": (many_entries, "a.xlsx", "异常庞大"),
    "doctype": (with_dtd, "a.xlsx", "外部实体"),
    "encrypted": (lambda: ole2("EncryptedPackage"), "a.xlsx", "打开密码"),
    "legacy macro": (lambda: ole2("Workbook", "_VBA_PROJECT"), "a.xls", "含有宏"),
    "a million rows": (lambda: many_rows(declared), "a.xlsx", "超过 200,000 行"),
    "a million rows unannounced": (lambda: many_rows(undeclared), "a.xlsx", "超过 200,000 行"),
    "broken xls header": (lambda: ole2("Workbook", shift=0), "a.xls", "已损坏"),
    "broken xls": (lambda: ole2("Workbook"), "a.xls", "已损坏"),
    "word ole2": (lambda: ole2("WordDocument"), "a.xls", "Word 文档"),
    "macro": (lambda: repacked(workbook_bytes(), add={"xl/vbaProject.bin": b"x"}), "a.xlsm", "含有宏"),
    "truncated": (lambda: workbook_bytes(["示范厂", "1", "2"])[:-400], "a.xlsx", "不完整或已损坏"),
    "pdf": (b"%PDF-1.7 ...", "a.xlsx", "内容是PDF"),
    "picture": (b"\x89PNG\r\n", "a.xlsx", "内容是图片"),
    "html": (b"<html><table></table>", "a.xls", "内容是网页"),
    "text": ("甲,乙".encode(), "a.xlsx", "改为 .csv"),
    "binary csv": (b"a,b\x00\x01", "a.csv", "无法识别"),
    "bad encoding": (b"a,\xff\xff\xff,\x80", "a.csv", "编码"),
    "plain zip": (lambda: plain_zip(), "a.xlsx", "内容是压缩包"),
    "301 columns": (wide, "a.xlsx", "超过 200 列"),
    "no rows": (lambda: saved(openpyxl.Workbook()), "a.xlsx", "是空的"),
}


def plain_zip():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("readme.txt", "x")
    return buffer.getvalue()


def content_of(case: str) -> bytes:
    """The bytes of one file of the corpus."""
    content = CORPUS[case][0]
    return content() if callable(content) else content
