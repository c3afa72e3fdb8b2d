"""What tests of rewritten office files share."""

import io
import zipfile

ID, PHONE = "110101199003078670", "13812345678"


def saved(file):
    """A workbook or a Word document as bytes."""
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def inside(data):
    """Everything in the package, inflated."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return b"\n".join(packed.read(name) for name in packed.namelist()).decode("utf-8", "replace")
