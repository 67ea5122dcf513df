from django.urls import include, path

from chanjiao.config.repair_bench import bench

urlpatterns = [
    path("", include("chanjiao.web.portal.urls")),
    path("", include("chanjiao.web.home.urls")),
    path("people/", include("chanjiao.web.people.urls")),
    path("directory/", include("chanjiao.web.directory.urls")),
    path("demand/", include("chanjiao.web.demand.urls")),
    path("alignment/", include("chanjiao.web.alignment.urls")),
    path("standards/", include("chanjiao.web.standards.urls")),
    path("exchange/", include("chanjiao.web.exchange.urls")),
    path("fairs/", include("chanjiao.web.fairs.urls")),
    path("gaps/", include("chanjiao.web.gaps.urls")),
    path("evidence/", include("chanjiao.web.evidence.urls")),
    # Not allauth.urls as a whole: its old addresses redirect past the middleware's question.
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("account/3rdparty/", include("allauth.socialaccount.urls")),
    path("account/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("api/v1/", include("chanjiao.api.urls")),
    path("supply/", include("chanjiao.web.supply.urls")),
    path("publishing/", include("chanjiao.web.publishing.urls")),
    path("repair-bench/", bench.urls),
]
