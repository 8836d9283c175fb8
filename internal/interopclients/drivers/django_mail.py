"""Django: the settings are those of the project."""
import json
import sys

import django
from django.conf import settings
from django.core.mail import send_mail

given = json.load(sys.stdin)
print("Django", django.get_version())
settings.configure(**given["settings"], **given["secrets"])
send_mail("Test", "A test.\n", None, [given["to"]])
