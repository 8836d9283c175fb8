"""sSMTP: the settings are the lines of its configuration file."""
import json
import os
import subprocess
import sys

given = json.load(sys.stdin)
program = os.path.join(os.environ["INTEROP_CLIENTS"], "ssmtp/usr/sbin/ssmtp")
version = subprocess.run([program, "-V"], capture_output=True, text=True)
print(version.stderr.splitlines()[0], flush=True)
with open("ssmtp.conf", "w", encoding="utf-8") as file:
    for name, value in (given["settings"] | given["secrets"]).items():
        print(f"{name}={value}", file=file)
command = [program, "-C", "ssmtp.conf", given["to"]]
sys.exit(subprocess.run(command, input=given["message"], text=True).returncode)
