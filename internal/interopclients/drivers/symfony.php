<?php
// Symfony Mailer: the setting is the DSN of the environment.
require "/usr/share/php/Symfony/Component/Mailer/autoload.php";

$given = json_decode(stream_get_contents(STDIN), true);
$environment = $given["settings"] + $given["secrets"];
$version = shell_exec("dpkg-query -W -f '\${Version}' php-symfony-mailer");
echo "Symfony Mailer ", $version, " on PHP ", PHP_VERSION, "\n";
$message = (new Symfony\Component\Mime\Email())
    ->from($given["from"])->to($given["to"])->subject("Test")->text("A test.\n");
try {
    $transport = Symfony\Component\Mailer\Transport::fromDsn($environment["MAILER_DSN"]);
    (new Symfony\Component\Mailer\Mailer($transport))->send($message);
} catch (Exception $error) {
    fwrite(STDERR, $error->getMessage() . "\n");
    exit(1);
}
