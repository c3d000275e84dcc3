package peer;

import ca.uhn.fhir.rest.server.RestfulServer;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.util.FileSystemUtils;

import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Starts the server, waits until it answers, prints one line. SIGTERM or Ctrl-C stops it. */
public final class Main {
  static int port = 8090; // 0: any free one
  static Path db; // null: in memory
  static boolean validate;
  static long searchCacheMillis = 60_000; // 0: no search is answered from an earlier one
  private static boolean once;

  private static final Logger TOMCAT = Logger.getLogger("org.apache"); // held, or the level would be lost

  public static void main(String[] args) {
    try {
      for (int i = 0; i < args.length; i++) {
        switch (args[i]) {
          case "--port" -> port = Integer.parseInt(args[++i]);
          case "--db" -> db = Path.of(args[++i]);
          case "--search-cache" -> searchCacheMillis = Long.parseLong(args[++i]) * 1000;
          case "--validate" -> validate = true;
          case "--until-stdin-ends" -> endWithStdin();
          case "--once" -> once = true; // stop when ready: the build makes the class archive by it
          default -> throw new IllegalArgumentException("unknown option " + args[i]);
        }
      }
      start();
      if (once) System.exit(0);
    } catch (BindException | IllegalArgumentException e) {
      System.err.println("hapi-peer: " + e.getMessage() + (e instanceof BindException ? ": " + port : ""));
      System.exit(2);
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  /** Ends with whoever started it, however that ended. */
  private static void endWithStdin() {
    Thread waiting = new Thread(() -> {
      try {
        while (System.in.read() >= 0) {}
      } catch (java.io.IOException closed) {
        // the same as its end
      }
      System.exit(0);
    });
    waiting.setDaemon(true);
    waiting.start();
  }

  private static void start() throws Exception {
    new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1")).close(); // taken? say so now, not in 20 seconds
    TOMCAT.setLevel(Level.WARNING);
    AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext(Config.class);

    Path dir = Files.createTempDirectory("hapi-peer");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(dir.toString());
    Connector http = new Connector();
    http.setPort(port);
    http.setProperty("address", "127.0.0.1");
    http.setProperty("relaxedQueryChars", "|"); // identifier=system|value, not escaped
    http.setThrowOnFailure(true);
    tomcat.setConnector(http);
    Context root = tomcat.addContext("", null);
    Tomcat.addServlet(root, "fhir", beans.getBean(RestfulServer.class)).setLoadOnStartup(1);
    root.addServletMappingDecoded("/fhir/*", "fhir");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      try {
        tomcat.stop();
        beans.close(); // closes the database too
        FileSystemUtils.deleteRecursively(dir);
      } catch (Exception e) {
        e.printStackTrace();
      }
    }));
    tomcat.start();

    String base = "http://127.0.0.1:" + http.getLocalPort() + "/fhir";
    int status = HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(base + "/Patient?_count=1")).build(), BodyHandlers.discarding())
        .statusCode();
    if (status != 200) throw new IllegalStateException("the first search answered " + status);
    System.out.println("ready " + base);
  }
}
