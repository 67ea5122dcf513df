from django.urls import URLPattern

from chanjiao.core.roles import Action
from chanjiao.web.shared.routes import route
from chanjiao.web.standards import views
from chanjiao.web.standards.parameters import views as rules
from chanjiao.web.standards.reviewing import views as links

CODES, LINKS, RULES = "standards", "crosswalk", "rule_parameter"

app_name = "standards"
urlpatterns: list[URLPattern] = [
    route("", views.systems, name="systems", thing=CODES),
    route("crosswalk/", links.crosswalk, name="crosswalk", thing=LINKS),
    route("crosswalk/new/", links.add, name="add-link", thing=LINKS, action=Action.APPROVE),
    route(
        "crosswalk/propose/", links.propose, name="propose-links",
        thing=LINKS, action=Action.APPROVE,
    ),
    route("crosswalk/<int:pk>/", links.link, name="link", thing=LINKS),
    route(
        "crosswalk/<int:pk>/review/", links.review, name="review-link",
        thing=LINKS, action=Action.APPROVE,
    ),
    route("parameters/", rules.parameter_list, name="parameters", thing=RULES),
    route("parameters/<int:pk>/", rules.parameter, name="parameter", thing=RULES),
    route(
        "parameters/<int:pk>/new-value/", rules.propose, name="propose-parameter",
        thing=RULES, action=Action.UPDATE,
    ),
    route(
        "parameters/<int:pk>/decide/", rules.decide, name="decide-parameter",
        thing=RULES, action=Action.APPROVE,
    ),
    route("<slug:system>/", views.browse, name="browse", thing=CODES),
    route("<slug:system>/<str:code>/", views.code, name="code", thing=CODES),
]  # fmt: skip
