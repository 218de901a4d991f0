package dev.hotupdater.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the Java code of the README files, so that what newcomers copy works. */
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CLASS = Pattern.compile("\\bclass (\\w+)");

  @TempDir Path output;

  private record Source(String origin, String code) {}

  @TestFactory
  Stream<DynamicTest> java_inReadmes_compiles() throws Exception {
    List<Source> sources = sources();
    assertFalse(sources.isEmpty());
    return sources.stream()
        .map(source -> DynamicTest.dynamicTest(source.origin(), () -> compile(source)));
  }

  private static List<Source> sources() throws Exception {
    Path root = Path.of("..", "..").toAbsolutePath().normalize();
    List<Source> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root, 3)) {
      for (Path readme : files.filter(f -> f.endsWith("README.md")).sorted().toList()) {
        for (String code :
            JAVA.matcher(Files.readString(readme)).results().map(r -> r.group(1)).toList()) {
          // A few lines out of a larger whole cannot be compiled by themselves.
          if (code.contains("import ")) {
            sources.add(new Source(root.relativize(readme) + " " + (sources.size() + 1), code));
          }
        }
      }
    }
    return sources;
  }

  private void compile(Source source) {
    Optional<String> name =
        CLASS.matcher(source.code()).results().map((MatchResult r) -> r.group(1)).findFirst();
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///" + name.orElse("Snippet") + ".java"),
            JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source.code();
          }
        };
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(
                null,
                null,
                problems,
                List.of(
                    "-d",
                    output.toString(),
                    "-proc:none",
                    "-classpath",
                    System.getProperty("java.class.path")),
                null,
                List.of(file))
            .call();
    assertEquals(List.of(), problems.getDiagnostics());
    assertEquals(true, compiled);
  }
}
