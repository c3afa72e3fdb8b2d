"""What the portal finds for the bodies to mend: 空白栏目, 更新不及时, 错链."""

from gongkai.portal.duty import rectifying as duty  # noqa: F401
from gongkai.portal.links import rectifying as links  # noqa: F401
