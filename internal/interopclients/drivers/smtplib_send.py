"""Python's smtplib: the class, the arguments of its calls, and the context."""
import json
import platform
import smtplib
import ssl
import sys

given = json.load(sys.stdin)
settings, secrets = given["settings"], given["secrets"]
print("smtplib of Python", platform.python_version())

tls = {"context": eval(settings["context"], {"ssl": ssl})} if "context" in settings else {}
implicit = tls if settings["class"] == "SMTP_SSL" else {}
named = {name: settings[name] for name in ("local_hostname",) if name in settings}
with getattr(smtplib, settings["class"])(settings["host"], settings["port"], **named, **implicit) as server:
    if settings.get("starttls"):
        server.starttls(**tls)
    if "login.user" in secrets:
        server.login(secrets["login.user"], secrets["login.password"])
    server.sendmail(given["from"], [given["to"]], given["message"])
