"""Errors as JSON: a code for programs, a sentence in Chinese and one in English for people."""

from typing import Any

from django.http import JsonResponse

SENTENCES: dict[str, tuple[int, str, str]] = {
    "bad_request": (400, "请求的参数不正确。", "The request has a parameter that can't be used."),
    "bad_cursor": (
        400, "游标无效：请用上一页返回的 next，或去掉 cursor 从头读取。",
        "The cursor is not one of ours: use the next of the page before, or leave it out.",
    ),
    "bad_token": (
        401, "令牌无效、已停用或已过期，请在“接口令牌”页面新建。",
        "The token is wrong, withdrawn or expired; issue a new one on the page of API tokens.",
    ),
    "token_needed": (
        401, "此接口需要令牌：请在请求头写 Authorization: Bearer 令牌。",
        "This address needs a token: send the header Authorization: Bearer TOKEN.",
    ),
    "not_allowed": (
        403, "您的角色或令牌范围不包括这类数据。",
        "Your role or the scope of your token does not reach this data.",
    ),
    "not_found": (
        404, "没有这个地址，或没有您可以查看的这条记录。",
        "There is no such address, or no such record that you may see.",
    ),
    "only_get": (405, "接口只读，只接受 GET。", "The interface only reads: use GET."),
    "withdrawn": (
        410, "这份清单已撤回，内容不再提供。", "This list was withdrawn; its content is gone.",
    ),
    "too_often": (
        429, "请求过于频繁，请一分钟后再试。", "Too many requests: try again in a minute.",
    ),
    "broken": (
        500, "服务出错，已记录。请稍后再试。", "Something broke and was noted. Try again later.",
    ),
}  # fmt: skip


def failure(code: str, **more: Any) -> JsonResponse:
    """The answer for one kind of failure; ``more`` names what it is about."""
    status, zh, en = SENTENCES[code]
    body = {"error": {"code": code, "message": zh, "message_en": en, **more}}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
