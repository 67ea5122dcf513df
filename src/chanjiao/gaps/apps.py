from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GapsConfig(AppConfig):
    name = "chanjiao.gaps"
    verbose_name = _("供需缺口")
