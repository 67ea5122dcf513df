from django.urls import URLPattern

from chanjiao.web.directory import views
from chanjiao.web.shared.routes import route

app_name = "directory"
urlpatterns: list[URLPattern] = [
    route("organisations/", views.organisations, name="organisations", thing="organisation"),
    route("organisations/<int:pk>/", views.organisation, name="organisation", thing="organisation"),
    route("members/", views.members, name="members", thing="membership"),
]
