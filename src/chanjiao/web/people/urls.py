from django.urls import URLPattern

from chanjiao.core.roles import Action
from chanjiao.web.people.views import account, audit, invitations, permissions, tokens, users
from chanjiao.web.shared.routes import route

USER, TOKEN, LOG = "user_account", "api_token", "audit_log"

app_name = "people"
urlpatterns: list[URLPattern] = [
    route("switch/", account.switch, name="switch", thing="own_account", action=Action.UPDATE),
    route("me/", account.account, name="account", thing="own_account"),
    route("me/data/", account.my_data, name="my-data", thing="own_account"),
    route("demo-sign-in/", account.demo_sign_in, name="demo-sign-in", thing="portal"),
    route("users/", users.users, name="users", thing=USER),
    route("users/<int:pk>/", users.grant, name="grant", thing=USER),
    route("users/<int:pk>/give/", users.give, name="give", thing=USER, action=Action.CREATE),
    route("users/<int:pk>/change/", users.change, name="change", thing=USER, action=Action.UPDATE),
    route(
        "users/<int:pk>/withdraw/", users.withdraw, name="withdraw",
        thing=USER, action=Action.WITHDRAW,
    ),
    route(
        "users/<int:pk>/disable/", users.disable, name="disable",
        thing=USER, action=Action.WITHDRAW,
    ),
    route(
        "users/<int:pk>/enable/", users.enable, name="enable", thing=USER, action=Action.WITHDRAW
    ),
    route("invitations/", invitations.invitation_list, name="invitations", thing=USER),
    route(
        "invitations/new/", invitations.invite, name="invite", thing=USER, action=Action.CREATE
    ),
    route("invitations/<int:pk>/", invitations.invitation, name="invitation", thing=USER),
    route(
        "invitations/<int:pk>/resend/", invitations.resend, name="resend",
        thing=USER, action=Action.CREATE,
    ),
    route(
        "invitations/<int:pk>/withdraw/", invitations.withdraw, name="withdraw-invitation",
        thing=USER, action=Action.WITHDRAW,
    ),
    route("welcome/<str:secret>/", invitations.accept, name="accept", thing="portal"),
    route("permissions/", permissions.permissions, name="permissions", thing=USER),
    route("tokens/", tokens.token_list, name="tokens", thing=TOKEN),
    route("tokens/new/", tokens.issue, name="issue-token", thing=TOKEN, action=Action.CREATE),
    route("tokens/<int:pk>/", tokens.token, name="token", thing=TOKEN),
    route(
        "tokens/<int:pk>/withdraw/", tokens.withdraw, name="withdraw-token",
        thing=TOKEN, action=Action.WITHDRAW,
    ),
    route("audit/", audit.entries, name="audit", thing=LOG),
    route("audit/chain/", audit.chain, name="audit-chain", thing=LOG),
    route("audit/<int:sequence>/", audit.entry, name="audit-entry", thing=LOG),
]  # fmt: skip
