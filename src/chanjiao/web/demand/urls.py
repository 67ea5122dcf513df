from django.urls import URLPattern

from chanjiao.core.roles import Action
from chanjiao.web.demand.views import answers, asks, demands, pasting, rounds, workbench
from chanjiao.web.shared.routes import route

C, U, W, A = Action.CREATE, Action.UPDATE, Action.WITHDRAW, Action.APPROVE
DEMAND, ROUND, ASK = "demand", "survey_round", "ask"

app_name = "demand"
urlpatterns: list[URLPattern] = [
    route("", demands.index, name="list", thing=DEMAND),
    route("new/", demands.new, name="new", thing=DEMAND, action=C),
    route("paste/", pasting.paste, name="paste", thing=DEMAND, action=C),
    route("suggest/", demands.suggest, name="suggest", thing=DEMAND, action=C),
    route("nothing/", demands.nothing, name="nothing", thing=DEMAND, action=C),
    route("verify/", workbench.verify, name="verify", thing=DEMAND, action=A),
    route("confirm/", workbench.confirm, name="confirm", thing=DEMAND, action=U),
    route("<int:pk>/", demands.detail, name="detail", thing=DEMAND),
    route("<int:pk>/edit/", demands.edit, name="edit", thing=DEMAND, action=U),
    route("<int:pk>/move/", demands.move, name="move", thing=DEMAND, action=U),
    route("<int:pk>/code/", demands.code, name="code", thing=DEMAND, action=U),
    route("<int:pk>/fill/", demands.fill, name="fill", thing=DEMAND, action=U),
    route("<int:pk>/merge/", demands.merge, name="merge", thing=DEMAND, action=W),
    route("rounds/", rounds.index, name="rounds", thing=ROUND),
    route("rounds/new/", rounds.new, name="round-new", thing=ROUND, action=C),
    route("rounds/<int:pk>/", rounds.detail, name="round", thing=ROUND),
    route("rounds/<int:pk>/export/", rounds.export, name="round-export", thing=ROUND),
    route("rounds/<int:pk>/edit/", rounds.edit, name="round-edit", thing=ROUND, action=U),
    route("rounds/<int:pk>/targets/", rounds.targets, name="round-targets", thing=ROUND, action=U),
    route("rounds/<int:pk>/move/", rounds.move, name="round-move", thing=ROUND, action=U),
    route("rounds/<int:pk>/remind/", rounds.remind, name="round-remind", thing=ROUND, action=U),
    route("rounds/<int:pk>/drop/", rounds.drop, name="round-drop", thing=ROUND, action=U),
    route("rounds/<int:pk>/link/", rounds.link, name="round-link", thing=ROUND, action=U),
    route("links/", rounds.links, name="links", thing=ROUND, action=U),
    route(
        "links/<int:pk>/withdraw/", rounds.withdraw_link, name="link-withdraw",
        thing=ROUND, action=U,
    ),
    route("asks/", asks.index, name="asks", thing=ASK),
    route("asks/new/", asks.new, name="ask-new", thing=ASK, action=C),
    route("asks/<int:pk>/", asks.detail, name="ask", thing=ASK),
    route("asks/<int:pk>/answer/", asks.answer, name="ask-answer", thing=ASK, action=U),
    route("asks/<int:pk>/withdraw/", asks.withdraw, name="ask-withdraw", thing=ASK, action=C),
    route("answer/<str:token>/", answers.answer, name="answer", thing="portal"),
]  # fmt: skip
