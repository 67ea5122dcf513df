from django.urls import include, path

from chanjiao.config.repair_bench import bench

urlpatterns = [
    path("", include("chanjiao.web.portal.urls")),
    path("", include("chanjiao.web.home.urls")),
    path("people/", include("chanjiao.web.people.urls")),
    path("directory/", include("chanjiao.web.directory.urls")),
    path("demand/", include("chanjiao.web.demand.urls")),
    path("exchange/", include("chanjiao.web.exchange.urls")),
    path("account/", include("allauth.urls")),
    path("repair-bench/", bench.urls),
]
