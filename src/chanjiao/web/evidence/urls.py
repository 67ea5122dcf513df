from django.urls import URLPattern

from chanjiao.core.roles import Action
from chanjiao.web.evidence.views import bodies, desk, items, pages, statements
from chanjiao.web.shared.routes import route

C, U, W = Action.CREATE, Action.UPDATE, Action.WITHDRAW
PRESS, EVIDENCE = "press", "evidence"

app_name = "evidence"
urlpatterns: list[URLPattern] = [
    route("", items.index, name="items", thing=EVIDENCE),
    route("<int:pk>/", items.detail, name="item", thing=EVIDENCE),
    route("<int:pk>/file/", items.original, name="item-file", thing=EVIDENCE),
    route("<int:pk>/show/", items.show, name="show", thing=EVIDENCE, action=U),
    route("<int:pk>/move/<slug:move>/", items.move, name="move", thing=EVIDENCE, action=U),
    route("statements/", items.statements, name="statements", thing=EVIDENCE),
    route("values/", items.values, name="values", thing=EVIDENCE),
    route("press/", pages.index, name="press", thing=PRESS),
    route("press/new/", pages.bring, name="bring", thing=PRESS, action=C),
    route("press/<int:pk>/", desk.desk, name="desk", thing=PRESS),
    route("press/<int:pk>/repair/", desk.repair, name="repair", thing=PRESS),
    route("press/<int:pk>/progress/", pages.progress, name="progress", thing=PRESS),
    route("press/<int:pk>/file/", pages.original, name="file", thing=PRESS),
    route("press/<int:pk>/edit/", pages.describe, name="describe", thing=PRESS, action=U),
    route("press/<int:pk>/again/", pages.again, name="again", thing=PRESS, action=U),
    route("press/<int:pk>/mend/", pages.mend, name="mend", thing=PRESS, action=U),
    route("press/<int:pk>/discard/", pages.discard, name="discard", thing=PRESS, action=W),
    route("press/<int:pk>/together/", desk.together, name="together", thing=PRESS, action=U),
    route(
        "press/statements/<int:pk>/", statements.edit, name="statement", thing=PRESS, action=U
    ),
    route(
        "press/statements/<int:pk>/accept/", statements.accept, name="accept",
        thing=PRESS, action=U,
    ),
    route(
        "press/statements/<int:pk>/reject/", statements.reject, name="reject",
        thing=PRESS, action=U,
    ),
    route("press/statements/<int:pk>/undo/", statements.undo, name="undo", thing=PRESS, action=U),
    route("press/statements/<int:pk>/body/", bodies.body, name="body", thing=PRESS, action=U),
    route("press/statements/<int:pk>/ask/", bodies.ask, name="ask", thing=PRESS, action=U),
]  # fmt: skip
