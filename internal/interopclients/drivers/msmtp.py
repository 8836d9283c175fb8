"""msmtp: the settings are the lines of its configuration file."""
import json
import subprocess
import sys

given = json.load(sys.stdin)
version = subprocess.run(["msmtp", "--version"], capture_output=True, text=True, check=True)
print(version.stdout.splitlines()[0], flush=True)
with open("msmtprc", "w", encoding="utf-8") as file:
    print("account default", file=file)
    for name, value in (given["settings"] | given["secrets"]).items():
        print(name, value, file=file)
command = ["msmtp", "--file=msmtprc", given["to"]]
sys.exit(subprocess.run(command, input=given["message"], text=True).returncode)
