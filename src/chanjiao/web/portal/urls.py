from django.urls import URLPattern

from chanjiao.web.portal import views
from chanjiao.web.shared.routes import route

app_name = "portal"
urlpatterns: list[URLPattern] = [route("", views.home, name="home", thing="portal")]
