from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(
            name="event",
            options={
                "base_manager_name": "objects",
                "ordering": ["-id"],
                "verbose_name": "事件",
                "verbose_name_plural": "事件",
            },
        ),
    ]
