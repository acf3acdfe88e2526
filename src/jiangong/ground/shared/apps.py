from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "jiangong.ground.shared"
    label = "shared"
