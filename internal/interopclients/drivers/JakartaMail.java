import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * Jakarta Mail, and JavaMail under its other package name: the settings come as a
 * properties file, the password as its last, which goes to connect.
 */
public final class JakartaMail {
    public static void main(String[] args) throws Exception {
        Properties properties = new Properties();
        properties.load(new StringReader(new String(System.in.readAllBytes(), StandardCharsets.UTF_8)));
        String from = (String) properties.remove("test.from");
        String to = (String) properties.remove("test.to");
        String password = (String) properties.remove("password");
        System.out.println("Jakarta Mail " + Session.class.getPackage().getImplementationVersion()
            + " on Java " + System.getProperty("java.version"));

        Session session = Session.getInstance(properties);
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(from));
        message.setRecipients(Message.RecipientType.TO, to);
        message.setSubject("Test");
        message.setText("A test.\n");
        message.saveChanges();
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect(properties.getProperty("mail.smtp.user"), password);
            transport.sendMessage(message, message.getAllRecipients());
        }
    }
}
