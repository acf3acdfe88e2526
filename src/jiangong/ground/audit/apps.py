from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "jiangong.ground.audit"
    label = "audit"
