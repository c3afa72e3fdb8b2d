"""Zip containers (docx, xlsx …) opened with bounds on what they may unfold into."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from gongkai.core.documents.model import DocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_MEMBERS = 5_000
MAX_INFLATED = 400 * 2**20  # bytes, all members together
MAX_XML = 64 * 2**20  # bytes of one XML member: its tree takes several times as much
MAX_RATIO = 250  # Chinese office XML stays below 60
_CHUNK = 2**16  # a larger one would be inflated whole, whatever the member declares
_RATIO_MATTERS_FROM = 8 * 2**20

_BROKEN = "文件不完整或已损坏，请重新下载或在原软件中另存后再试"
_BOMB = "压缩内容解开后过大（疑似压缩炸弹），已停止读取，请在原软件中另存为新文件后再试"

# ISO strict documents use other namespaces for the same elements.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


class Archive:
    """A zip file whose declared and real sizes are within bounds."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise DocumentError(_BROKEN) from error
        if len(members) > MAX_MEMBERS:
            raise DocumentError(f"压缩包内有 {len(members)} 个文件，超过上限 {MAX_MEMBERS}，请确认是否为办公文档")
        if any(member.flag_bits & 1 for member in members):
            raise DocumentError("压缩包已加密，请解密后再上传")
        inflated = sum(member.file_size for member in members)
        packed = max(1, sum(member.compress_size for member in members))
        if inflated > MAX_INFLATED or (inflated > _RATIO_MATTERS_FROM and inflated / packed > MAX_RATIO):
            raise DocumentError(_BOMB)
        self.names = [member.filename for member in members]

    def is_unicode(self, name: str) -> bool:
        """Whether the archive says that this name is in UTF-8."""
        return bool(self._zip.getinfo(name).flag_bits & 0x800)

    def read(self, name: str, limit: int = MAX_XML) -> bytes:
        """One member; never more than its declared size is inflated."""
        try:
            with self._zip.open(name) as member:
                data = bytearray()
                while len(data) <= limit and (chunk := member.read(_CHUNK)):
                    data += chunk
        except Exception as error:  # zlib, lzma, bz2, struct and zipfile each raise their own
            raise DocumentError(_BROKEN) from error
        if len(data) > limit:
            raise DocumentError(_BOMB)
        return bytes(data)

    def check(self) -> None:
        """Inflate every member once, for readers that open the archive themselves and trust its figures."""
        for name in self.names:
            self.read(name, MAX_INFLATED)

    def xml(self, name: str) -> _Element | None:
        """The root of an XML member, None when there is no such member."""
        return parse_xml(self.read(name)) if name in self.names else None


def parse_xml(data: bytes) -> _Element:
    """Parse without DTD, entities or network; the size and depth limits of libxml2 stay on."""
    from lxml import etree

    for strict, transitional in _STRICT:
        data = data.replace(strict, transitional)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(_BROKEN) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocumentError("文件内含实体定义（DTD），存在安全风险，已拒绝读取，请在原软件中另存后再试")
    return root
