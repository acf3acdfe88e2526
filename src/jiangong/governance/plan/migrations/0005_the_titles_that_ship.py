"""The five titles that ship become rows, and each campaign points at its own."""

from django.db import migrations

SHIPPED = (
    ("national_city", "全国文明城市", "national", "city"),
    ("county_unit", "县级文明单位", "county", "unit"),
    ("city_unit", "市级文明单位", "city", "unit"),
    ("province_unit", "省级文明单位", "province", "unit"),
    ("national_unit", "全国文明单位", "national", "unit"),
)


def ship_titles(apps, _editor):
    title, campaign = apps.get_model("plan", "Title"), apps.get_model("plan", "Campaign")
    for code, name, level, holder in SHIPPED:
        row = title.objects.create(code=code, name=name, level=level, holder=holder)
        campaign.objects.filter(former_title=code).update(title_sought=row)


def name_titles(apps, _editor):
    campaign = apps.get_model("plan", "Campaign")
    for row in campaign.objects.select_related("title_sought"):
        campaign.objects.filter(pk=row.pk).update(former_title=row.title_sought.code[:16])
    campaign.objects.update(title_sought=None)
    apps.get_model("plan", "Title").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("plan", "0004_titles_feeds_and_who_leads")]

    operations = [migrations.RunPython(ship_titles, name_titles)]
