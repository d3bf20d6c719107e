"""Archives written by hand, with what the library would not write."""

import binascii
import io
import struct
import tarfile
import zipfile
import zlib


def page(title):
    """A page of one article."""
    return f"<title>{title}</title><h1>{title}</h1><p>{'木耙靠在墙边，风从海上来。' * 3}</p>".encode()


def zip_of(members, method=zipfile.ZIP_DEFLATED):
    """A zip of names and contents."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


class Unseekable(io.RawIOBase):
    """A place to write to as to a pipe, so that sizes have to follow their members."""

    def __init__(self):
        self.written = b""

    def writable(self):
        return True

    def write(self, data):
        self.written += bytes(data)
        return len(data)


def zip_of_a_pipe(members):
    """A zip whose members tell their sizes after them."""
    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.written


def zip_member(name, data, *, flags=0, method=8, size=None, packed=None, checksum=None):
    """One member with its header, which may lie."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = deflater.compress(data) + deflater.flush() if method == 8 else data
    header = struct.pack(
        "<4s5H3L2H",
        b"PK\x03\x04",
        *(20, flags, method, 0, 0),
        zlib.crc32(data) if checksum is None else checksum,
        len(content) if packed is None else packed,
        len(data) if size is None else size,
        *(len(name), 0),
    )
    return header + name + content


END = b"PK\x05\x06" + bytes(18)


def tar_of(members, **options):
    """A tar of names and contents."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", **options) as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return stream.getvalue()


def saved_page_of(data, headers=b"", part=b""):
    """A page with an image, as a browser saves it; more headers of the file and of the page."""
    return b"".join(
        (
            b"From: <Saved>\r\nMIME-Version: 1.0\r\n",
            headers,
            b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----x--7"\r\n\r\n\r\n',
            b"------x--7\r\n",
            part or b"Content-Type: text/html\r\n",
            b"Content-Transfer-Encoding: quoted-printable\r\n\r\n",
            binascii.b2a_qp(data, istext=False),
            b"\r\n------x--7\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n------x--7--\r\n",
        )
    )
