from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupplyConfig(AppConfig):
    name = "chanjiao.supply"
    verbose_name = _("专业供给")
