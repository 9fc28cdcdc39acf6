from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procedures", "0002_watches_and_closed_figures")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="law_at",
            field=models.CharField(default="", max_length=12, verbose_name="适用法律地"),
        ),
    ]
