from django.urls import URLPattern

from chanjiao.core.roles import Action
from chanjiao.web.people import views
from chanjiao.web.shared.routes import route

app_name = "people"
urlpatterns: list[URLPattern] = [
    route("switch/", views.switch, name="switch", thing="own_account", action=Action.UPDATE),
    route("me/", views.account, name="account", thing="own_account"),
    route("demo-sign-in/", views.demo_sign_in, name="demo-sign-in", thing="portal"),
]
