from django.urls import URLPattern

from chanjiao.web.portal import files, lists, views
from chanjiao.web.shared.routes import route

app_name = "portal"
VERSION = "lists/<slug:number>/v<int:version>/"

urlpatterns: list[URLPattern] = [
    route("", views.home, name="home", thing="portal"),
    route("find/", views.find, name="find", thing="portal"),
    route("verify/", views.verify, name="verify", thing="portal"),
    route("open-data/", views.open_data, name="open-data", thing="portal"),
    route("about/", views.about, name="about", thing="portal"),
    route("lists/", lists.lists, name="lists", thing="portal"),
    route("lists/<slug:number>/", lists.cells, name="list", thing="portal"),
    route("lists/<slug:number>/posts/", lists.posts, name="posts", thing="portal"),
    route(VERSION, lists.cells, name="version", thing="portal"),
    route(f"{VERSION}posts/", lists.posts, name="version-posts", thing="portal"),
    route(f"{VERSION}rows/<int:position>/", lists.row, name="row", thing="portal"),
    route(f"{VERSION}figures/<slug:key>/", lists.figure, name="figure", thing="portal"),
    route(f"{VERSION}files/<slug:fmt>/", files.download_file, name="file", thing="portal"),
    route(f"{VERSION}charts/<slug:key>/", files.chart_file, name="chart", thing="portal"),
]
