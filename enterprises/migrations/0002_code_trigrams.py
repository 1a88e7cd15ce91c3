import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="enterprise",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["credit_code"], name="enterprise_code_trigrams", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]
