from django.urls import URLPattern

from chanjiao.core.roles import Action
from chanjiao.web.gaps import views
from chanjiao.web.shared.routes import route

app_name = "gaps"
urlpatterns: list[URLPattern] = [
    route("", views.latest, name="study", thing="gap"),
    route("studies/", views.studies_list, name="studies", thing="gap"),
    route("new/", views.create, name="create", thing="gap", action=Action.CREATE),
    route("<int:pk>/", views.study, name="detail", thing="gap"),
    route("<int:pk>/progress/", views.progress, name="progress", thing="gap"),
    route("<int:pk>/figure/", views.figure, name="figure", thing="gap"),
    route("<int:pk>/method/", views.method, name="method", thing="gap"),
    route("<int:pk>/compare/", views.compare, name="compare", thing="gap"),
    route("<int:pk>/export/", views.export, name="export", thing="gap"),
    route("<int:pk>/check/", views.check, name="check", thing="gap", action=Action.UPDATE),
    route("<int:pk>/publish/", views.publish, name="publish", thing="gap", action=Action.APPROVE),
    route(
        "<int:pk>/withdraw/", views.withdraw, name="withdraw", thing="gap", action=Action.APPROVE
    ),
]
