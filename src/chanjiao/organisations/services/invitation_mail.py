"""The letter of an invitation, in both languages: the reader's is not known yet."""

from django.conf import settings
from django.utils import timezone, translation

from chanjiao.core.roles import Role
from chanjiao.organisations.models import Invitation

SUBJECT = "{body}邀请您使用产教通 · {body} invites you to chanjiao"
BODY = """\
{hello}

{inviter}“{body}”邀请您以“{role_zh}”的身份使用产教通。请在 {until} 前打开下面的链接接受邀请：

{link}

链接只能用一次，请勿转发。如果您不认识发件机构，请忽略这封邮件。

----

{body} invites you to work in chanjiao as {role_en}. Open this link before {until} to accept:

{link}

The link works once; please do not pass it on. If you do not know the sender, ignore this mail.

{site}
"""


def letter(invitation: Invitation, inviter: str, link: str) -> tuple[str, str]:
    """Subject and body."""
    role = Role(invitation.role)
    with translation.override("zh-hans"):
        role_zh = str(role.label)
    with translation.override("en"):
        role_en = str(role.label)
    body = invitation.organisation.name
    text = BODY.format(
        hello=f"{invitation.name}，您好：" if invitation.name else "您好：",
        inviter=f"{inviter} 代表" if inviter else "",
        body=body,
        role_zh=role_zh,
        role_en=role_en,
        until=f"{timezone.localtime(invitation.expires_at):%Y-%m-%d %H:%M}",
        link=link,
        site=settings.SITE_URL,
    )
    return SUBJECT.format(body=body), text
