"""curl: the settings are its arguments, an option without a value where true."""
import json
import subprocess
import sys

given = json.load(sys.stdin)
version = subprocess.run(["curl", "--version"], capture_output=True, text=True, check=True)
print(" ".join(version.stdout.split()[:2]), flush=True)
arguments = []
for name, value in (given["settings"] | given["secrets"]).items():
    arguments += [value] if name == "url" else [name] if value is True else [name, value]
command = ["curl", "--silent", "--show-error", *arguments, "--mail-rcpt", given["to"], "--upload-file", "-"]
sys.exit(subprocess.run(command, input=given["message"].replace("\n", "\r\n"), text=True).returncode)
