"""Mail and web archives: bodies and attachments are decoded and read, whatever they are wrapped in."""

from __future__ import annotations

import email.message

from gongkai.core.documents import describe, read_bytes
from gongkai.core.documents.whole.mail import is_mail

IDENTITY, MOBILE = "11010519491231002X", "13812345678"


def test_head_body_and_attachment(word):
    mail = email.message.EmailMessage()
    mail["From"], mail["Subject"], mail["X-Remark"] = "a@example.com", "名单", f"号{MOBILE}"
    mail.set_content(f"身份证号 {IDENTITY}", cte="base64")
    attached = word("<w:p><w:r><w:t>附件正文</w:t></w:r></w:p>")
    mail.add_attachment(attached, maintype="application", subtype="octet-stream", filename="名单.docx")
    document = read_bytes(bytes(mail), "甲.eml", whole=True)
    assert document.kind == "mail" and "Subject: 名单" in document.text and f"号{MOBILE}" in document.text
    inner = {paragraph.text: describe(paragraph.place) for paragraph in document.paragraphs()}
    assert inner[f"身份证号 {IDENTITY}"].startswith("邮件正文")
    assert inner["附件正文"].startswith("附件“名单.docx”")


def test_a_web_archive():
    page = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\nContent-Type: text/html\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>{IDENTITY[:9]}=\r\n{IDENTITY[9:]}</p>\r\n--B--\r\n"
    )
    assert IDENTITY in read_bytes(page.encode(), "甲.mht", whole=True).text


def test_a_text_with_colons_is_no_mail():
    assert not is_mail("Name: 张三\nTelephone: 1\n\n正文".encode()) and not is_mail(b"Content-Type " * 9)
