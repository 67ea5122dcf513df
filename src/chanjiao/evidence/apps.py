from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    name = "chanjiao.evidence"
    verbose_name = _("佐证与采编")
