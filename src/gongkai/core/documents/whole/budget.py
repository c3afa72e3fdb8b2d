"""How much one file may make us do, counted over everything that is packed inside it."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.core.documents.model import DocumentError

_DEEPEST = 4  # files inside files
_MOST_FILES = 2_000
MOST_BYTES = 400 * 2**20
_ALWAYS = 64 * 2**20  # bytes: what a small file may unfold into as well
_FOLD = 50  # times its size: files inside a file are packed themselves, so a true one stays below two
_MOST_RECOGNISED = 200  # pictures whose text is recognised: each takes about a second
_TOO_DEEP = "文件层层内嵌超过 {} 层，已停止读取，请取出后单独检查"
_TOO_MANY = "内含文件超过 {} 个，其余未读取，请拆分后再检查"
_TOO_LARGE = "内含文件合计超过 {} MB，其余未读取，请拆分后再检查"


@dataclass(slots=True)
class Budget:
    """One for a file and all that it holds."""

    depth: int = 0
    files: int = 0
    size: int = 0  # bytes
    recognised: int = 0
    most_recognised: int = _MOST_RECOGNISED
    most_bytes: int = MOST_BYTES

    @classmethod
    def for_upload(cls, size: int, most_recognised: int) -> Budget:
        """For a file of `size` bytes whose sender is waiting: archives in archives unfold a thousandfold each time."""
        return cls(most_recognised=most_recognised, most_bytes=min(MOST_BYTES, max(_ALWAYS, _FOLD * size)))

    def enter(self, size: int) -> None:
        """Go into a file of `size` bytes inside the present one; DocumentError when that would be too much."""
        if self.depth >= _DEEPEST:
            raise DocumentError(_TOO_DEEP.format(_DEEPEST))
        if self.files >= _MOST_FILES:
            raise DocumentError(_TOO_MANY.format(_MOST_FILES))
        if self.size + size > self.most_bytes:
            raise DocumentError(_TOO_LARGE.format(self.most_bytes // 2**20))
        self.depth += 1
        self.files += 1
        self.size += size

    def leave(self) -> None:
        """Come back out of it."""
        self.depth -= 1

    def may_recognise(self) -> bool:
        """Whether one more picture may be recognised; it is counted."""
        self.recognised += 1
        return self.recognised <= self.most_recognised
