from django.urls import URLPattern

from chanjiao.web.home import views
from chanjiao.web.home.gallery import gallery
from chanjiao.web.shared.routes import route

app_name = "home"
urlpatterns: list[URLPattern] = [
    route("workbench/", views.workbench, name="workbench", thing="workbench"),
    route("search/", views.search, name="search", thing="workbench"),
    route("gallery/", gallery, name="gallery", thing="gallery"),
    route("language/", views.language, name="language", thing="portal"),
]
