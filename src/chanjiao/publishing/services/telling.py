"""Telling the members that a list is public: one mail to each, written with the act."""

from django.conf import settings

from chanjiao.core import outbox
from chanjiao.core.models import Channel
from chanjiao.organisations.choices import MembershipState
from chanjiao.organisations.models import Membership
from chanjiao.publishing.models import Version


def tell_members(version: Version) -> int:
    """Queue a mail to every active member with an address; returns how many."""
    members = Membership.objects.filter(state=MembershipState.ACTIVE).select_related("organisation")
    told = 0
    for member in members:
        address = member.organisation.contact_email
        if address:
            outbox.put(
                Channel.EMAIL, address, _subject(version), _body(version),
                about=f"publishing.version:{version.pk}", organisation_id=member.organisation_id,
            )  # fmt: skip
            told += 1
    return told


def _subject(version: Version) -> str:
    word = "更正发布" if version.correction else "发布"
    return f"{word}：{version.publication.title}（{version.publication.number} v{version.number}）"


def _body(version: Version) -> str:
    """Both languages, because the writer does not know which one the reader has."""
    address = f"{settings.SITE_URL.rstrip('/')}/lists/{version.publication.number}/"
    correction = f"更正说明：{version.correction}\n\n" if version.correction else ""
    return (
        f"{version.publication.title}已发布，可查看、下载和核验：\n{address}\n\n{correction}"
        f"如有异议，请登录后在该清单页面提出。\n\n"
        f"{version.publication.title_en} is published: {address}\n"
        "Members who see a mistake can say so on its page after signing in.\n"
    )
