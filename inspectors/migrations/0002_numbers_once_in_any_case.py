from django.db import migrations, models
from django.db.models.functions import Upper


def fold(apps, schema_editor):
    """Numbers written past the services get their one spelling; two that would become one are named, for a person."""
    for label, name in (("Inspector", "certificate_number"), ("Expert", "number")):
        model = apps.get_model("inspectors", label)
        for row in model.objects.order_by("pk").iterator():
            number = "".join(getattr(row, name).split()).upper()
            if model.objects.filter(**{f"{name}__iexact": number}).exclude(pk=row.pk).exists():
                raise RuntimeError(f"{label} {row.pk}: the number {number} stands there twice; settle it by hand first")
            if number != getattr(row, name):
                model.objects.filter(pk=row.pk).update(**{name: number})


class Migration(migrations.Migration):
    dependencies = [("inspectors", "0001_initial")]

    operations = [
        migrations.RunPython(fold, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="inspector",
            constraint=models.UniqueConstraint(
                Upper("certificate_number"), name="a_certificate_number_once_in_any_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="expert",
            constraint=models.UniqueConstraint(Upper("number"), name="an_expert_number_once_in_any_case"),
        ),
    ]
