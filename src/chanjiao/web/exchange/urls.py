from django.urls import URLPattern

from chanjiao.core.roles import Action
from chanjiao.web.exchange import views
from chanjiao.web.shared.routes import route

app_name = "exchange"
urlpatterns: list[URLPattern] = [
    route("", views.jobs, name="jobs", thing="import_job"),
    route(
        "import/<slug:sheet>/", views.upload, name="import",
        thing="import_job", action=Action.CREATE,
    ),
    route(
        "template/<slug:sheet>/", views.template, name="template",
        thing="import_job", action=Action.CREATE,
    ),
    route("export/<slug:sheet>/", views.export, name="export", thing="workbench"),
    route("<int:pk>/", views.job, name="job", thing="import_job"),
    route("<int:pk>/progress/", views.progress, name="progress", thing="import_job"),
    route("<int:pk>/errors/", views.errors, name="errors", thing="import_job"),
    route("<int:pk>/file/", views.original, name="file", thing="import_job"),
    route(
        "<int:pk>/mapping/", views.mapping, name="mapping",
        thing="import_job", action=Action.UPDATE,
    ),
    route(
        "<int:pk>/confirm/", views.confirm, name="confirm",
        thing="import_job", action=Action.UPDATE,
    ),
    route(
        "<int:pk>/cancel/", views.cancel, name="cancel", thing="import_job", action=Action.UPDATE
    ),
    route("<int:pk>/undo/", views.undo, name="undo", thing="import_job", action=Action.UPDATE),
]  # fmt: skip
