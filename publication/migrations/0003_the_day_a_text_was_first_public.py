"""A corrected text is counted in the month in which it was first public."""

from django.db import migrations, models


def fill(apps, schema_editor):
    """Every entry: the publication time at the beginning of its chain of corrections."""
    publications = apps.get_model("publication", "Publication")
    known = dict(publications.objects.values_list("pk", "corrects"))
    times = dict(publications.objects.values_list("pk", "published_at"))
    for entry in apps.get_model("publication", "PublicEntry").objects.only("pk").iterator():
        first = entry.pk
        while known[first] is not None:
            first = known[first]
        entry.first_published_at = times[first]
        entry.save(update_fields=["first_published_at"])


class Migration(migrations.Migration):
    dependencies = [("publication", "0002_letters_suspended_and_reissued")]

    operations = [
        migrations.AddField("publicentry", "first_published_at", models.DateTimeField("首次发布时间", null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            "publicentry",
            "first_published_at",
            models.DateTimeField("首次发布时间", help_text="更正的信息，统计到首次发布的月份。"),
        ),
        migrations.AddIndex("publicentry", models.Index(fields=["first_published_at"], name="entries_first_public")),
    ]
