"""Documents made by hand for tests: the fewest parts a reader needs."""

import io
import zipfile

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://w" xmlns:mc="http://mc">'
    "<w:body>"
)


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(body, **parts):
    """A Word document with this body; ``parts`` are further members, slashes written as ``__``."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"{HEAD}{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return packed.getvalue()


def pdf(*texts):
    """A PDF with one line of Latin text a page; an empty one draws nothing."""
    return _pdf([f"BT /F1 12 Tf 40 700 Td ({text}) Tj ET" if text else "" for text in texts])


def scanned_pdf(pages):
    picture = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
        b" /BitsPerComponent 8 /Length 1 >>\nstream\n\x00\nendstream"
    )
    return _pdf(["q 500 0 0 700 40 40 cm /Im1 Do Q"] * pages, picture)


def _pdf(contents, picture=b""):
    """Catalogue, pages, a font, perhaps a picture, and each page with its content."""
    count = len(contents)
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        picture or b"null",
    ]
    drawn = " /XObject << /Im1 4 0 R >>" if picture else ""
    for n, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * n} 0 R"
            f" /Resources << /Font << /F1 3 0 R >>{drawn} >> >>".encode()
        )
        stream = content.encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, told in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, told)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)
