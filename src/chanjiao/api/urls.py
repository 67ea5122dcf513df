from django.urls import URLPattern, path

from chanjiao.api.explaining import explain
from chanjiao.api.routing import guarded
from chanjiao.api.v1 import patterns

app_name = "api"
urlpatterns: list[URLPattern] = [*guarded([path("", explain, name="api-root")]), *patterns()]
