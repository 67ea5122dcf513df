from django.urls import URLPattern

from chanjiao.core.roles import Action
from chanjiao.web.publishing import views
from chanjiao.web.shared.routes import route

app_name = "publishing"
urlpatterns: list[URLPattern] = [
    route("", views.publications, name="list", thing="publication"),
    route(
        "quarters/open/", views.open_quarter, name="open", thing="publication",
        action=Action.CREATE,
    ),
    route("quarters/<int:pk>/", views.quarter, name="quarter", thing="publication"),
    route("quarters/<int:pk>/preview/", views.preview, name="preview", thing="publication"),
    route(
        "quarters/<int:pk>/do/<slug:act>/", views.act, name="act", thing="publication",
        action=Action.CREATE,
    ),
    route(
        "quarters/<int:pk>/<slug:move>/", views.move, name="move", thing="publication",
        action=Action.CREATE,
    ),
    route("<slug:number>/", views.publication, name="detail", thing="publication"),
    route(
        "<slug:number>/withdraw/", views.withdraw, name="withdraw", thing="publication",
        action=Action.WITHDRAW,
    ),
    route(
        "<slug:number>/object/", views.make_objection, name="object", thing="objection",
        action=Action.CREATE,
    ),
    route(
        "<slug:number>/objections/<int:pk>/", views.answer_objection, name="answer",
        thing="objection", action=Action.UPDATE,
    ),
]  # fmt: skip
