from django.urls import URLPattern

from chanjiao.core.roles import Action
from chanjiao.web.fairs.views import booths, fairs, people, stands, students
from chanjiao.web.shared.routes import route

C, U, W, A = Action.CREATE, Action.UPDATE, Action.WITHDRAW, Action.APPROVE
FAIR, BOOTH, INTENTION = "fair", "booth", "intention"

app_name = "fairs"
urlpatterns: list[URLPattern] = [
    route("", fairs.index, name="list", thing=FAIR),
    route("new/", fairs.new, name="new", thing=FAIR, action=C),
    route("<int:pk>/", fairs.detail, name="fair", thing=FAIR),
    route("<int:pk>/edit/", fairs.edit, name="edit", thing=FAIR, action=U),
    route("<int:pk>/date/", fairs.change_date, name="date", thing=FAIR, action=U),
    route("<int:pk>/move/", fairs.move, name="move", thing=FAIR, action=U),
    route("<int:pk>/invite/", fairs.invite, name="invite", thing=FAIR, action=U),
    route("<int:pk>/plan/", stands.plan, name="plan", thing=BOOTH),
    route("<int:pk>/halls/", stands.lay_out, name="hall-new", thing=FAIR, action=U),
    route("<int:pk>/place/", stands.place_all, name="place-all", thing=FAIR, action=U),
    route("<int:pk>/apply/", booths.new, name="apply", thing=BOOTH, action=C),
    route("<int:pk>/approve/", booths.approve_all, name="approve-all", thing=BOOTH, action=A),
    route("halls/<int:pk>/remove/", stands.take_down, name="hall-remove", thing=FAIR, action=U),
    route("stands/<int:pk>/close/", stands.close, name="stand-close", thing=FAIR, action=U),
    route("booths/<int:pk>/", booths.detail, name="booth", thing=BOOTH),
    route("booths/<int:pk>/edit/", booths.edit, name="booth-edit", thing=BOOTH, action=U),
    route("booths/<int:pk>/confirm/", booths.confirm, name="booth-confirm", thing=BOOTH, action=U),
    route("booths/<int:pk>/move/", booths.move, name="booth-move", thing=BOOTH, action=U),
    route("booths/<int:pk>/people/", people.index, name="people", thing=BOOTH, action=U),
    route("booths/<int:pk>/hours/", people.hours, name="hours", thing=BOOTH, action=U),
    route("booths/<int:pk>/place/", stands.place, name="booth-place", thing=FAIR, action=U),
    route("booths/<int:pk>/pardon/", booths.pardon, name="pardon", thing=FAIR, action=U),
    route("<int:pk>/mine/", students.mine, name="mine", thing=INTENTION),
    route("<int:pk>/mine/apply/", students.apply, name="mine-apply", thing=INTENTION, action=C),
    route(
        "<int:pk>/mine/confirm/", students.confirm, name="mine-confirm", thing=INTENTION, action=C
    ),
    route("<int:pk>/mine/advice/", students.switch, name="advice", thing=INTENTION, action=C),
    route(
        "intentions/<int:pk>/change/",
        students.change,
        name="intention-change",
        thing=INTENTION,
        action=C,
    ),
    route(
        "intentions/<int:pk>/advance/", people.advance, name="advance", thing=INTENTION, action=U
    ),
]
