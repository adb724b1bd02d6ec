"""Addresses and texts of mails are encrypted, files go with them. Rows in the clear do not outlive this step."""

from django.db import migrations, models

import gongkai.office.acts.personal.fields


class Migration(migrations.Migration):
    dependencies = [
        ("acts", "0006_attachment"),
    ]

    operations = [
        migrations.RunSQL("DELETE FROM acts_mail", migrations.RunSQL.noop),
        migrations.RemoveField("mail", "to"),
        migrations.RemoveField("mail", "text"),
        migrations.AddField(
            model_name="mail",
            name="to",
            field=gongkai.office.acts.personal.fields.EncryptedField(
                "email", context="acts.mail.to", verbose_name="收件地址"
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="to_hash",
            field=gongkai.office.acts.personal.fields.LookupHash("to"),
        ),
        migrations.AddField(
            model_name="mail",
            name="text",
            field=gongkai.office.acts.personal.fields.EncryptedField(
                "document", blank=True, context="acts.mail.text", null=True, verbose_name="正文"
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="files",
            field=models.ManyToManyField(related_name="+", to="acts.attachment", verbose_name="附件"),
        ),
    ]
