"""aiosmtplib: the settings are the arguments of send."""
import asyncio
import json
import sys

import aiosmtplib

given = json.load(sys.stdin)
print("aiosmtplib", aiosmtplib.__version__)
asyncio.run(aiosmtplib.send(
    given["message"], sender=given["from"], recipients=[given["to"]],
    **given["settings"], **given["secrets"]))
