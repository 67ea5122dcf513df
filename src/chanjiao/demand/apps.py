from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemandConfig(AppConfig):
    name = "chanjiao.demand"
    verbose_name = _("人才需求")
