from django.urls import URLPattern

from chanjiao.core.roles import Action
from chanjiao.web.alignment import views
from chanjiao.web.shared.routes import route

ALIGNMENT, UPDATE = "alignment", Action.UPDATE

app_name = "alignment"
urlpatterns: list[URLPattern] = [
    route("", views.queue, name="queue", thing=ALIGNMENT, action=UPDATE),
    route("choose/", views.choose, name="choose", thing=ALIGNMENT, action=UPDATE),
    route("undo/", views.undo, name="undo", thing=ALIGNMENT, action=UPDATE),
    route("memory/", views.memory, name="memory", thing=ALIGNMENT),
    route("memory/<int:pk>/", views.decision, name="decision", thing=ALIGNMENT),
    route(
        "memory/<int:pk>/take-back/", views.take_back, name="take-back",
        thing=ALIGNMENT, action=UPDATE,
    ),
]  # fmt: skip
