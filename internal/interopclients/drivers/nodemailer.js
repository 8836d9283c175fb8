// Nodemailer: the settings are the transport options, or the URL in their place.
const nodemailer = require("nodemailer");
const { settings, secrets, from, to } = JSON.parse(require("fs").readFileSync(0, "utf8"));

console.log("nodemailer", require("nodemailer/package.json").version);
const options = structuredClone(settings);
for (const [name, value] of Object.entries(secrets)) {
  const path = name.split(".");
  const last = path.pop();
  let inner = options;
  for (const key of path) inner = inner[key] ??= {};
  inner[last] = value;
}
const message = { from, to, subject: "Test", text: "A test.\n" };
nodemailer.createTransport(options.url ?? options).sendMail(message).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
