from django.apps import AppConfig


class FairsConfig(AppConfig):
    name = "chanjiao.fairs"
    label = "fairs"
    verbose_name = "对接会"
