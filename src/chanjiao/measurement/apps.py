from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeasurementConfig(AppConfig):
    name = "chanjiao.measurement"
    verbose_name = _("测度")
