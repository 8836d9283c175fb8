"""Flask-Mail: the settings are the application's configuration."""
import json
import sys

import flask
import flask_mail

given = json.load(sys.stdin)
print("Flask-Mail", flask_mail.__version__)
app = flask.Flask("test")
app.config.update(given["settings"], **given["secrets"])
with app.app_context():
    flask_mail.Mail(app).send(flask_mail.Message("Test", [given["to"]], "A test.\n"))
