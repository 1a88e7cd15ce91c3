"""Numbers of decisions and permits get the brackets that papers have; where two become one, both stay as they were."""

import re

from django.db import migrations

_YEAR_IN_BRACKETS = re.compile(r"[〔\[(（【［〖{]\s*(\d{4})\s*[〕\])）】］〗}]")


def one_spelling(number):
    return _YEAR_IN_BRACKETS.sub(r"〔\1〕", "".join(number.split()))


def fold(apps, schema_editor):
    _fold(apps.get_model("enterprises", "PenaltyFact"), name="document_number", within=("enterprise_id",))
    _fold(apps.get_model("enterprises", "Permit"), name="number", within=("enterprise_id", "kind"))


def _fold(model, *, name, within):
    for row in model.objects.order_by("pk").iterator():
        number = one_spelling(getattr(row, name))
        twins = model.objects.filter(**{one: getattr(row, one) for one in within}, **{name: number})
        if number != getattr(row, name) and not twins.exists():
            model.objects.filter(pk=row.pk).update(**{name: number})


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0002_code_trigrams")]

    operations = [migrations.RunPython(fold, migrations.RunPython.noop)]
