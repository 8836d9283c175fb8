<?php
// PHPMailer: the settings are the properties of the object.
require "/usr/share/php/libphp-phpmailer/autoload.php";

$given = json_decode(stream_get_contents(STDIN), true);
$mail = new PHPMailer\PHPMailer\PHPMailer(true);
echo "PHPMailer ", $mail::VERSION, " on PHP ", PHP_VERSION, "\n";
foreach ($given["settings"] + $given["secrets"] as $name => $value) {
    $mail->$name = $value;
}
$mail->addAddress($given["to"]);
$mail->Subject = "Test";
$mail->Body = "A test.\n";
try {
    $mail->send();
} catch (Exception $error) {
    fwrite(STDERR, $error->getMessage() . "\n");
    exit(1);
}
